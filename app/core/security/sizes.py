"""How much may be sent: a megabyte, unless a view takes uploads; and how deep JSON may be nested.

Rule: a body that says it is too large is refused before a byte of it is read; one that says nothing is
cut off at the limit. Neighbours: `core.errors` says it kindly; uploads mark their view with
`@body_limit`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import RequestEntityTooLarge

F = TypeVar("F", bound=Callable[..., Any])
MEGABYTE = 1024 * 1024
DEEPEST = 32
"""Levels of lists and objects in JSON that somebody sends."""
UPLOADS = -1
"""For `body_limit`: one upload of the largest size that the operator allows, and its form."""


def body_limit(size: int = UPLOADS) -> Callable[[F], F]:
    """Let a view take up to `size` bytes in all."""

    def mark(view: F) -> F:
        view.body_limit = size  # type: ignore[attr-defined]
        return view

    return mark


class ShallowJSON(DefaultJSONProvider):
    """Reads JSON of at most DEEPEST levels: what reads, keeps or writes it goes down level by level."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Raises ValueError for what is no JSON, or too deep."""
        try:
            value = super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        if _is_deeper(value, DEEPEST):
            raise ValueError("nested too deeply")
        return value


def init_app(app: Flask) -> None:
    app.json = ShallowJSON(app)
    app.before_request(_bound)


def _is_deeper(value: Any, levels: int) -> bool:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return inside is not None and (levels == 0 or any(_is_deeper(each, levels - 1) for each in inside))


def _bound() -> None:
    request.max_content_length = limit = _limit()
    if (request.content_length or 0) > limit:
        raise RequestEntityTooLarge


def _limit() -> int:
    view = current_app.view_functions.get(request.endpoint or "")
    size = int(getattr(view, "body_limit", MEGABYTE))
    return int(current_app.config["MAX_UPLOAD_BYTES"]) + MEGABYTE if size == UPLOADS else size
