"""Floor 2: networks, their sites, members, invitations, norms and drivers."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.networks import models  # noqa: F401
