"""Floor 1: people who sign in, their sessions, and their passwords."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.accounts import jobs, models, routes, sockets, subscribers  # noqa: F401

    routes.init_app(app)
    jobs.init_app()
