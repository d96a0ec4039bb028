"""Keeping a talk in order: closing it, the answer, and taking it to another space."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions import actions
from app.contributions.actions.sealing import NotSealable
from app.contributions.policy import can_move, require
from app.contributions.queries import get_contribution, get_root
from app.contributions.queries.moving import sight_after, spaces_to_move_to, what_keeps
from app.contributions.routes import bp
from app.contributions.routes.answers import address_of, answer, wants_json
from app.core.access import NotFound, current_viewer
from app.core.addresses import path_for
from app.core.doors import closed, door
from app.core.limits import limited
from app.spaces.queries import get_space


@bp.post("/n/<network>/c/<int:contribution_id>/lock")
@limited("60/minute")
@closed("changes whether replies are taken")
def lock(network: str, contribution_id: int) -> ResponseReturnValue:
    """`on=1` closes it to new replies, `on=0` opens it again."""
    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    on = request.form.get("on") == "1"
    actions.lock(viewer, root, locked=on)
    if not wants_json():
        flash(_("It is closed to new replies.") if on else _("It is open to replies again."), "good")
    return answer(viewer, root, on=on)


@bp.post("/n/<network>/c/<int:contribution_id>/answer")
@limited("60/minute")
@closed("marks a reply that the viewer sees")
def mark_answer(network: str, contribution_id: int) -> ResponseReturnValue:
    """`on=1`: this reply is the answer; `on=0`: it is not."""
    viewer = current_viewer()
    reply = get_contribution(viewer, contribution_id)
    on = request.form.get("on") == "1"
    actions.mark_answer(viewer, reply, on=on)
    return answer(viewer, reply, on=on)


@bp.post("/n/<network>/c/<int:contribution_id>/stays")
@limited("60/minute")
@closed("stamps what the viewer wrote")
def stays(network: str, contribution_id: int) -> ResponseReturnValue:
    """`on=1`: it stays in its space; `on=0`: it may be shared further again."""
    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    on = request.form.get("on") == "1"
    actions.stamp(viewer, root, stays=on)
    if not wants_json():
        flash(_("It stays in this space now.") if on else _("It can be shared further again."), "good")
    return answer(viewer, root, on=on)


@bp.get("/n/<network>/c/<int:contribution_id>/move")
@door("page")
def moving(network: str, contribution_id: int) -> ResponseReturnValue:
    """Choose a space; with `?space=`, who would gain and who would lose sight of it."""
    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    require(can_move(viewer, root))
    chosen, sight, kept = _wanted(request.args.get("space", "")), None, what_keeps(viewer, root)
    if chosen is not None and not kept:
        target = get_space(viewer, chosen)
        sight = sight_after(viewer, root, target) if target.id != root.space_id else None
        kept = what_keeps(viewer, root, target) if sight else ""
    spaces = spaces_to_move_to(viewer, root)
    return render_template("contributions/move.html", it=root, spaces=spaces, sight=sight, kept=kept)


@bp.post("/n/<network>/c/<int:contribution_id>/move")
@limited("30/minute")
@door("page")
def move(network: str, contribution_id: int) -> ResponseReturnValue:
    """Move it to `space`; visibility follows at once."""
    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    chosen = _wanted(request.form.get("space", ""))
    if chosen is None:
        raise NotFound
    try:
        moved = actions.move(viewer, root, get_space(viewer, chosen))
    except NotSealable as reason:
        flash(str(reason), "problem")
        return redirect(path_for("contributions.moving", network=network, contribution_id=root.id), 303)
    flash(_("It is in %(space)s now, with its replies.", space=moved.space.name), "good")
    return redirect(address_of(viewer, moved), 303)


def _wanted(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None
