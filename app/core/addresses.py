"""Addresses that are the same for every viewer and outside any request.

A partial that is sent live to many is rendered in the stream tail, where there is no request;
mail is rendered in the worker. Both need paths, and mail needs them whole.
"""

from collections.abc import Hashable
from typing import Any
from urllib.parse import urlsplit

from cachetools import LRUCache
from flask import Flask, current_app, request
from werkzeug.routing import IntegerConverter, Map

KEPT = 10_000
"""Paths that one process keeps; a longer one, made of what somebody typed, is not."""
LONGEST = 200


class Id(IntegerConverter):
    """`<int:…>` in an address: a number that a database can hold; a larger one leads nowhere."""

    def __init__(self, map: Map, **limits: Any) -> None:
        super().__init__(map, **{"max": 2**62, **limits})


def path_for(endpoint: str, **values: Any) -> str:
    """The path of an endpoint, without a host; None leaves a value out. Raises BuildError for a wrong one.

    A page asks for a hundred of them, mostly the same ones, so they are kept.
    """
    kept: LRUCache[Hashable, str] = current_app.extensions["paths"]
    key = (endpoint, *values.items())
    path = kept.get(key)
    if path is None:
        path = _build(endpoint, values)
        if len(path) <= LONGEST:
            kept[key] = path
    return path


def _build(endpoint: str, values: dict[str, Any]) -> str:
    adapter = current_app.url_map.bind("internal", current_app.config["APPLICATION_ROOT"])
    return adapter.build(endpoint, {key: value for key, value in values.items() if value is not None})


def came_from(path: str) -> str:
    """The page with this path, as the reader left it, where they come from there; else nothing."""
    before = urlsplit(request.referrer or "")
    if before.path != path or before.netloc != request.host:
        return ""
    return f"{path}?{before.query}" if before.query else path


def absolute(path: str) -> str:
    """A path with the address that people type in front (BASE_URL): for mail and for links that are
    passed on, never from what a request says of its host."""
    return str(current_app.config["BASE_URL"]).rstrip("/") + path


def init_app(app: Flask) -> None:
    """Numbers in addresses are bounded; templates get `path_for` and `absolute`."""
    app.url_map.converters["int"] = Id
    app.extensions["paths"] = LRUCache(KEPT)
    app.jinja_env.globals["path_for"] = path_for
    app.jinja_env.globals["absolute"] = absolute
