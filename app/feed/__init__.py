"""Floor 6: the stream of what a person's network shares."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    return
