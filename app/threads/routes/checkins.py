"""A group's check-in: its page and settings, and answering a round."""

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.contributions.actions.once import is_key
from app.contributions.actions.replying import REPLIES, problem_of
from app.contributions.models import Contribution
from app.contributions.policy import leads
from app.contributions.queries import get_root
from app.contributions.routes.answers import address_of
from app.core.access import NotFound, current_viewer
from app.core.doors import closed, door
from app.core.limits import limited
from app.networks.models import Member
from app.spaces.policy.groups import Tie
from app.spaces.routes import tabs
from app.spaces.routes.places import tie_here
from app.threads import actions
from app.threads.forms import CheckInForm
from app.threads.forms.checkins import DAYS, RHYTHMS, STARTING
from app.threads.models import CheckIn
from app.threads.policy import can_answer_round, can_run_check_in, can_see_check_in
from app.threads.queries import answer_of, check_in_of, round_of, rounds_in, still_to_hear_from
from app.threads.routes import bp

tabs.add("threads.check_in", _l("Check-in"), order=30, shown=can_see_check_in)


def around(viewer: Member, root: Contribution) -> dict[str, Any]:
    """For the page of a round: the form or the way to one's own answer, and for leads who is missing."""
    asked = round_of(root.id)
    mine = answer_of(viewer, root.id)
    return {
        "asked": asked,
        "my_answer": mine,
        "may_answer": mine is None and asked is not None and can_answer_round(viewer, root),
        "unheard": still_to_hear_from(root) if leads(viewer, root.space) else None,
        "answer_key": secrets.token_urlsafe(16),
        "said": request.form.getlist("answer"),
    }


@bp.get("/n/<network>/groups/<slug>/check-in")
@closed("the questions of a group that the viewer sees, and when they were asked")
def check_in(network: str, slug: str) -> ResponseReturnValue:
    """What is asked and when, what was asked before; for leads the form."""
    tie = tie_here(slug)
    return _page(tie, _form(check_in_of(tie.space.id)))


def _form(known: CheckIn | None) -> CheckInForm:
    if known is None:
        return CheckInForm(formdata=None, data={"questions": str(STARTING)})
    given = {"every": known.every, "weekday": str(known.weekday), "hour": str(known.hour)}
    return CheckInForm(formdata=None, data={"questions": "\n".join(map(str, known.questions)), **given})


def _page(tie: Tie, form: CheckInForm, status: int = 200) -> ResponseReturnValue:
    if not can_see_check_in(tie):
        raise NotFound
    known = check_in_of(tie.space.id)
    page = render_template(
        "threads/check_in.html",
        **tabs.frame(tie),
        check_in=known,
        rhythm=dict(RHYTHMS).get(known.every) if known else None,
        day=DAYS[known.weekday] if known else None,
        rounds=rounds_in(tie.viewer, tie.space.id),
        form=form if can_run_check_in(tie) else None,
    )
    return page, status


@bp.post("/n/<network>/groups/<slug>/check-in")
@limited("60/hour")
@closed("the questions of a group that the viewer sees, and when they were asked")
def save_check_in(network: str, slug: str) -> ResponseReturnValue:
    """A lead starts it, changes it (`save`), pauses it or takes it up again (`act`)."""
    tie = tie_here(slug)
    act = request.form.get("act", "save")
    if act == "pause":
        actions.pause_check_in(tie.viewer, tie.space)
        flash(_("The check-in rests. Nothing is asked until you take it up again."), "good")
    elif act == "resume":
        actions.resume_check_in(tie.viewer, tie.space)
        flash(_("The check-in goes on."), "good")
    else:
        form = CheckInForm()
        if not form.validate_on_submit():
            return _page(tie, form, 422)
        chosen = {"every": form.every.data, "weekday": int(form.weekday.data), "hour": int(form.hour.data)}
        actions.set_check_in(tie.viewer, tie.space, questions=form.asked, **chosen)
        flash(_("Saved."), "good")
    return redirect(url_for("threads.check_in", network=network, slug=slug), 303)


@bp.post("/n/<network>/c/<int:contribution_id>/check-in")
@limited(REPLIES, shared="replies")
@door("page")
def answer_round(network: str, contribution_id: int) -> ResponseReturnValue:
    """One's own answer: `answer`, once for each question, in order."""
    from app.threads.routes.page import thread_page

    viewer = current_viewer()
    root = get_root(viewer, contribution_id)
    key = request.form.get("key", "")
    try:
        given = request.form.getlist("answer")
        reply = actions.answer_check_in(viewer, root, given, key=key if is_key(key) else None)
    except actions.AnsweredBefore:
        flash(_("You have answered this check-in already. You can edit your answer."), "problem")
        return redirect(address_of(viewer, root), 303)
    except Exception as error:
        problem = problem_of(error)
        flash(problem.sentence, "problem")
        return thread_page(viewer, get_root(viewer, contribution_id)), problem.status
    return redirect(address_of(viewer, reply), 303)
