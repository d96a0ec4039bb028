"""Floor 6: the stream of what a person's network shares."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from flask_babel import lazy_gettext as _l

    from app.core import navigation
    from app.core.access import viewer_or_none
    from app.feed import routes

    app.register_blueprint(routes.bp)
    navigation.add("logo", "feed.index", _l("Feed"), "home", order=1)
    navigation.add("left", "feed.index", _l("Feed"), "home", order=10, also=("bottom",))
    navigation.add(
        "bottom",
        "posts.share",
        _l("Share"),
        "plus",
        order=30,
        also_current=("posts.compose",),
        shown=lambda: bool((member := navigation.member_at_hand()) and member.may_write),
    )
    navigation.fill("right", "feed.week", order=10, shown=lambda: routes.keeps(viewer_or_none()))
    navigation.fill("left", "feed.my_space_links", order=20)
