"""What is rendered again and again from the same few facts is rendered once.

Nouns: a *remembered* template is rendered from exactly the values that it is given, so that those values and
the language are its whole name in the memory of this process.
Rules: the values are hashable and hold everything that the template shows. Whatever depends on the request
in another way (navigation, the theme, a nonce) raises `NotRemembered` while such a template renders. A form's
token is no value: its place is kept and filled with a fresh one each time.
Neighbours: `shell` remembers the bars of the page, features remember their unchanging parts.
"""

import secrets
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from cachetools import LRUCache
from flask import Flask, current_app
from flask_babel import get_locale
from markupsafe import Markup

KEPT = 2_000
"""Renderings that one process keeps, a few kilobytes each."""
TOKEN = f"token-{secrets.token_hex(16)}"
"""Stands where a form's token goes; no person can write it, for nobody knows it."""

_alone: ContextVar[bool] = ContextVar("remembering", default=False)


class NotRemembered(RuntimeError):
    """A remembered template asked for something that is not among its values."""


def forbid_in_remembered(what: str) -> None:
    """Raises `NotRemembered` while a remembered template renders."""
    if _alone.get():
        raise NotRemembered(f"{what} is not among the values of a remembered template")


def is_remembering() -> bool:
    return _alone.get()


def remembered(template: str, **values: Hashable) -> Markup:
    """The HTML of `template` with these values. Raises TypeError for a value that cannot be compared."""
    key = (template, str(get_locale()), tuple(values.items()))
    kept: LRUCache[Hashable, str] = current_app.extensions["remembered"]
    html = kept.get(key)
    if html is None:
        with _remembering():
            html = current_app.jinja_env.get_template(template).render(values)
        if not current_app.jinja_env.auto_reload:
            kept[key] = html
    return Markup(html.replace(TOKEN, _token()) if TOKEN in html else html)  # noqa: S704 - our own template


def _token() -> str:
    from app.core.security.csrf import csrf_token

    return csrf_token()


@contextmanager
def _remembering() -> Iterator[None]:
    before = _alone.set(True)
    try:
        yield
    finally:
        _alone.reset(before)


def init_app(app: Flask) -> None:
    """Let templates remember others: `{{ remembered("core/x.html", name=name) }}`."""
    app.extensions["remembered"] = LRUCache(KEPT)
    app.jinja_env.globals["remembered"] = remembered
