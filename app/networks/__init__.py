"""Floor 2: networks, their sites, members, invitations, norms and drivers."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.core.access import access
    from app.core.files import files
    from app.networks import jobs, policy, queries, routes, subscribers  # noqa: F401
    from app.networks.models import words

    access.viewer_finder(queries.viewer_of)
    files.allow("photo", queries.may_see_photo)
    for word in (
        words.role_word,
        words.grades_word,
        words.grade_word,
        words.standing_word,
        words.hub_word,
        words.place_parts,
        words.shown_name,
    ):
        app.jinja_env.globals[word.__name__] = word
    app.jinja_env.globals["may_confirm_role"] = policy.can_confirm_role
    app.jinja_env.globals["acting_hub"] = queries.acting_hub
    app.jinja_env.globals["may_confirm_site"] = policy.can_confirm_site
    app.jinja_env.globals["may_refuse_site"] = policy.can_refuse_site
    routes.init_app(app)
