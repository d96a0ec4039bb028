"""Floor 1: what looks like a student's data in a text or a file, before it goes out.

`policy` finds (pure and quick), `actions` ask the author, `routes` say how the question looks. What shares
something, on the floors above, calls `contributions.actions.asking`. Nothing is sent anywhere for it.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.privacy import models, routes  # noqa: F401
    from app.privacy.actions import StudentData

    app.register_blueprint(routes.bp)
    app.register_error_handler(StudentData, routes.answer)
