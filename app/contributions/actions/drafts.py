"""Drafts: one for each kind and target, with a number that tells a stale tab.

Rules: what was said to be saved ends only as its own words are posted or put away; what goes without a name
ends whatever is saved for its form, because words much like those, beside a member's number, would tell whose
they are. A number never comes twice, so that the next draft of the same form is another one. Nobody has
nearly `DRAFTS_AT_MOST`; who does is told, and loses none that is younger than `LAPSES_AFTER`.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from app.contributions.actions.sending import is_of, same_words, sent_here
from app.contributions.models import Contribution, Draft
from app.contributions.policy import is_sealed_by
from app.core import clock
from app.core.command import command
from app.core.db import db, is_writing
from app.core.numbers import whole
from app.networks.models import Member

BODY_LIMIT = 100_000
"""Characters of a draft as JSON."""
DRAFTS_AT_MOST = 300
LAPSES_AFTER = timedelta(days=90)
"""Older ones give way where there is no room, the oldest first."""
_NUMBERS_FROM = datetime(2020, 1, 1, tzinfo=UTC)


class TooManyDrafts(ValueError):
    """There is no room for another one, and none that is old enough to give way."""


class StaleDraft(Exception):
    """A newer draft was saved elsewhere; `draft` is it."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("stale")
        self.draft = draft


@command
def save_draft(
    actor: Member, kind: str, target: str, body: Mapping[str, Any], *, sequence: int
) -> Draft | None:
    """Save over the draft that the client last saw (`sequence`, 0 for none).

    What goes without a name is kept on the person's own device alone: none is saved then, and the one that
    is there goes, also where another device has saved it since. Raises StaleDraft when another tab saved
    since, TooManyDrafts, and ValueError for one that is too large.
    """
    if body.get("sealed") or _is_unnamed(actor, target):
        discard_draft(actor, kind, target)
        return None
    found = _draft(actor, kind, target)
    if len(json.dumps(body)) > BODY_LIMIT:
        raise ValueError("too long")
    if found is None:
        _make_room(actor)
        found = Draft(member_id=actor.id, kind=kind, target=target, sequence=_first_number())
        db.session.add(found)
    elif found.sequence != sequence:
        raise StaleDraft(found)
    found.body, found.sequence, found.updated_at = dict(body), found.sequence + 1, clock.now()
    db.session.flush()
    return found


def _first_number() -> int:
    """Beyond those of all drafts before it: seconds, of which there are more than there are saves."""
    return int((clock.now() - _NUMBERS_FROM).total_seconds())


def _is_unnamed(actor: Member, target: str) -> bool:
    """Whether it answers in, or edits, what the actor wrote without their name."""
    number = whole(target.partition(":")[2])
    written = db.session.get(Contribution, number) if number is not None else None
    return written is not None and is_sealed_by(actor, written.root or written)


def _make_room(actor: Member) -> None:
    """For one more."""
    mine = Draft.member_id == actor.id
    over = (db.session.scalar(select(func.count()).select_from(Draft).where(mine)) or 0) + 1 - DRAFTS_AT_MOST
    if over <= 0:
        return
    old = select(Draft.id).where(mine, Draft.updated_at < clock.now() - LAPSES_AFTER)
    oldest = list(db.session.scalars(old.order_by(Draft.updated_at, Draft.id).limit(over)))
    if len(oldest) < over:
        raise TooManyDrafts
    db.session.execute(delete(Draft).where(Draft.id.in_(oldest)))


def _draft(actor: Member, kind: str, target: str) -> Draft | None:
    """Held until the commit, so that of two tabs that save one is told."""
    query = select(Draft).where(Draft.member_id == actor.id, Draft.kind == kind, Draft.target == target)
    return db.session.scalar(query.with_for_update() if is_writing() else query)


def find_draft(actor: Member, kind: str, target: str) -> Draft | None:
    """The actor's own draft of this kind and target."""
    return _draft(actor, kind, target)


@command
def end_draft(actor: Member, kind: str, target: str, *, unnamed: bool = False) -> None:
    """What was said is no draft any more: the one that it came from, or of the same words. Another stays,
    unless it was said without a name (`unnamed`).
    """
    if unnamed:
        discard_draft(actor, kind, target)
        return
    found, sent = _draft(actor, kind, target), sent_here()
    if found and (is_of(sent, found.sequence, kind, target) or same_words(found.body, sent)):
        discard_draft(actor, kind, target, sequence=found.sequence)


@command
def discard_draft(actor: Member, kind: str, target: str, *, sequence: int | None = None) -> None:
    """Put it away; with a `sequence` that one alone, and none that was saved since."""
    mine = delete(Draft).where(Draft.member_id == actor.id, Draft.kind == kind, Draft.target == target)
    db.session.execute(mine if sequence is None else mine.where(Draft.sequence == sequence))
