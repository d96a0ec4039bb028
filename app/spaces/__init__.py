"""Floor 3: spaces, the only thing that decides who sees what."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.spaces import models, routes, sockets, subscribers  # noqa: F401
    from app.spaces.actions import erasing  # noqa: F401
    from app.spaces.models import words
    from app.spaces.queries import checks  # noqa: F401

    app.jinja_env.globals.update(words.FOR_TEMPLATES)
    app.register_blueprint(routes.bp)
