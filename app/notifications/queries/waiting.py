"""Who is due a mail, and what it would say.

The window of a mail ends at `until`, fixed before anything is looked up and a few minutes
back: whoever has the page open sees it there. It begins where the last mail's window ended.
What is older than three days is left to the digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Account
from app.contributions.models import Contribution
from app.core import clock
from app.core.addresses import absolute
from app.core.db import db
from app.core.kinds import kinds
from app.networks.models import Member
from app.notifications.models import MAILED, MailWish, Notification, NotificationActor
from app.notifications.policy import is_quiet, shows
from app.notifications.queries.lines import People, people_behind, place_of
from app.spaces.models import Space

EVERY = timedelta(hours=1)
STALE = timedelta(days=3)
NAMED_SPACES = ("site", "role_alike", "convening")
NAMED_GROUPS = ("open", "request")
LINES_AT_MOST = 12


@dataclass(frozen=True)
class Item:
    """One line of a mail: who, did what, where. Nothing that anybody wrote is in it."""

    verb: str
    people: People
    kind: Any
    space: str
    """The name of the space, where it may stand in a mail; empty for the rest."""
    space_kind: str
    address: str


@dataclass(frozen=True)
class Letter:
    reader: Member
    account: Account
    token: str
    items: list[Item]
    more: int


def due_members(until: datetime, *, member_id: int | None = None, limit: int = 200) -> list[int]:
    """Members to whom a mail may be sent now, those who wait longest first."""
    query = (
        select(Member.id)
        .join(Account, Account.id == Member.account_id)
        .outerjoin(MailWish, MailWish.member_id == Member.id)
        .join(Notification, Notification.member_id == Member.id)
        .where(_unmailed(until), *_wants(member_id), _no_mail_lately(), _unclaimed())
        .group_by(Member.id)
        .order_by(func.min(Notification.updated_at), Member.id)
    )
    if member_id is not None:
        query = query.where(Member.id == member_id)
    return list(db.session.scalars(query.limit(limit)))


def _unmailed(until: datetime) -> ColumnElement[bool]:
    act, oldest = NotificationActor, until - STALE
    new = exists(
        select(act.id)
        .where(
            act.notification_id == Notification.id,
            act.at > oldest,
            act.at <= until,
            or_(Notification.mailed_at.is_(None), act.at > Notification.mailed_at),
        )
        .correlate(Notification)
    )
    waits = (Notification.read_at.is_(None), Notification.updated_at > oldest, Notification.verb.in_(MAILED))
    return and_(*waits, new)


def _wants(member_id: int | None) -> Sequence[ColumnElement[bool]]:
    """Active members with an account in use, awake, who did not turn mail off."""
    now = clock.now()
    zones = select(Account.time_zone).distinct()
    if member_id is not None:
        zones = zones.join(Member, Member.account_id == Account.id).where(Member.id == member_id)
    awake = [zone for zone in db.session.scalars(zones) if not is_quiet(zone, now)]
    return (
        Member.standing == "active",
        Account.email.is_not(None),
        Account.suspended_at.is_(None),
        Account.deleted_at.is_(None),
        Account.time_zone.in_(awake),
        func.coalesce(MailWish.wants_mail, True),
        or_(MailWish.paused_until.is_(None), MailWish.paused_until <= now),
    )


def _no_mail_lately() -> ColumnElement[bool]:
    """No mail of this kind within the hour, to any of the person's members."""
    other, wish = aliased(Member), aliased(MailWish)
    lately = (
        select(wish.member_id)
        .join(other, other.id == wish.member_id)
        .where(other.account_id == Account.id, wish.last_mailed_at > clock.now() - EVERY)
    )
    return ~exists(lately.correlate(Account))


def _unclaimed() -> ColumnElement[bool]:
    return or_(MailWish.claim_ends_at.is_(None), MailWish.claim_ends_at <= clock.now())


def letter_for(member_id: int, until: datetime) -> Letter | None:
    """What a mail would say now, visibility asked again; None when there is nothing, or no wish."""
    wanted = select(Member, Account, MailWish.unsubscribe_token).where(
        Member.id == member_id, *_wants(member_id)
    )
    wanted = wanted.join(Account, Account.id == Member.account_id)
    wanted = wanted.join(MailWish, MailWish.member_id == Member.id)
    row = db.session.execute(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        return None
    reader, account, token = row
    found = list(db.session.scalars(_lines(reader, until)))
    items = [item for item in (_item(line, reader, until) for line in found[:LINES_AT_MOST]) if item]
    more = max(len(found) - LINES_AT_MOST, 0)
    return Letter(reader, account, token, items, more) if items else None


def _lines(reader: Member, until: datetime) -> Select[Any]:
    landing = joinedload(Notification.latest, innerjoin=True)
    return (
        select(Notification)
        .where(shows(reader), _unmailed(until))
        .order_by(Notification.updated_at, Notification.id)
        .options(
            landing.load_only(Contribution.root_id, Contribution.kind).options(
                joinedload(Contribution.root).load_only(Contribution.kind),
                joinedload(Contribution.space, innerjoin=True),
            )
        )
        .execution_options(populate_existing=True)
    )


def _item(line: Notification, reader: Member, until: datetime) -> Item | None:
    since = max(line.mailed_at or until - STALE, until - STALE)
    people = people_behind([line.id], between=(since, until))[line.id]
    latest = line.latest
    if people.count == 0 or latest is None:
        return None
    root, space = latest.root or latest, latest.space
    return Item(
        verb=line.verb,
        people=people,
        kind=kinds.get(root.kind).word if root.kind in kinds else "",
        space=space.name if _may_be_named(space) else "",
        space_kind=space.kind,
        address=absolute(place_of(reader.network.slug, root.id, latest.id)),
    )


def _may_be_named(space: Space) -> bool:
    """Schools and groups that anybody in the network may know of; a mailbox is not our house."""
    return space.kind in NAMED_SPACES or (space.kind == "group" and space.access in NAMED_GROUPS)
