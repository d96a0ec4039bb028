"""The count on the bell: one query, whatever the number of networks and of lines.

It is asked on every page, so it stops counting where the badge says "99+", and it reads the
numbers of the member streams in the same statement: what a page shows and where its live
client begins to listen are one moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all

from app.core.db import db
from app.core.streams import Stream
from app.networks.models import Member
from app.notifications.models import Notification
from app.notifications.policy import leads_to, shows

COUNTED_AT_MOST = 100


@dataclass(frozen=True)
class Bell:
    """`unread` over all networks, and the last number of each of the person's own streams."""

    unread: int = 0
    streams: dict[str, int] = field(default_factory=dict)


def bell_of(readers: Sequence[Member]) -> Bell:
    """The bell of one person, given their members in each network."""
    if not readers:
        return Bell()
    rows = db.session.execute(union_all(*(_of_one(reader) for reader in readers))).all()
    unread = sum(row.unread for row in rows)
    return Bell(min(unread, COUNTED_AT_MOST), {row.stream: row.seq for row in rows})


def unread_count(readers: Sequence[Member]) -> int:
    """Lines not read yet that lead somewhere the person sees, at most a hundred."""
    return bell_of(readers).unread


def _of_one(reader: Member) -> Select[Any]:
    name = f"member:{reader.id}"
    seq = select(Stream.seq).where(Stream.name == name).scalar_subquery()
    unread = select(Notification.id).where(Notification.read_at.is_(None), shows(reader))
    counted = select(func.count()).select_from(unread.limit(COUNTED_AT_MOST).subquery())
    return select(
        literal(name).label("stream"),
        func.coalesce(seq, 0).label("seq"),
        counted.scalar_subquery().label("unread"),
    )


def has_unread_about(reader: Member, root_id: int) -> bool:
    """Whether anything unread leads to a root or one of its replies."""
    mine = (Notification.member_id == reader.id, Notification.read_at.is_(None))
    return db.session.scalar(select(Notification.id).where(*mine, leads_to(root_id)).limit(1)) is not None
