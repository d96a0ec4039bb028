"""The count on the bell: one query, whatever the number of networks and of lines.

It is asked on every page. So it stops counting where the badge says "99+"; it reads the
numbers of the member streams in the same statement, so that what a page shows and where its
live client begins to listen are one moment; and its statement is built once, with the reader's
numbers as parameters, because building the clause of the wall costs more than running it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from sqlalchemy import BindParameter, CompoundSelect, Select, String, bindparam, func, select, union_all

from app.core.db import BigId, db
from app.core.streams import Stream
from app.networks.models import Member
from app.notifications.models import ABOUT_GROUPS, Notification
from app.notifications.policy import leads_to, shows

COUNTED_AT_MOST = 100


@dataclass(frozen=True)
class Bell:
    """`unread` over all networks, and the last number of each of the person's own streams."""

    unread: int = 0
    streams: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class AnyReader:
    """Stands for a member in a statement that is built before anybody asks.

    It has what the wall looks at and nothing more, so that a wall that looks at more fails here.
    """

    id: BindParameter[int]
    network_id: BindParameter[int]
    may_read: bool = True


def bell_of(readers: Sequence[Member]) -> Bell:
    """The bell of one person, given their members in each network."""
    readers = [reader for reader in readers if reader.may_read]
    if not readers:
        return Bell()
    given: dict[str, Any] = {}
    for number, reader in enumerate(readers):
        given |= {f"member_{number}": reader.id, f"network_{number}": reader.network_id}
        given[f"stream_{number}"] = f"member:{reader.id}"
    rows = db.session.execute(_statement(len(readers)), given).all()
    unread = sum(row.unread for row in rows)
    return Bell(min(unread, COUNTED_AT_MOST), {row.stream: row.seq for row in rows})


def unread_count(readers: Sequence[Member]) -> int:
    """Lines not read yet that lead somewhere the person sees, at most a hundred."""
    return bell_of(readers).unread


@cache
def _statement(readers: int) -> CompoundSelect[Any]:
    return union_all(*(_of_one(number) for number in range(readers)))


def _of_one(number: int) -> Select[Any]:
    reader = AnyReader(
        bindparam(f"member_{number}", type_=BigId), bindparam(f"network_{number}", type_=BigId)
    )
    name = bindparam(f"stream_{number}", type_=String)
    seq = select(Stream.seq).where(Stream.name == name).scalar_subquery()
    unread = select(Notification.id).where(Notification.read_at.is_(None), shows(cast(Member, reader)))
    counted = select(func.count()).select_from(unread.limit(COUNTED_AT_MOST).subquery())
    return select(
        name.label("stream"),
        func.coalesce(seq, 0).label("seq"),
        counted.scalar_subquery().label("unread"),
    )


def has_unread_about(reader: Member, root_id: int) -> bool:
    """Whether anything unread leads to a root or one of its replies."""
    mine = (Notification.member_id == reader.id, Notification.read_at.is_(None))
    return db.session.scalar(select(Notification.id).where(*mine, leads_to(root_id)).limit(1)) is not None


def has_unread_of_group(reader: Member, space_id: int) -> bool:
    """Whether anything unread is about a group itself."""
    mine = (Notification.member_id == reader.id, Notification.read_at.is_(None))
    about = (Notification.about_id == space_id, Notification.verb.in_(ABOUT_GROUPS))
    return db.session.scalar(select(Notification.id).where(*mine, *about).limit(1)) is not None
