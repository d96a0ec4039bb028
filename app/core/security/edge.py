"""The edge: the outermost ring around the application, for what never reaches a view as well.

Rules: as many proxies are believed as the operator runs, and no more; every answer carries the fixed headers,
static files and live polling included; https is remembered by browsers in production.
Neighbours: the app factory calls this last, so that everything else lies inside.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core.security.headers import FOR_ALL, NOTHING, TWO_YEARS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Edge:
    """Adds the headers that an answer lacks."""

    def __init__(self, inner: "WSGIApplication", headers: dict[str, str]) -> None:
        self.inner = inner
        self.headers = headers

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            present = {name.lower() for name, _ in headers}
            missing = [(name, value) for name, value in self.headers.items() if name.lower() not in present]
            return start_response(status, [*headers, *missing], exc_info)

        return self.inner(environ, start)


def init_app(app: Flask) -> None:
    """Wrap the whole application."""
    headers = {**FOR_ALL, "Content-Security-Policy": NOTHING}
    if app.config["APP_ENV"] == "production":
        headers["Strict-Transport-Security"] = TWO_YEARS
    app.wsgi_app = Edge(app.wsgi_app, headers)  # type: ignore[method-assign]
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
