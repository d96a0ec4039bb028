"""The pages of a network, split by what a person comes for."""

from flask import Flask

from app.networks.routes.blueprint import bp


def init_app(app: Flask) -> None:
    """Open the pages."""
    from app.networks.routes import (  # noqa: F401
        along,
        asking,
        blocking,
        invitations,
        joining,
        mail,
        members,
        membership,
        norms,
        people,
        profile,
        roles,
        schools,
        settings,
        setup,
        sites,
        switching,
        welcome,
        year,
    )

    app.register_blueprint(bp)
