""" "I used this": a short form on a page of its own, and on the resource's page."""

import secrets

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.replying import REPLIES
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.core.access import current_viewer
from app.core.doors import door
from app.core.limits import limited
from app.library import actions
from app.library.actions import How
from app.library.forms import UseForm
from app.library.policy import can_say_used
from app.library.queries import get_resource
from app.library.routes import bp
from app.library.routes.answers import key_sent, refused, refused_for, thanked
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
    """The form's fields and its `key` -> the resource's page, which says thank you."""
    viewer = current_viewer()
    found, _body = get_resource(viewer, contribution_id)
    form = UseForm()

    def again(status: int) -> ResponseReturnValue:
        return _page(found, form, status)

    if not form.validate():
        return refused(form, again)
    try:
        actions.say_used(viewer, found, How.from_form(form), key=key_sent())
    except Exception as error:
        return refused_for(error, form, again)
    return thanked(viewer, found, _("Thank you. The next teacher starts from what you learned."))
