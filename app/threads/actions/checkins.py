"""Running a check-in: its questions and rhythm, a pause, and the round that is due.

Rules: whatever runs twice opens one round; after a time in which nothing ran, only the latest due one.
"""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from babel.dates import format_skeleton
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from app.contributions.actions import Piece, share
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.core import clock
from app.core.command import command
from app.core.db import db
from app.networks.models import Member
from app.spaces.models import Space, SpaceMember
from app.spaces.queries import tie_of
from app.threads.models import EVERY, QUESTIONS_AT_MOST, CheckIn, CheckInRound
from app.threads.models.rhythm import first_day
from app.threads.policy import can_run_check_in
from app.threads.queries import check_in_of, rhythm_of

CHECK_IN = "check_in"


@command
def set_check_in(
    actor: Member, space: Space, *, questions: Sequence[str], every: str, weekday: int, hour: int
) -> CheckIn:
    """Start the group's check-in, or change it; a new rhythm begins now, a paused one stays paused.

    Raises Forbidden, NotFound, ValueError for what no form sends.
    """
    require(can_run_check_in(tie_of(actor, space.id)))
    if every not in EVERY or weekday not in range(7) or hour not in range(24):
        raise ValueError("no such rhythm")
    if not 0 < len(questions) <= QUESTIONS_AT_MOST:
        raise ValueError("no such number of questions")
    check_in = check_in_of(space.id)
    begins = check_in is None
    if check_in is None:
        check_in = CheckIn(space_id=space.id)
        db.session.add(check_in)
    check_in.questions, check_in.lead_id = list(questions), actor.id
    if begins or (check_in.every, check_in.weekday, check_in.hour) != (every, weekday, hour):
        check_in.every, check_in.weekday, check_in.hour = every, weekday, hour
        check_in.anchor = first_day(weekday, actor.network.time_zone)
        if begins or check_in.next_at is not None:
            _begin(check_in)
    db.session.flush()
    return check_in


def _begin(check_in: CheckIn) -> None:
    """From now on: what was due before is over."""
    check_in.since = clock.now()
    db.session.flush()
    check_in.next_at = rhythm_of(check_in).next_after(check_in.since)


@command
def pause_check_in(actor: Member, space: Space) -> None:
    """Raises Forbidden, NotFound."""
    require(can_run_check_in(tie_of(actor, space.id)))
    check_in = check_in_of(space.id)
    if check_in is not None:
        check_in.next_at = None


@command
def resume_check_in(actor: Member, space: Space) -> None:
    """Raises Forbidden, NotFound."""
    require(can_run_check_in(tie_of(actor, space.id)))
    check_in = check_in_of(space.id)
    if check_in is not None and check_in.next_at is None:
        check_in.lead_id = actor.id
        _begin(check_in)


@command
def open_due(space_id: int) -> Contribution | None:
    """Open the round that is due now, if it is not open yet; None where there is nothing to open."""
    check_in = db.session.get(CheckIn, space_id, with_for_update=True, populate_existing=True)
    now = clock.now()
    if check_in is None or check_in.next_at is None or check_in.next_at > now:
        return None
    rhythm = rhythm_of(check_in)
    due = rhythm.latest_until(now)
    check_in.next_at = rhythm.next_after(now)
    open_already = select(CheckInRound.root_id).where(
        CheckInRound.space_id == space_id, CheckInRound.due_at >= due
    )
    lead = _lead(check_in)
    if due <= check_in.since or db.session.scalar(open_already.limit(1)) is not None or lead is None:
        return None
    asks = opening(check_in.questions, due, rhythm.zone, lead.network.language or "en")
    root = share(lead, check_in.space, asks)
    db.session.add(
        CheckInRound(root_id=root.id, space_id=space_id, due_at=due, questions=list(check_in.questions))
    )
    db.session.flush()
    return root


def _lead(check_in: CheckIn) -> Member | None:
    """Who asks: whoever runs it, or the lead who has been one longest; nobody in an archived group."""
    if check_in.space.archived_at is not None:
        return None
    query = (
        select(Member)
        .join(SpaceMember, SpaceMember.member_id == Member.id)
        .where(SpaceMember.space_id == check_in.space_id, SpaceMember.role == "lead")
        .where(Member.standing == "active")
        .order_by(Member.id == check_in.lead_id, SpaceMember.joined_at.desc(), Member.id.desc())
    )
    leads = list(db.session.scalars(query))
    return leads[-1] if leads else None


def opening(questions: Sequence[object], due: datetime, zone: str, language: str) -> Piece:
    """What a round begins with, in the network's language; the day is of its wall."""
    day = clock.in_zone(due, zone).date()
    with force_locale(language):
        title = _("Check-in, %(day)s", day=format_skeleton("MMMMd", day, locale=language))
    asked = "".join(f"<li>{escape(str(question), quote=False)}</li>" for question in questions)
    return Piece(kind=CHECK_IN, title=title, html=f"<ul>{asked}</ul>")
