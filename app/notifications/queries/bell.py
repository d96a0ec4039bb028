"""The count on the bell: one query, whatever the number of networks and of lines.

It is asked on every page, in one statement with the other badges (`core.glance`). So it stops
counting where the badge says "99+"; it reads the numbers of the member streams with it, so that
what a page shows and where its live client begins to listen are one moment; and its statement is
built once, with the reader's numbers as parameters, because building the clause of the wall
costs more than running it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import BindParameter, Select, String, bindparam, func, literal, select

from app.core import glance
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
    return bell_from(readers, glance.read([part_of(readers)]))


def part_of(readers: Sequence[Member]) -> glance.Part:
    """What the bell asks for one person."""
    given: dict[str, Any] = {}
    readers = _reading(readers)
    for number, reader in enumerate(readers):
        given |= {f"member_{number}": reader.id, f"network_{number}": reader.network_id}
        given[f"stream_{number}"] = f"member:{reader.id}"
    return glance.Part(_selects, given, size=len(readers))


def bell_from(readers: Sequence[Member], numbers: Mapping[str, int]) -> Bell:
    """The bell, from the numbers that `part_of` the same readers asked for."""
    streams = {name: numbers[name] for name in (f"member:{reader.id}" for reader in _reading(readers))}
    unread = sum(numbers[f"bell:{number}"] for number in range(len(streams)))
    return Bell(min(unread, COUNTED_AT_MOST), streams)


def _reading(readers: Sequence[Member]) -> list[Member]:
    return [reader for reader in readers if reader.may_read]


def unread_count(readers: Sequence[Member]) -> int:
    """Lines not read yet that lead somewhere the person sees, at most a hundred."""
    return bell_of(readers).unread


def _selects(readers: int) -> list[Select[Any]]:
    return [each for number in range(readers) for each in (_stream(number), _unread(number))]


def _stream(number: int) -> Select[Any]:
    name: Any = bindparam(f"stream_{number}", type_=String)
    seq = select(Stream.seq).where(Stream.name == name).scalar_subquery()
    return select(name.label("name"), func.coalesce(seq, 0).label("number"))


def _unread(number: int) -> Select[Any]:
    reader = AnyReader(
        bindparam(f"member_{number}", type_=BigId), bindparam(f"network_{number}", type_=BigId)
    )
    unread = select(Notification.id).where(Notification.read_at.is_(None), shows(cast(Member, reader)))
    counted = select(func.count()).select_from(unread.limit(COUNTED_AT_MOST).subquery())
    return select(literal(f"bell:{number}").label("name"), counted.scalar_subquery().label("number"))


def has_unread_about(reader: Member, root_id: int) -> bool:
    """Whether anything unread leads to a root or one of its replies."""
    mine = (Notification.member_id == reader.id, Notification.read_at.is_(None))
    return db.session.scalar(select(Notification.id).where(*mine, leads_to(root_id)).limit(1)) is not None


def has_unread_of_group(reader: Member, space_id: int) -> bool:
    """Whether anything unread is about a group itself."""
    mine = (Notification.member_id == reader.id, Notification.read_at.is_(None))
    about = (Notification.about_id == space_id, Notification.verb.in_(ABOUT_GROUPS))
    return db.session.scalar(select(Notification.id).where(*mine, *about).limit(1)) is not None
