"""Floor 1: people who sign in, their sessions, and their passwords."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.accounts import models  # noqa: F401
