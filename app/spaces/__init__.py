"""Floor 3: spaces, the only thing that decides who sees what."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.spaces import models, routes, sockets, subscribers  # noqa: F401

    app.register_blueprint(routes.bp)
