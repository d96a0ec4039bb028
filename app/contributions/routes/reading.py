"""Where somebody is in a long talk, what they quote from, and whether others see that they are here.

A place is its reader's own: nobody else can ask for it.
"""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions import actions
from app.contributions.models import Contribution
from app.contributions.queries import get_contribution, get_root
from app.contributions.queries.reading import is_hidden, last_shown
from app.contributions.routes import bp
from app.contributions.routes.answers import address_of, refuse, wants_json
from app.core.access import NotFound, current_viewer
from app.core.addresses import path_for
from app.core.doors import closed, door
from app.core.limits import limited
from app.core.realtime import presence


def _position() -> int | None:
    given = request.form.get("position", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


@bp.post("/n/<network>/c/<int:contribution_id>/place")
@limited("120/minute")
@closed("a number of the viewer's own")
def place(network: str, contribution_id: int) -> ResponseReturnValue:
    """`position` (without one: all there is) was read -> `{position, unread}`."""
    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    position = _position()
    if position is None and request.form.get("position"):
        return refuse(_("That is not a place in this talk."))
    now = actions.read_up_to(viewer, root, root.reply_seq if position is None else position)
    if wants_json():
        return jsonify(position=now, unread=max(0, last_shown(root) - now))
    return redirect(address_of(viewer, root), 303)


@bp.post("/n/<network>/c/<int:contribution_id>/unread")
@limited("60/minute")
@closed("a number of the viewer's own")
def mark_unread(network: str, contribution_id: int) -> ResponseReturnValue:
    """This reply and those after it are unread again -> `{position, unread}`."""
    viewer = current_viewer()
    reply = get_contribution(viewer, contribution_id)
    if reply.root is None or reply.position is None:
        raise NotFound
    now = actions.unread_from(viewer, reply.root, reply.position)
    if wants_json():
        return jsonify(position=now, unread=max(0, last_shown(reply.root) - now), root_id=reply.root_id)
    flash(_("It waits for you here, unread. Nobody else knows."), "good")
    return redirect(url_for("feed.index", network=network), 303)


@bp.get("/n/<network>/c/<int:contribution_id>/words")
@door("page")
def words(network: str, contribution_id: int) -> ResponseReturnValue:
    """Its plain text, in which the page's script finds the words that somebody chose to quote."""
    found = get_contribution(current_viewer(), contribution_id)
    if found.state != "published":
        raise NotFound
    return jsonify(id=found.id, text=found.text, author=_named(found))


def _named(found: Contribution) -> str | None:
    return found.author.name if found.seal is None and found.author is not None else None


@bp.post("/n/<network>/here")
@limited("30/minute")
@closed("a wish of the viewer's own")
def wish_here(network: str) -> ResponseReturnValue:
    """`hidden=1`: nobody sees that the viewer is here or writing; `0`: others in the talk do."""
    viewer = current_viewer()
    hidden = request.form.get("hidden") == "1"
    actions.hide_here(viewer, hidden)
    presence.tell_again(viewer.id)
    if wants_json():
        return jsonify(hidden=hidden)
    flash(
        _("Others no longer see that you are here.") if hidden else _("Others see when you are here."), "good"
    )
    return redirect(path_for("contributions.seen_here", network=network), 303)


@bp.get("/n/<network>/here")
@closed("a wish of the viewer's own")
def seen_here(network: str) -> str:
    """Whether others see that the viewer is in a talk."""
    return render_template("contributions/here.html", hidden=is_hidden(current_viewer()))
