"""The list of my conversations, and the number beside its name in the navigation."""

from flask import g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.conversations.queries import conversations_of, unread_conversations
from app.conversations.routes import bp
from app.core import navigation
from app.core.access import current_viewer
from app.core.doors import closed, door


def unread_here() -> int:
    """For the badge, which stands in several places of one page."""
    if "conversations_unread" not in g:
        member = navigation.member_at_hand()
        g.conversations_unread = unread_conversations(member) if member is not None else 0
    return int(g.conversations_unread)


@bp.get("/n/<network>/conversations/")
@door("conversations")
def index(network: str) -> ResponseReturnValue:
    """Mine, the liveliest first; `?after=` is the next page."""
    viewer = current_viewer()
    cursor = request.args.get("after")
    page = conversations_of(viewer, cursor)
    return render_template("conversations/index.html", page=page, first_page=cursor is None)


@bp.get("/n/<network>/conversations/unread")
@closed("a number of the viewer's own")
def unread(network: str) -> ResponseReturnValue:
    """`{network, unread}`: what a page asks for after it was away for long."""
    return jsonify(network=network, unread=unread_conversations(current_viewer()))
