"""Telling of schools: who may confirm one, and the answer to who waits.

The first converges like the rest of the bell: the lines about a claim are those of the people
who may answer it now, and of nobody once it is settled.
"""

from sqlalchemy import or_, select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.networks.policy import can_confirm_site
from app.notifications.events import NotificationChanged, NotificationGone
from app.notifications.models import Notification, NotificationActor

TOLD_AT_MOST = 60
"""People of one school who are told; in a larger one, that is plenty."""


@command
def tell_of_claim(member_id: int) -> None:
    """Make the lines about where a member says they are be what is true now."""
    member = db.session.get(Member, member_id)
    readers = _who_may_answer(member) if member is not None else {}
    about = (Notification.about_id == member_id, Notification.verb == "site_claimed")
    told = set()
    for line in list(db.session.scalars(select(Notification).where(*about))):
        claimed_at = member.claimed_at if member is not None else None
        if line.member_id in readers and claimed_at is not None and line.created_at >= claimed_at:
            told.add(line.member_id)
        else:
            db.session.delete(line)
            publish(NotificationGone(line.member_id, line.id))
    db.session.flush()
    for reader_id in sorted(set(readers) - told):
        _tell(reader_id, "site_claimed", member_id, actor_id=member_id)


@command
def tell_of_answer(member_id: int, site_id: int, by_id: int | None, *, confirmed: bool) -> None:
    """Tell a member that their school was confirmed, and by whom; or that it was not."""
    if confirmed:
        _tell(member_id, "site_opened", site_id, actor_id=by_id)
    else:
        _tell(member_id, "site_refused", site_id, actor_id=None)


def _who_may_answer(member: Member) -> dict[int, Member]:
    """By number: the hub, and the colleagues at the school who are confirmed there."""
    if member.claimed_site_id is None:
        return {}
    there = or_(Member.is_facilitator, Member.is_director, Member.site_id == member.claimed_site_id)
    query = select(Member).where(Member.network_id == member.network_id, Member.standing == "active", there)
    by_hub_first = query.order_by((Member.is_facilitator | Member.is_director).desc(), Member.id)
    found = db.session.scalars(by_hub_first.limit(TOLD_AT_MOST))
    return {each.id: each for each in found if can_confirm_site(each, member)}


def _tell(reader_id: int, verb: str, about_id: int, *, actor_id: int | None) -> None:
    """One unread line; the same again only makes it new."""
    same = (Notification.member_id == reader_id, Notification.verb == verb, Notification.about_id == about_id)
    line = db.session.scalar(select(Notification).where(*same, Notification.read_at.is_(None)))
    if line is None:
        line = Notification(member_id=reader_id, verb=verb, about_id=about_id, created_at=clock.now())
        db.session.add(line)
        db.session.flush()
        act = NotificationActor(notification_id=line.id, member_id=actor_id, at=clock.now())
        db.session.add(act)
    line.updated_at = clock.now()
    db.session.flush()
    publish(NotificationChanged(reader_id, line.id))
