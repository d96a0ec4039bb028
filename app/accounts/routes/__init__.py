"""The pages of accounts, split by what a person comes for."""

from flask import Flask

from app.accounts.routes.blueprint import bp


def init_app(app: Flask) -> None:
    """Open the pages, and let Flask-Login find who is behind a session."""
    from app.accounts.routes import arriving, closing, resets, sign_in, yours  # noqa: F401

    app.register_blueprint(bp)
    arriving.init_app(app)
