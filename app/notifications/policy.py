"""Which notifications may be shown, and who may be told.

A notification is its reader's own, and shows only while the reader sees what it leads to:
visibility is asked again each time, on the page, in the count, in the live line and in the
mail. It is `contributions.policy.visible_to`, with the reader as the viewer, and nothing else.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution
from app.contributions.policy import visible_to
from app.core import clock
from app.core.db import db
from app.networks.models import Member
from app.networks.queries.viewers import READS
from app.notifications.models import ABOUT_SITES, Notification


def shows(reader: Member) -> ColumnElement[bool]:
    """The notifications of `reader` that lead to something they see now, or that they can answer."""
    lands = select(Contribution.id).where(
        Contribution.id == Notification.latest_id, Contribution.state == "published", visible_to(reader)
    )
    leads = exists(lands.correlate(Notification))
    return and_(
        Notification.member_id == reader.id,
        or_(leads, _waits_for(reader), Notification.verb.in_(ABOUT_SITES)),
    )


def _waits_for(reader: Member) -> ColumnElement[bool]:
    """A colleague's school that `reader` may confirm, while it waits (`can_confirm_site` as a clause)."""
    me, who = aliased(Member), aliased(Member)
    mine = or_(me.is_facilitator, me.is_director, me.site_id == who.claimed_site_id)
    answers = (
        select(who.id)
        .join(me, me.network_id == who.network_id)
        .where(who.id == Notification.about_id, who.claimed_site_id.is_not(None), who.standing.in_(READS))
        .where(me.id == reader.id, me.id != who.id, me.standing == "active", mine)
    )
    return and_(Notification.verb == "site_claimed", exists(answers.correlate(Notification)))


def shows_to_any(readers: Sequence[Member]) -> ColumnElement[bool]:
    """The same for one person's members in several networks."""
    if not readers:
        return false()
    mine = Notification.member_id.in_([reader.id for reader in readers])
    return and_(mine, or_(*(shows(reader) for reader in readers)))


def can_be_told(reader: Member, contribution_id: int) -> bool:
    """Whether `reader` sees the published contribution, so that a line may lead to it."""
    sees = select(Contribution.id).where(
        Contribution.id == contribution_id, Contribution.state == "published", visible_to(reader)
    )
    return reader.may_read and db.session.scalar(sees) is not None


def leads_to(root_id: int) -> ColumnElement[bool]:
    """The notifications that lead to a root or to one of its replies."""
    there = select(Contribution.id).where(
        Contribution.id == Notification.latest_id,
        or_(Contribution.id == root_id, Contribution.root_id == root_id),
    )
    return exists(there.correlate(Notification))


QUIET_FROM, QUIET_UNTIL = 22, 7
"""Hours of the reader's own wall clock between which no mail is sent."""


def is_quiet(zone: str, at: datetime) -> bool:
    """Whether it is night for a reader in `zone`, summer time and all."""
    hour = clock.in_zone(at, zone).hour
    return hour >= QUIET_FROM or hour < QUIET_UNTIL
