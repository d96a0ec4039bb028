"""Floor 2: networks, their sites, members, invitations, norms and drivers."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.core.access import access
    from app.networks import models, queries  # noqa: F401
    from app.networks.models import words

    access.viewer_finder(queries.viewer_of)
    app.jinja_env.globals.update(role_word=words.role_word, grades_word=words.grades_word)
