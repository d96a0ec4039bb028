"""Floor 6: reports, the queue, acts with letters, appeals, and the record; restorative first."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Join the application."""
    from flask_babel import lazy_gettext as _l

    from app.core import navigation
    from app.moderation import jobs, models, routes, sockets, subscribers  # noqa: F401
    from app.moderation.actions import erasing  # noqa: F401
    from app.moderation.models import words
    from app.moderation.queries import checks, personal, reading, rings  # noqa: F401
    from app.moderation.routes.queue import badge, is_judge
    from app.moderation.routes.record import is_director
    from app.networks.routes.invitations import may_look_after

    app.register_blueprint(routes.bp)
    rings.ring_all()
    said = (words.verb_word, words.told_word, words.record_word, words.outcome_word)
    for word in (*said, words.became_word, words.state_word, words.edited_word):
        app.jinja_env.globals[f"moderation_{word.__name__}"] = word
    looking_after = {"section": _l("Looking after it"), "order": 83}
    navigation.add(
        "left", "moderation.queue", _l("To look at"), "shield",
        badge=badge, shown=is_judge, also_current=("moderation.case", "moderation.prepare"), **looking_after,
    )  # fmt: skip
    navigation.add("avatar", "moderation.my_reports", _l("My reports"), "flag", order=30)
    for endpoint, label, order in (
        ("moderation.settings", _l("Moderation"), 60),
        ("moderation.health", _l("Health of the norms"), 62),
    ):
        navigation.add("settings", endpoint, label, "shield", order=order, shown=may_look_after)
        navigation.belongs_to("networks.settings", endpoint)
    navigation.add("settings", "moderation.record", _l("Record"), "history", order=64, shown=is_director)
    navigation.belongs_to("networks.settings", "moderation.record")
