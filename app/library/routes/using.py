""" "I used this": a short form on a page of its own, for the first time, again, and to say it differently."""

import secrets
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.editing import edit_mark
from app.contributions.actions.replying import REPLIES
from app.contributions.models import Contribution
from app.contributions.policy import can_edit, require
from app.contributions.routes.saving import save_edited
from app.core.access import current_viewer
from app.core.doors import door
from app.core.limits import limited
from app.library import actions
from app.library.actions import How
from app.library.forms import UseForm
from app.library.policy import can_say_used
from app.library.queries import get_resource, get_use, own_uses
from app.library.routes import bp
from app.library.routes.answers import key_sent, refused, refused_for, thanked
from app.networks.models import Member, grades_of


@bp.get("/n/<network>/c/<int:contribution_id>/used")
@door("resource")
def used(network: str, contribution_id: int) -> ResponseReturnValue:
    """The form, and below what one said before the way to change it."""
    viewer = current_viewer()
    found, _body = get_resource(viewer, contribution_id)
    require(can_say_used(viewer, found))
    return _page(viewer, found, UseForm(data={"grade": _usual_grade(viewer)}))


def _usual_grade(viewer: Member) -> str:
    grades = grades_of(viewer.grades)
    return str(grades[0]) if len(grades) == 1 else ""


def _page(viewer: Member, found: Contribution, form: UseForm, status: int = 200) -> ResponseReturnValue:
    key = request.form.get("key") or secrets.token_urlsafe(16)
    before = own_uses(viewer, found)
    return render_template("library/used.html", it=found, form=form, key=key, before=before), status


@bp.post("/n/<network>/c/<int:contribution_id>/used")
@limited(REPLIES, shared="replies")
@door("resource")
def say_used(network: str, contribution_id: int) -> ResponseReturnValue:
    """The form's fields and its `key` -> the resource's page, which says thank you."""
    viewer = current_viewer()
    found, _body = get_resource(viewer, contribution_id)
    form = UseForm()

    def again(status: int) -> ResponseReturnValue:
        return _page(viewer, found, form, status)

    if not form.validate():
        return refused(form, again)
    try:
        actions.say_used(viewer, found, How.from_form(form), key=key_sent())
    except Exception as error:
        return refused_for(error, form, again)
    return thanked(viewer, found, _("Thank you. The next teacher starts from what you learned."))


@bp.get("/n/<network>/c/<int:contribution_id>/edit-use")
@door("edit")
def edit_use(network: str, contribution_id: int) -> ResponseReturnValue:
    """`contribution_id` is the reply's."""
    viewer = current_viewer()
    reply, use = get_use(viewer, contribution_id)
    require(can_edit(viewer, reply))
    said = {name: getattr(use, name) for name in ("outcome", "setting", "changed", "tip")}
    form = UseForm(data=said | {"grade": "" if use.grade is None else str(use.grade)})
    return _edit_page(reply, form, edit_mark(reply))


def _edit_page(
    reply: Contribution, form: UseForm, seen: str, status: int = 200, **more: Any
) -> ResponseReturnValue:
    page = render_template(
        "library/used.html", it=reply.root, reply=reply, form=form, seen=seen, before=[], **more
    )
    return page, status


@bp.post("/n/<network>/c/<int:contribution_id>/edit-use")
@limited("60/minute")
@door("edit")
def save_use(network: str, contribution_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    reply, _use = get_use(viewer, contribution_id)
    require(can_edit(viewer, reply))
    form = UseForm()
    return save_edited(
        viewer,
        reply,
        form,
        _edit_page,
        lambda seen: actions.change_use(viewer, reply, How.from_form(form), seen=seen),
    )
