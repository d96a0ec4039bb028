"""Floor 6: the bell, and the mail for what was not seen."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from flask_babel import lazy_gettext as _l

    from app.core import bell, navigation
    from app.notifications import jobs, models, routes, sockets, subscribers  # noqa: F401
    from app.notifications.actions import leaving  # noqa: F401
    from app.notifications.routes.bell import badge, member_streams

    app.register_blueprint(routes.bp)
    app.jinja_env.globals.update(rings=bell.rings, ring_sentence=bell.sentence)
    navigation.add(
        "top",
        "notifications.index",
        _l("Notifications"),
        "bell",
        order=10,
        also_current=("notifications.",),
        badge=badge,
        panel="notifications.panel",
        streams=member_streams,
    )
