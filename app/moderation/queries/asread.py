"""What a case is about as it is now, for who decides: the words, and the mark of them that forms carry.

What is hidden is shown to its judges as it would be seen again, whoever edited it since; what everybody sees
only where the judge sees it too, for a case opens no wall.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.contributions.models import Contribution, Revision
from app.contributions.queries import get_contribution
from app.core.access import NotFound
from app.core.asread import mark_of
from app.core.db import db
from app.moderation.models import Case
from app.moderation.queries.copies import copy_kept, copy_of
from app.moderation.queries.judges import Seat

PARTS = ("title", "html", "text", "more", "files")
COUNTED = {"uses", "needs", "answers", "met"}
"""On a card, what others add to by what they do: it changes without an edit."""


@dataclass(frozen=True)
class Now:
    """Beside the copies: how it is now. `opens`: whether its files are the judge's to open."""

    copy: dict[str, Any]
    opens: bool
    is_now: bool = True


def words_now(case: Case) -> dict[str, Any]:
    """What would be seen if it were let be seen now; nothing of what its author took back."""
    it = case.contribution
    if it is None or it.state != "removed":
        return copy_of(None, it) if it is not None else {}
    kept = _kept(it) if it.state_reason == "moderator" else None
    return copy_kept(it, kept) if kept is not None else {}


def mark_of_case(case: Case) -> str:
    """Names the words of `words_now`, with all that its card has; what is held by now says the same."""
    it, now = case.contribution, words_now(case)
    card = it.card if it is not None and it.state != "removed" else {}
    card = {name: value for name, value in card.items() if name not in COUNTED}
    return mark_of([[now.get(part) for part in PARTS], card])


def now_for(seat: Seat, *, beside: dict[str, Any] | None = None) -> Now | None:
    """What it says now, for this judge; None where that is what the copy `beside` it says."""
    it, now = seat.case.contribution, words_now(seat.case)
    if it is None or not now or all(now.get(part) == (beside or {}).get(part) for part in PARTS):
        return None
    if it.state == "published" and not _sees(seat, it):
        return None
    return Now(now, opens=it.state == "held" and seat.case.is_open)


def _sees(seat: Seat, it: Contribution) -> bool:
    try:
        get_contribution(seat.actor, it.id)
    except NotFound:
        return False
    return True


def _kept(it: Contribution) -> Revision | None:
    """What a removal that is undone puts back."""
    query = select(Revision).where(Revision.contribution_id == it.id).order_by(Revision.version.desc())
    found: Revision | None = db.session.scalar(query.limit(1))
    return found
