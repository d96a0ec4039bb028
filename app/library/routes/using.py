""" "I used this": a short form on a page of its own, and on the resource's page."""

import secrets

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.once import is_key
from app.contributions.actions.replying import REPLIES, problem_of
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.contributions.routes.answers import address_of
from app.core.access import current_viewer
from app.core.doors import door
from app.core.limits import limited
from app.library import actions
from app.library.actions import How
from app.library.forms import UseForm
from app.library.policy import can_say_used
from app.library.queries import get_resource
from app.library.routes import bp
from app.networks.models import Member, grades_of


@bp.get("/n/<network>/c/<int:contribution_id>/used")
@door("resource")
def used(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found, _body = get_resource(viewer, contribution_id)
    require(can_say_used(viewer, found))
    return _page(found, UseForm(data={"grade": _usual_grade(viewer)}))


def _usual_grade(viewer: Member) -> str:
    grades = grades_of(viewer.grades)
    return str(grades[0]) if len(grades) == 1 else ""


def _page(found: Contribution, form: UseForm, status: int = 200) -> ResponseReturnValue:
    key = request.form.get("key") or secrets.token_urlsafe(16)
    return render_template("library/used.html", it=found, form=form, key=key), status


@bp.post("/n/<network>/c/<int:contribution_id>/used")
@limited(REPLIES, shared="replies")
@door("resource")
def say_used(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    found, _body = get_resource(viewer, contribution_id)
    form = UseForm()
    if not form.validate():
        return _page(found, form, 422)
    key = request.form.get("key", "")
    try:
        reply = actions.say_used(viewer, found, How.from_form(form), key=key if is_key(key) else None)
    except Exception as error:
        problem = problem_of(error)
        flash(problem.sentence, "problem")
        return _page(found, form, problem.status)
    flash(_("Thank you. The next teacher starts from what you learned."), "good")
    return redirect(address_of(viewer, reply), 303)
