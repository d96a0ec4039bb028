"""Floor 5: conversations, between two to eight members, private to them.

A conversation is a closed space with nothing in it but one root of the kind `conversation`, which has no
words and no author of its own; what people say are its replies. Reading, replying, quoting, reactions and
the place of each reader come with contributions, its page is laid out like every long talk.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l


def init_app(app: Flask) -> None:
    """Join the application."""
    from app.conversations import models, routes, sockets, subscribers  # noqa: F401
    from app.conversations.actions import erasing  # noqa: F401
    from app.conversations.models.words import names_of
    from app.conversations.queries import personal  # noqa: F401

    _join_kinds()
    _join_navigation()
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["conversation_names"] = names_of


def _join_kinds() -> None:
    from app.conversations.routes.page import around
    from app.core.kinds import Kind, kinds

    kinds.register(
        Kind(
            "conversation",
            _l("Conversation"),
            "mail",
            "thread",
            "conversations/_body.html",
            in_feed=False,
            can_be_tried=False,
            can_be_thanked=False,
            layout="flat",
            head="conversations/_head.html",
            around=around,
            saying=(_l("Write a message"), _l("Send")),
        )
    )


def _join_navigation() -> None:
    from app.conversations.routes.lists import unread_here
    from app.core import navigation

    for place, order in (("top", 5), ("left", 45)):
        navigation.add(
            place,
            "conversations.index",
            _l("Conversations"),
            "mail",
            order=order,
            also_current=("conversations.",),
            badge=unread_here,
        )
    navigation.add("avatar", "conversations.wish", _l("Who can write to you"), "mail", order=20)
