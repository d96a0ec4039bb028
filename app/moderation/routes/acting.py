"""Acting in a case: a page for each act, with the letter to change before it is sent; undoing; judging an
appeal.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.contributions.actions.sealing import NotSealable
from app.contributions.queries.moving import spaces_to_move_to
from app.core import clock
from app.core.access import Forbidden, NotFound, current_account
from app.core.asread import FIELD, ReadOtherwise, mark_sent
from app.core.doors import door
from app.core.limits import limited
from app.core.numbers import whole
from app.core.text import TooLong
from app.moderation import actions
from app.moderation.actions.how import How
from app.moderation.actions.standing import SEEN, is_gone
from app.moderation.actions.verbs import VERBS, WrittenSince
from app.moderation.models import Act
from app.moderation.models.words import hint_for, letter_for
from app.moderation.policy import ACTS
from app.moderation.queries.asread import mark_of_case, now_for
from app.moderation.queries.cases import acts_in, reports_of
from app.moderation.queries.copies import names_in, word_of
from app.moderation.queries.judges import Seat, get_case
from app.moderation.queries.norms import about_students, norms_where
from app.moderation.routes import bp
from app.moderation.routes.queue import (
    OTHERWISE,
    WRONG,
    back_to,
    case_again,
    offers_for,
    otherwise,
    say_taken,
)
from app.networks.actions import LastDirector

TAKEN = 409
UNTIL = ("pause", "read_first")
MINUTES = (10, 30, 60, 240)


@bp.get("/moderation/<int:case_id>/act/<verb>")
@door("moderation")
def prepare(case_id: int, verb: str) -> ResponseReturnValue:
    """Which norm, and the letter; back to the case where a colleague has it by now. `?read=`: the mark of the
    words on the page of the case.
    """
    seat = get_case(current_account(), case_id)
    if verb in VERBS and seat.stands in ("taken", "done"):
        say_taken(actions.Taken(seat.case.claimed_by), seat.case)
        return back_to(case_id)
    return _form(_seat(case_id, verb), verb)


def _seat(case_id: int, verb: str) -> Seat:
    seat = get_case(current_account(), case_id)
    too_late = seat.stands in ("taken", "done") and request.method == "POST"
    if verb not in offers_for(seat) and not (too_late and verb in ACTS):
        abort(404)
    return seat


def _form(seat: Seat, verb: str) -> str:
    case, given = seat.case, request.form
    reports = reports_of([case.id]).get(case.id, [])
    norms = norms_where(case.network_id, case.space)
    said = next((report.norm_ref for report in reports if report.norm_ref and report.norm_title), "")
    if not said and any(report.why == "privacy" or report.words == "privacy" for report in reports):
        said = about_students(norms)
    ref = given.get("ref", said)
    it, read = case.contribution, mark_of_case(case)
    is_read = it is None or read == (mark_sent() or request.args.get(FIELD, ""))
    now = None if is_read else now_for(seat)
    return render_template(
        "moderation/act.html", read=read, is_read=is_read, now=now, word_of=word_of,
        names=names_in([now.copy] if now is not None else []),
        case=case, verb=verb, norms=norms, ref=ref, reports=reports, given=given,
        hint=hint_for(verb, case), letter=given.get("letter", letter_for(verb, case)), minutes=MINUTES,
        with_until=verb in UNTIL, tomorrow=(clock.now() + timedelta(days=1)).date().isoformat(),
        spaces=spaces_to_move_to(seat.actor, it.root or it) if verb == "move" and it is not None else [],
    )  # fmt: skip


@bp.post("/moderation/<int:case_id>/act/<verb>")
@limited("120/hour")
@door("moderation")
def act(case_id: int, verb: str) -> ResponseReturnValue:
    seat = _seat(case_id, verb)
    form = request.form
    try:
        wanted = actions.Wanted(
            verb,
            ref=form.get("ref", ""),
            letter=form.get("letter", "").replace("\r\n", "\n"),
            reason=form.get("reason", ""),
            how=_how(seat),
            goes_on=form.get("goes_on") == "1",
            misuse=[number for given in form.getlist("misuse") if (number := whole(given)) is not None],
            read=mark_sent(),
        )
        actions.act(seat.actor, seat.case, wanted)
    except actions.Taken as taken:
        say_taken(taken, seat.case)
        return _form(seat, verb), TAKEN
    except ReadOtherwise:
        flash(_("Nothing was done yet. What you wrote is kept here."), "problem")
        return _form(seat, verb), OTHERWISE
    except (TooLong, ValueError, LastDirector, Forbidden, NotFound) as error:
        flash(_problem(error), "problem")
        return _form(seat, verb), WRONG
    flash(_("Done. It is on record, and whom it concerns is told."), "good")
    return back_to(case_id)


def _how(seat: Seat) -> How:
    form = request.form
    minutes = whole(form.get("minutes", ""))
    return How(
        letter=form.get("letter", "").replace("\r\n", "\n"),
        until=_until(form.get("until", ""), seat.case.network.time_zone),
        minutes=minutes if minutes in MINUTES else MINUTES[0],
        space_id=whole(form.get("space", "")),
    )


def _until(given: str, zone: str) -> datetime | None:
    """The beginning of that day where the network is; None for anything else."""
    try:
        day = date.fromisoformat(given)
        return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _problem(error: Exception) -> str:
    if isinstance(error, TooLong | NotSealable):
        return str(error)
    if isinstance(error, LastDirector):
        return _("A network keeps at least one director.")
    if isinstance(error, WrittenSince):
        return _(
            "People have written in it since, or its author said that it stays in its space. So it stays."
        )
    if isinstance(error, Forbidden):
        return _("This is not yours to do here. A director may be able to help.")
    if isinstance(error, NotFound):
        return _("It is not there any more. Its author may have taken it back.")
    return {
        "norm": _("Choose the norm that it is about. Your letter is kept here."),
        "letter": _("Write a few words to the author first."),
        "until": _("Choose a day after today. Your letter is kept here."),
        "reason": _("Say why in a sentence, for the record. Your letter is kept here."),
    }.get(str(error), _("Something in what was sent could not be read. Please reload the page."))


@bp.post("/moderation/<int:case_id>/undo/<int:act_id>")
@limited("120/hour")
@door("moderation")
def undo(case_id: int, act_id: int) -> ResponseReturnValue:
    seat = get_case(current_account(), case_id)
    made: Act | None = next((each for each in acts_in(seat.case) if each.id == act_id), None)
    if made is None:
        raise NotFound
    reason = request.form.get("reason", "")
    try:
        actions.undo(seat.actor, made, reason=reason, read=mark_sent())
        flash(_("It is undone, and whom it concerns is told."), "good")
        _say_if_gone(made)
    except ReadOtherwise:
        return otherwise(seat, undoing=act_id, said=reason)
    except TooLong as error:
        flash(_problem(error), "problem")
        return case_again(seat, undoing=act_id, said=reason)
    except (Forbidden, NotFound) as error:
        flash(_problem(error), "problem")
    return back_to(case_id)


@bp.post("/moderation/<int:case_id>/appeal")
@limited("120/hour")
@door("moderation")
def judge_appeal(case_id: int) -> ResponseReturnValue:
    """`outcome`: upheld or overturned; `answer`: the words to who asked."""
    seat = get_case(current_account(), case_id)
    outcome: Any = request.form.get("outcome", "")
    answer = request.form.get("answer", "").replace("\r\n", "\n")
    if outcome not in ("upheld", "overturned"):
        flash(_("Choose whether it stays. Your answer is kept here."), "problem")
        return case_again(seat, answer=answer, outcome=outcome)
    try:
        overturn = outcome == "overturned"
        answered = actions.judge_appeal(
            seat.actor, seat.case, overturn=overturn, answer=answer, read=mark_sent()
        )
    except ReadOtherwise:
        return otherwise(seat, answer=answer, outcome=outcome)
    except actions.Taken as taken:
        say_taken(taken, seat.case)
        return case_again(seat, TAKEN, answer=answer, outcome=outcome)
    except (TooLong, ValueError, Forbidden, NotFound) as error:
        flash(_problem(error), "problem")
        return case_again(seat, answer=answer, outcome=outcome)
    flash(_("Answered. Everybody it concerns is told."), "good")
    if outcome == "overturned":
        _say_if_gone(answered.act)
    return redirect(url_for("moderation.queue"), 303)


def _say_if_gone(act: Act) -> None:
    it = act.case.contribution
    if act.verb in SEEN and it is not None and is_gone(it):
        flash(_("There is nothing to bring back: the words were deleted by whoever wrote them."), "info")
