"""Floor 4: the thing shared, with its replies, reactions, commitments, files and history."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from flask_babel import lazy_gettext as _l

    from app.contributions import jobs, models, routes, sockets, subscribers  # noqa: F401
    from app.contributions.models.folding import fold_of
    from app.contributions.models.responses import REACTION_SHORT, REACTION_WORDS
    from app.contributions.queries import checks, personal, seal_checks, standards  # noqa: F401
    from app.contributions.queries.files import may_open
    from app.contributions.queries.mine import telling
    from app.core import navigation, sections
    from app.core.files import files

    files.allow("contribution", may_open)
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["fold_of"] = fold_of
    app.jinja_env.globals["telling"] = telling
    app.jinja_env.globals["told_while_held"] = lambda viewer, it: sections.of("held", viewer, it)
    app.jinja_env.globals["beside"] = lambda viewer: sections.of("composer", viewer)
    app.jinja_env.globals["reaction_word"] = lambda kind: str(REACTION_WORDS[kind])
    app.jinja_env.globals["reaction_short"] = lambda kind: str(REACTION_SHORT[kind])
    navigation.add("left", "contributions.trying", _l("I'll try"), "sprout", order=30)
    navigation.add("left", "contributions.saved", _l("Saved"), "bookmark", order=40)
    navigation.add("avatar", "contributions.seen_here", _l("Who sees that I am here"), "eye-off", order=25)
    navigation.fill("right", "contributions.trying_aside", order=20)
