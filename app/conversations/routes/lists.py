"""The list of my conversations, and the number beside its name in the navigation."""

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.conversations.queries import conversations_of, unread_conversations, waiting_for
from app.conversations.routes import bp
from app.core import glance, navigation
from app.core.access import current_viewer
from app.core.doors import closed, door


def unread_here() -> int:
    """For the badge, which stands in several places of one page."""
    return glance.at_hand().get("conversations", 0)


@glance.at_a_glance
def _asked() -> glance.Part | None:
    member = navigation.member_at_hand()
    return waiting_for(member) if member is not None else None


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
