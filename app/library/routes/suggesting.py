"""Suggesting what could be said better of somebody's resource, and the owner's answer in one tap."""

from collections.abc import Callable

from flask import flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.replying import problem_of
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.contributions.queries.standards import named_on
from app.contributions.routes.answers import address_of
from app.core.access import current_viewer
from app.core.asread import ReadOtherwise, mark_sent
from app.core.doors import door
from app.core.limits import limited
from app.library import actions
from app.library.forms import SuggestForm
from app.library.models import Resource
from app.library.policy import can_suggest
from app.library.queries import drivers_to_name, get_resource, get_suggestion, my_suggestion
from app.library.routes import bp
from app.library.routes.page import page_again
from app.networks.forms.fields import Grades
from app.networks.models import Member

Answer = Callable[[Member, int], None]
OTHERWISE = 409


def _form(viewer: Member, found: Contribution, body: Resource) -> SuggestForm:
    """With what it says now."""
    data = {name: getattr(body, name) for name in ("what", "subject", "minutes", "needs", "language")}
    data |= {"title": found.title, "grades": Grades.from_mask(found.grades), "tags": ", ".join(body.tags)}
    data |= {"driver": str(found.driver_id or ""), "standards": named_on([found.id]).get(found.id, [])}
    return SuggestForm(drivers_to_name(viewer, found.driver), data=data)


@bp.route("/n/<network>/c/<int:contribution_id>/suggest", methods=["GET", "POST"])
@limited("30/hour", methods=("POST",))
@door("resource")
def suggest(network: str, contribution_id: int) -> ResponseReturnValue:
    """The fields as they are; what is changed in them is the suggestion."""
    viewer = current_viewer()
    found, body = get_resource(viewer, contribution_id)
    require(can_suggest(viewer, found))
    form, waits = _form(viewer, found, body), my_suggestion(viewer, found)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("library/suggest.html", it=found, form=form, waits=waits), status
    try:
        said = actions.different(found, body, form)
        actions.suggest(viewer, found, said, word=form.word.data or "")
    except actions.NothingNew:
        flash(_("That is what it says already. Change what you would say differently."), "problem")
        return render_template("library/suggest.html", it=found, form=form, waits=waits), 422
    flash(_("Thank you. Its owner sees what you suggest, and you hear what becomes of it."), "good")
    return redirect(address_of(viewer, found), 303)


def _answered(suggestion_id: int, answer: Answer, said: str) -> ResponseReturnValue:
    viewer = current_viewer()
    found, _body, _suggestion = get_suggestion(viewer, suggestion_id)
    try:
        answer(viewer, suggestion_id)
    except ReadOtherwise:
        flash(
            _("It was suggested differently meanwhile; nothing was done. Below is what is suggested now."),
            "problem",
        )
        return make_response(page_again(viewer, found.id)), OTHERWISE
    except Exception as error:
        problem = problem_of(error)
        flash(problem.sentence, "problem")
        return redirect(address_of(viewer, found), 303)
    flash(said, "good")
    return redirect(address_of(viewer, found), 303)


@bp.post("/n/<network>/library/suggestions/<int:suggestion_id>/take")
@limited("60/minute")
@door("resource")
def take_suggestion(network: str, suggestion_id: int) -> ResponseReturnValue:
    said = _("It says so now. What it said before stays in its history.")

    def take(viewer: Member, number: int) -> None:
        actions.take_suggestion(viewer, number, mark_sent())

    return _answered(suggestion_id, take, said)


@bp.post("/n/<network>/library/suggestions/<int:suggestion_id>/decline")
@limited("60/minute")
@door("resource")
def decline_suggestion(network: str, suggestion_id: int) -> ResponseReturnValue:
    def decline(viewer: Member, number: int) -> None:
        actions.decline_suggestion(viewer, number, mark_sent())

    return _answered(suggestion_id, decline, _("It stays as it is."))


@bp.post("/n/<network>/library/suggestions/<int:suggestion_id>/withdraw")
@limited("60/minute")
@door("resource")
def withdraw_suggestion(network: str, suggestion_id: int) -> ResponseReturnValue:
    return _answered(suggestion_id, actions.withdraw_suggestion, _("You took your suggestion back."))
