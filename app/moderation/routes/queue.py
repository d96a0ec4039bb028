"""One queue over all networks that one looks after (and a lead's own groups), and the page of a case."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.contributions.models import Contribution
from app.core import glance
from app.core.access import Forbidden, NotFound, current_account
from app.core.doors import closed, door
from app.core.files import files
from app.core.files.errors import Missing
from app.core.files.serve import send
from app.core.kinds import kinds
from app.core.limits import limited
from app.core.text import TooLong
from app.moderation import actions
from app.moderation.actions.verbs import VERBS
from app.moderation.models import Case
from app.moderation.models.cases import STATES, WHYS
from app.moderation.models.words import (
    OUTCOME_WORDS,
    REASON_WORDS,
    WHY_WORDS,
    hint_for,
    outcome_word,
    verb_word,
)
from app.moderation.policy import HEAVY, undo_verb
from app.moderation.queries.asread import mark_of_case, now_for
from app.moderation.queries.cases import (
    Filters,
    acts_in,
    appeal_in,
    before_with,
    counts_of,
    networks_judged,
    next_for,
    norms_in_queue,
    notes_of,
    queue_of,
    reports_of,
)
from app.moderation.queries.copies import file_in, names_in, word_of
from app.moderation.queries.judges import (
    Seat,
    get_case,
    is_stuck,
    stuck_in,
    waiting_count,
    waiting_for,
    without_own,
)
from app.moderation.queries.letters import appeal_of
from app.moderation.queries.reports import fine_of, misuses_of, reports_by
from app.moderation.routes import bp
from app.networks.policy import can_end_membership
from app.networks.queries import networks_of

WRONG, OTHERWISE = 422, 409
TURNS = {"claim": actions.claim, "give_back": actions.give_back, "take_over": actions.take_over}


@glance.at_a_glance
def _asked() -> glance.Part | None:
    return waiting_for(current_account()) if current_user.is_authenticated else None


def badge() -> int:
    counted = glance.at_hand().get("moderation", 0)
    return without_own(current_account(), counted) if counted else 0


def is_judge() -> bool:
    """Whether the shell offers the queue: those who look after a network, and leads for whom something
    waits.
    """
    if not current_user.is_authenticated:
        return False
    mine = networks_of(current_account())
    return any(each.is_hub and each.may_write for each in mine) or badge() > 0


def _filters() -> Filters:
    asked = request.args
    state, why = asked.get("state", "new"), asked.get("why", "")
    return Filters(
        state if state in STATES else "new",
        asked.get("network", ""),
        why if why in WHYS else "",
        norm=asked.get("norm", "")[:80],
        mine=asked.get("mine") == "1",
        old=asked.get("old") == "1",
    )


@bp.get("/moderation")
@door("moderation")
def queue() -> str:
    """New, in progress, done; `?network=`, `?why=`, `?norm=`, `?mine=1` and `?old=1` narrow it."""
    account, filters = current_account(), _filters()
    judged = networks_judged(account)
    if not judged:
        raise Forbidden
    page, rows = queue_of(account, filters, request.args.get("after"))
    return render_template(
        "moderation/queue.html", rows=rows, page=page, filters=filters, counts=counts_of(account),
        judged=judged, several=len(judged) > 1, whys=WHY_WORDS, word_of=word_of,
        names=names_in([row.copy for row in rows]), first_page="after" not in request.args,
        norms=norms_in_queue(account, filters.state),
        stuck=stuck_in([each.network_id for each in judged if each.is_hub and each.may_write]),
    )  # fmt: skip


@bp.get("/moderation/waiting")
@closed("a number of the viewer's own")
def waiting() -> ResponseReturnValue:
    """`{waiting}`: what a page asks for after it was away for long."""
    return jsonify(waiting=waiting_count(current_account()))


@bp.get("/moderation/<int:case_id>")
@door("moderation")
def case(case_id: int) -> str:
    """What was reported as it was, what was said about it, what happened before, and what can be done."""
    seat = get_case(current_account(), case_id)
    return render_template("moderation/case.html", **shown(seat))


@bp.get("/moderation/<int:case_id>/files/<key>")
@door("moderation")
def case_file(case_id: int, key: str) -> ResponseReturnValue:
    """A file of what was reported, and of nothing else in its space."""
    stored = file_in(get_case(current_account(), case_id).case, key)
    try:
        return send(files.store, stored, request)
    except Missing as error:
        raise NotFound from error


def shown(seat: Seat) -> dict[str, Any]:
    """All that the page of a case shows."""
    case = seat.case
    reports = reports_of([case.id]).get(case.id, [])
    acts, appeal = acts_in(case), appeal_in(case)
    first = reports_of([appeal.act.case_id]).get(appeal.act.case_id, []) if appeal else []
    senders = {report.reporter_id for report in reports if report.reporter_id is not None}
    it, copies, read = case.contribution, _distinct([*first, *reports]), mark_of_case(case)
    now = now_for(seat, beside=copies[-1].copy if copies else None) if case.is_open or acts else None
    return {
        "seat": seat,
        "case": case,
        "reports": reports,
        "copies": [*copies, now] if now is not None else copies,
        "read": read,
        "names": names_in([report.copy for report in [*first, *reports]]),
        "acts": acts,
        "undoable": {each.id for each in acts if each.undone_at is None and seat.may(undo_verb(each.verb))},
        "appeals": {each.id: appeal_of(each) for each in acts},
        "appeal": appeal,
        "notes": notes_of(case),
        "before": before_with(current_account(), case),
        "known": {number: (reports_by(number), misuses_of(number), fine_of(number)) for number in senders},
        "offers": offers_for(seat),
        "changed": it is not None and _changed(it, reports, seen=now is not None),
        "next_case": next_for(current_account()) if not case.is_open else None,
        "nobody": is_stuck(case),
        "words": {"why": WHY_WORDS, "reason": REASON_WORDS, "outcome": OUTCOME_WORDS},
        "hints": {verb: hint_for(verb, case) for verb in VERBS},
        "word_of": word_of,
    }


def offers_for(seat: Seat) -> list[str]:
    """The verbs that make sense for what a case is about, and that this judge has."""
    case = seat.case
    on_items = {"hide", "remove", "lock", "slow", "move"}
    on_people = {"talk", "read_first", "pause", "end"}
    left_out = (on_items if case.subject != "contribution" else set()) | (
        on_people if not case.author else set()
    )
    if case.author is not None and not can_end_membership(seat.actor, case.author):
        left_out |= set(HEAVY)
    if case.contribution is not None and case.contribution.state == "removed":
        left_out |= {"ask_edit", "hide", "remove"}
    if case.contribution is not None and not _movable(case.contribution):
        left_out |= {"move"}
    if case.space is not None and case.space.kind == "conversation":
        left_out |= {"lock", "slow", "move"}
    return [verb for verb in VERBS if seat.may(verb) and verb not in left_out]


def _movable(it: Contribution) -> bool:
    kind = (it.root or it).kind
    return kind in kinds and kinds.get(kind).can_be_moved


def _distinct(reports: list[Any]) -> list[Any]:
    """The reports whose copies differ, the newest last: the same words need no second look."""
    seen: dict[str, Any] = {}
    for report in reports:
        seen[repr((report.copy.get("version"), report.copy.get("text"), report.copy.get("around")))] = report
    return list(seen.values())


def _changed(it: Any, reports: list[Any], *, seen: bool) -> str:
    """What became of it since it came here: `removed`, `edited` (its new words are below), `edited unseen`,
    or nothing.
    """
    if it.state == "removed" and it.state_reason != "moderator":
        return "removed"
    newest = max((report.copy.get("at", "") for report in reports), default="")
    made = max((report.made_at for report in reports), default=None)
    if seen or any(report.why == "edited" for report in reports):
        return "edited"
    return "edited unseen" if newest and made is not None and it.edited_at and it.edited_at > made else ""


def otherwise(seat: Seat, **typed: Any) -> tuple[str, int]:
    """The page of the case with the words as they are now."""
    flash(_("Its author edited it meanwhile, so nothing was done. What you wrote is kept here."), "problem")
    return case_again(seat, OTHERWISE, **typed)


def case_again(seat: Seat, status: int = WRONG, **typed: Any) -> tuple[str, int]:
    """The page of the case, where nothing was done, with all that was typed still in its boxes."""
    again = get_case(current_account(), seat.case.id)
    return render_template("moderation/case.html", **shown(again), **typed), status


@bp.post("/moderation/<int:case_id>/<any(claim, give_back, take_over):verb>")
@limited("120/hour")
@closed("changes whose turn it is")
def take(case_id: int, verb: str) -> ResponseReturnValue:
    seat = get_case(current_account(), case_id)
    if verb == "take_over" and seat.stands != "taken":
        verb = "claim"
    if verb == "give_back" and seat.stands == "free":
        return back_to(case_id)
    try:
        TURNS[verb](seat.actor, seat.case)
    except actions.Taken as taken:
        say_taken(taken, seat.case)
    return back_to(case_id)


@bp.post("/moderation/<int:case_id>/note")
@limited("120/hour")
@closed("keeps a note among those who judge")
def note(case_id: int) -> ResponseReturnValue:
    seat = get_case(current_account(), case_id)
    words = request.form.get("words", "").replace("\r\n", "\n")
    try:
        actions.note(seat.actor, seat.case, words)
    except TooLong as error:
        flash(str(error), "problem")
        return case_again(seat, noted=words)
    except ValueError:
        flash(_("Write a few words first."), "problem")
    return back_to(case_id)


def say_taken(taken: actions.Taken, case: Case) -> None:
    """The second one is told, kindly, that somebody was first, and how far they are."""
    name = (taken.by.name if taken.by is not None else "") or _("A colleague")
    if case.state == "done":
        decided = verb_word(case.outcome) if case.outcome in VERBS else outcome_word(case.outcome)
        said = _("%(name)s has decided: %(what)s. Nothing was done twice.", name=name, what=decided)
    else:
        said = _("%(name)s is looking at it. Nothing was done twice.", name=name)
    wrote = any(request.form.get(field) for field in ("letter", "answer"))
    flash(f"{said} {_('What you wrote is kept here.')}" if wrote else said, "info")


def back_to(case_id: int) -> ResponseReturnValue:
    return redirect(url_for("moderation.case", case_id=case_id), 303)
