"""What still stands once an act is taken back: how something is seen, and what it was before.

Something is seen as the newest act on it says that was not undone; where none says anything, an open case
may hold it; else it is seen. What acts set to a value (a talk's pace, the end of a break) goes back to what
it was before where the act was the last one; an earlier one hands that on to the next, which still stands.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.contributions.actions import keep_held, restore
from app.contributions.actions.editing import can_come_back
from app.contributions.actions.holding import EDIT_ASKED, WAITS
from app.contributions.models import Contribution
from app.core.db import db
from app.moderation.models import Act, Case
from app.moderation.models.cases import PRIVACY_REPORTED, REPORTED
from app.moderation.queries.cases import open_case_of, open_on, reports_of

BY_MODERATOR = "moderator"
SEEN = ("ask_edit", "hide", "remove")
"""The acts that say how something is seen."""
Before = dict[str, Any]


def stand_as_judged(it: Contribution, *, but: Act | None = None) -> None:
    """See it, or hold it, as what stands says; `but` is just being undone. What its author took back stays
    taken back.
    """
    if is_gone(it):
        return
    acts = [each for each in _acts_on(it) if each is not but]
    if any(each.verb == "remove" for each in acts):
        return
    reason = _reason(acts[0]) if acts else None
    case = open_on(it.id)
    if reason is None and case is not None and case.holds:
        reason = _why(case)
    if reason is None:
        restore(it)
    else:
        keep_held(it, reason=reason)


def is_gone(it: Contribution) -> bool:
    """Whether nothing is there to bring back: its author took it back, or took its words along."""
    return it.state == "removed" and (it.state_reason != BY_MODERATOR or not can_come_back(it))


def _acts_on(it: Contribution) -> list[Act]:
    """Those that were not undone, the newest first."""
    query = select(Act).join(Case, Case.id == Act.case_id)
    wanted = (Case.contribution_id == it.id, Act.verb.in_(SEEN), Act.undone_at.is_(None))
    return list(db.session.scalars(query.where(*wanted).order_by(Act.id.desc())))


def _reason(act: Act) -> str | None:
    if act.verb == "ask_edit":
        return EDIT_ASKED if act.returned_at is None else None
    return BY_MODERATOR


def _why(case: Case) -> str:
    """Why an open case holds what it is about."""
    reports = reports_of([case.id]).get(case.id, [])
    waits = [report.words for report in reports if report.why == "approval"]
    if waits:
        return waits[-1] if waits[-1] in WAITS else "approval"
    return PRIVACY_REPORTED if any(report.why == "privacy" for report in reports) else REPORTED


def wait_again(act: Act) -> bool:
    """The act ended a case that held its subject, and is taken back: the case is open again, and holds."""
    case = act.case
    it = case.contribution
    if case.state != "done" or not act.before.get("holds") or act.returned_at is not None or it is None:
        return False
    last = select(Act).where(Act.case_id == case.id, Act.undone_at.is_(None)).order_by(Act.id.desc())
    if db.session.scalar(last.limit(1)) is not act or is_gone(it):
        return False
    key = f"contribution:{it.id}"
    again = open_case_of(key)
    if again is None:
        again, case.open_key, case.state, case.outcome = case, key, "new", ""
        case.claimed_by_id = case.done_at = None
    again.holds = True
    db.session.flush()
    return again is case


def outcome_that_stands(case: Case) -> str:
    """The verb that a case ended with, as far as it was not undone. Nothing more to do after an act is no
    finding that all was fine.
    """
    acts = select(Act).where(Act.case_id == case.id, Act.undone_at.is_(None), Act.verb != "talk")
    act = db.session.scalar(acts.order_by(Act.verb == "none", Act.id.desc()).limit(1))
    it = case.contribution
    if act is not None and act.returned_at is not None and it is not None and it.state == "published":
        return "edited"
    return act.verb if act is not None else "undone"


def acts_like(act: Act, *about: ColumnElement[bool]) -> list[Act]:
    """The acts of the same verb on the same subject that stand, the oldest first; `about`: which subject."""
    query = select(Act).join(Case, Case.id == Act.case_id)
    query = query.outerjoin(Contribution, Contribution.id == Case.contribution_id)
    wanted = (Act.verb == act.verb, Act.undone_at.is_(None))
    return list(db.session.scalars(query.where(*wanted, *about).order_by(Act.id)))


def in_talk(root: Contribution) -> ColumnElement[bool]:
    """Acts on anything in a talk."""
    return or_(Contribution.id == root.id, Contribution.root_id == root.id)


def unwind(act: Act, line: list[Act], now: Before, put: Callable[[Before], None]) -> None:
    """Put back the value that `act` set, one of `line`; `now` is what it is. Nothing where somebody has
    changed it since by hand.
    """
    was = {name: value for name, value in act.before.items() if name != "left"}
    left = act.before.get("left", now)
    after = next((each for each in line if each.id > act.id), None)
    if after is None:
        if left == now:
            put(was)
    elif {name: after.before.get(name) for name in left} == left:
        after.before = {**after.before, **was}


def said_of(moment: datetime | None) -> str | None:
    """A moment as a value to keep."""
    return moment.astimezone(UTC).isoformat() if moment else None


def moment_of(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
