"""Editing a reply in place, and taking things back. Kinds bring their own edit forms."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions import actions
from app.contributions.actions.editing import Conflict, edit_mark
from app.contributions.actions.replying import problem_of
from app.contributions.policy import can_edit, can_remove, require
from app.contributions.queries import get_contribution, get_to_take_back, sees_one
from app.contributions.routes import bp
from app.contributions.routes.answers import answer, wants_json
from app.core import text
from app.core.access import current_viewer
from app.core.doors import door
from app.core.kinds import kinds
from app.core.limits import limited


@bp.get("/n/<network>/c/<int:contribution_id>/edit")
@door("edit")
def edit(network: str, contribution_id: int) -> ResponseReturnValue:
    """The form with what was said; a kind with fields of its own has a form of its own."""
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    require(can_edit(viewer, found))
    own = kinds.editor_of(found)
    if own is not None:
        return redirect(url_for(own, network=network, contribution_id=contribution_id))
    return render_template("contributions/edit.html", it=found, seen=edit_mark(found), html=found.html)


@bp.post("/n/<network>/c/<int:contribution_id>/edit")
@limited("120/minute")
@door("edit")
def save_edit(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found = get_contribution(viewer, contribution_id)
    typed = request.form.get("html") or text.from_plain(request.form.get("text", ""))
    try:
        actions.edit_contribution(viewer, found, html=typed, seen=request.form.get("seen"))
    except Conflict:
        return _conflict(found.id, typed)
    except Exception as error:
        problem = problem_of(error)
        if wants_json():
            return jsonify(error=problem.sentence), problem.status
        flash(problem.sentence, "problem")
        page = render_template("contributions/edit.html", it=found, seen=request.form.get("seen"), html=typed)
        return page, problem.status
    return answer(viewer, found)


def _conflict(contribution_id: int, typed: str) -> ResponseReturnValue:
    """Both texts, side by side: nothing typed is lost, and the person decides."""
    current = get_contribution(current_viewer(), contribution_id)
    if wants_json():
        return jsonify(error=_("This was edited meanwhile. Your words are kept here.")), 409
    return render_template(
        "contributions/edit.html", it=current, seen=edit_mark(current), html=typed, theirs=current.html
    ), 409


@bp.post("/n/<network>/c/<int:contribution_id>/remove")
@limited("120/minute")
@door("page")
def remove(network: str, contribution_id: int) -> ResponseReturnValue:
    """Take back what one wrote: the one thing that is left to its author where they have left."""
    viewer = current_viewer()
    found = get_to_take_back(viewer, contribution_id)
    require(can_remove(viewer, found))
    root_id = found.root_id
    actions.remove_contribution(viewer, found)
    if wants_json():
        return jsonify(ok=True, id=found.id)
    flash(_("It is gone. What was answered stays."), "good")
    if root_id is not None and sees_one(viewer, root_id):
        return redirect(url_for("contributions.page", network=network, contribution_id=root_id), 303)
    return redirect(url_for("feed.index", network=network), 303)
