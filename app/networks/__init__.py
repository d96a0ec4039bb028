"""Floor 2: networks, their sites, members, invitations, norms and drivers."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.core.access import access
    from app.networks import models, queries  # noqa: F401

    access.viewer_finder(queries.viewer_of)
