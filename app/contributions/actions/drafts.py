"""Drafts: one for each kind and target, with a number that tells a stale tab."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from app.contributions.models import Contribution, Draft
from app.contributions.policy import is_sealed_by
from app.core import clock
from app.core.command import command
from app.core.db import db
from app.networks.models import Member

BODY_LIMIT = 100_000
"""Characters of a draft as JSON."""
DRAFTS_AT_MOST = 50


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
    is there goes. Raises StaleDraft when another tab saved since, ValueError for one that is too large.
    """
    if body.get("sealed") or _is_unnamed(actor, target):
        discard_draft(actor, kind, target)
        return None
    if len(json.dumps(body)) > BODY_LIMIT:
        raise ValueError("too long")
    found = _draft(actor, kind, target)
    if found is None:
        found = Draft(member_id=actor.id, kind=kind, target=target, sequence=0)
        db.session.add(found)
    elif found.sequence != sequence:
        raise StaleDraft(found)
    found.body, found.sequence, found.updated_at = dict(body), found.sequence + 1, clock.now()
    db.session.flush()
    _forget_oldest(actor)
    return found


def _is_unnamed(actor: Member, target: str) -> bool:
    """Whether it answers in, or edits, what the actor wrote without their name."""
    _what, _colon, number = target.partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    written = db.session.get(Contribution, int(number)) if is_number else None
    return written is not None and is_sealed_by(actor, written.root or written)


def _forget_oldest(actor: Member) -> None:
    newest = select(Draft.id).where(Draft.member_id == actor.id)
    newest = newest.order_by(Draft.updated_at.desc(), Draft.id.desc()).limit(DRAFTS_AT_MOST)
    kept = list(db.session.scalars(newest))
    db.session.execute(delete(Draft).where(Draft.member_id == actor.id, Draft.id.not_in(kept)))


def _draft(actor: Member, kind: str, target: str) -> Draft | None:
    return db.session.scalar(
        select(Draft).where(Draft.member_id == actor.id, Draft.kind == kind, Draft.target == target)
    )


def find_draft(actor: Member, kind: str, target: str) -> Draft | None:
    """The actor's own draft of this kind and target."""
    return _draft(actor, kind, target)


@command
def discard_draft(actor: Member, kind: str, target: str) -> None:
    """What was said is no draft any more."""
    db.session.execute(
        delete(Draft).where(Draft.member_id == actor.id, Draft.kind == kind, Draft.target == target)
    )
