"""Floor 4: the thing shared, with its replies, reactions, commitments, files and history."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.contributions import models  # noqa: F401
