"""Floor 5: what a feed is made of: update, question, tried it, material."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.posts import models  # noqa: F401
