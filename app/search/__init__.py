"""Floor 6: finding what the network shares, and only what one may see of it."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from flask_babel import lazy_gettext as _l

    from app.core import navigation
    from app.core.search.sources import register
    from app.search import models, routes, subscribers  # noqa: F401
    from app.search.queries import findable

    for source in (findable.CONTRIBUTIONS, findable.MEMBERS, findable.SPACES):
        register(source)
    app.register_blueprint(routes.bp)
    navigation.add("search", "search.index", _l("Search"), "search", panel="search.suggest")
    navigation.add("settings", "search.settings", _l("Search"), "search")
