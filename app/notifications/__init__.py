"""Floor 6: the bell, and the mail for what was not seen."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.notifications import models, subscribers  # noqa: F401
