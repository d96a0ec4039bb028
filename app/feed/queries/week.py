"""The last days in numbers: what somebody who prepares a meeting wants to know at a glance.

Rules: one statement, counts only, and only of what its reader sees. A count stops at MOST.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from app.contributions.models import Commitment, Contribution
from app.contributions.policy import in_feed_of
from app.core import clock
from app.core.db import db
from app.networks.models import Member

DAYS = timedelta(days=7)
MOST = 500


@dataclass(frozen=True)
class Week:
    """`due`: open commitments with a day in the coming week, on posts that the reader sees."""

    posts: int
    did_not_work: int
    unanswered: int
    due: int


def week_of(viewer: Member) -> Week:
    """Of the last seven days; questions without a reply as far back as there are some."""
    now, today = clock.now(), clock.now().date()
    recent = Contribution.published_at > now - DAYS
    due = (
        select(Commitment.id)
        .join(Contribution, Contribution.id == Commitment.contribution_id)
        .where(Commitment.state == "open", Commitment.due_on.between(today, today + DAYS))
        .where(in_feed_of(viewer))
    )
    counts = select(
        _count(_seen(viewer, recent)),
        _count(_seen(viewer, recent, Contribution.outcome == "did_not_work")),
        _count(_seen(viewer, Contribution.kind == "question", Contribution.reply_count == 0)),
        _count(due),
    )
    return Week(*db.session.execute(counts).one())


def _seen(viewer: Member, *wanted: ColumnElement[bool]) -> Any:
    return select(Contribution.id).where(in_feed_of(viewer), *wanted)


def _count(rows: Any) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows.limit(MOST).subquery()).scalar_subquery()
