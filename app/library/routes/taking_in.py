"""Taking a post of the kind *material* into the library, by its author."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.replying import problem_of
from app.contributions.policy import require
from app.contributions.queries import get_root
from app.contributions.routes.answers import address_of
from app.core.access import current_viewer
from app.core.doors import door
from app.core.limits import limited
from app.library import actions
from app.library.policy import can_take_in
from app.library.routes import bp


@bp.route("/n/<network>/c/<int:contribution_id>/take-in", methods=["GET", "POST"])
@limited("30/minute", methods=("POST",))
@door("edit")
def take_in(network: str, contribution_id: int) -> ResponseReturnValue:
    """Says what happens; a POST does it and leads to the form with what else can be said."""
    viewer = current_viewer()
    found = get_root(viewer, contribution_id)
    require(can_take_in(viewer, found))
    if request.method == "GET":
        return render_template("library/take_in.html", it=found)
    try:
        actions.take_in(viewer, found)
    except Exception as error:
        problem = problem_of(error)
        flash(problem.sentence, "problem")
        return redirect(address_of(viewer, found), 303)
    flash(_("It is in the library now, with its replies. Links to it stay the same."), "good")
    return redirect(address_of(viewer, found), 303)
