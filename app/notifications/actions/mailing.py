"""Claiming a mail, and marking it sent: what stands between a crash and a lost or doubled mail.

A claim fixes the window of one mail, and with it the mail's name (its Message-ID). Whoever
holds it sends outside any transaction and then ends it. When they die in between, the claim
runs out and the *same* mail is tried again: not lost, and known for what it is by whoever got
it already.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core import clock
from app.core.command import command
from app.core.db import db, on_sqlite
from app.notifications.models import MAILED, MailWish, Notification
from app.notifications.queries import due_members

FIRST_LEASE = timedelta(minutes=10)
LONGEST_LEASE = timedelta(hours=6)


@command
def claim_mail(member_id: int, until: datetime) -> datetime | None:
    """The end of the window to mail; None when somebody else has it or nothing is due any more."""
    wish = wish_of(member_id)
    if not due_members(until, member_id=member_id):
        return None
    begun = wish.claimed_until
    if begun is None or not due_members(begun, member_id=member_id):
        wish.claimed_until, wish.claims = until, 0
    wish.claim_ends_at = clock.now() + min(FIRST_LEASE * 2**wish.claims, LONGEST_LEASE)
    wish.claims = min(wish.claims + 1, 20)
    return wish.claimed_until


@command
def end_claim(member_id: int, until: datetime, *, sent: bool) -> None:
    """The mail of this window has gone, or there was nothing to say; its lines are done up to here."""
    wish = wish_of(member_id)
    if sent:
        wish.last_mailed_at = clock.now()
    if wish.claimed_until == until:
        wish.claimed_until = wish.claim_ends_at = None
        wish.claims = 0
    db.session.execute(
        update(Notification)
        .where(
            Notification.member_id == member_id,
            Notification.read_at.is_(None),
            Notification.verb.in_(MAILED),
            or_(Notification.mailed_at.is_(None), Notification.mailed_at < until),
        )
        .values(mailed_at=until)
    )


def wish_of(member_id: int) -> MailWish:
    """The member's row, made where there is none, and locked until the commit. Inside a command."""
    insert = sqlite.insert if on_sqlite() else postgresql.insert
    fresh = {"member_id": member_id, "wants_mail": True, "claims": 0}
    db.session.execute(
        insert(MailWish)
        .values(**fresh, unsubscribe_token=secrets.token_urlsafe(32))
        .on_conflict_do_nothing(index_elements=[MailWish.member_id])
    )
    return db.session.get_one(MailWish, member_id, with_for_update=True, populate_existing=True)
