"""The list of somebody's conversations, the liveliest first, and how many wait for them.

Unread is told from positions: the newest reply's against the reader's place. What a line says of the last
message is read from the newest one that still shows, so that nothing taken back is quoted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution, ReadPlace
from app.contributions.policy import authored_by, visible_to
from app.contributions.queries.reading import SHOWN_SEQ
from app.conversations.models import Conversation, ConversationPerson
from app.core import clock, glance
from app.core.db import BigId, Moment, db
from app.core.pages import Page, encode, keyset
from app.core.text import excerpt
from app.networks.models import Member
from app.spaces.models import SpaceMember, SpaceSetting

ON_A_LIST = 30
COUNTED_AT_MOST = 100
FIRST_WORDS = 90
_Last = aliased(Contribution)


@dataclass(frozen=True)
class Line:
    """One conversation: the others in it, the newest message that shows, and what is unread."""

    root_id: int
    people: Sequence[Any]
    at: datetime
    unread: int
    is_quiet: bool
    last_author: str
    is_mine: bool
    words: str
    has_files: bool


def is_quiet() -> ColumnElement[bool]:
    """Whether the reader muted it, as a clause on an outer-joined `SpaceSetting`."""
    now = bindparam("now", type_=Moment)
    return func.coalesce(or_(SpaceSetting.level == "nothing", SpaceSetting.muted_until > now), False)


def _beside(member_id: Any) -> Select[Any]:
    """Roots of the conversations of a member, with their place and setting."""
    return (
        select()
        .select_from(SpaceMember)
        .join(Conversation, Conversation.space_id == SpaceMember.space_id)
        .join(Contribution, Contribution.id == Conversation.root_id)
        .outerjoin(
            ReadPlace,
            and_(ReadPlace.contribution_id == Contribution.id, ReadPlace.member_id == member_id),
        )
        .outerjoin(
            SpaceSetting,
            and_(SpaceSetting.space_id == SpaceMember.space_id, SpaceSetting.member_id == member_id),
        )
        .where(SpaceMember.member_id == member_id)
    )


def conversations_of(viewer: Member, cursor: str | None = None) -> Page[Line]:
    """A page of the viewer's conversations."""
    newest = (
        select(_Last.id)
        .where(_Last.root_id == Contribution.id, _Last.state == "published")
        .order_by(_Last.position.desc())
        .limit(1)
        .correlate(Contribution)
        .scalar_subquery()
    )
    query = (
        _beside(viewer.id)
        .add_columns(
            Contribution.id,
            Contribution.active_at,
            Conversation.space_id,
            (SHOWN_SEQ - func.coalesce(ReadPlace.position, 0)).label("unread"),
            is_quiet().label("quiet"),
            newest.label("last_id"),
        )
        .where(visible_to(viewer))
    )
    by = (Contribution.active_at, Contribution.id)
    query = keyset(query, by, cursor, newest_first=True).limit(ON_A_LIST + 1)
    rows = list(db.session.execute(query, {"now": clock.now()}))
    more, rows = len(rows) > ON_A_LIST, rows[:ON_A_LIST]
    people = _people(viewer, [row.space_id for row in rows])
    last = _messages(viewer, [row.last_id for row in rows])
    lines = [_line(row, people.get(row.space_id, []), last.get(row.last_id)) for row in rows]
    return Page(lines, encode((rows[-1].active_at, rows[-1].id)) if more else None)


def _line(row: Any, people: Sequence[Any], last: Any) -> Line:
    return Line(
        root_id=row.id,
        people=people,
        at=row.active_at,
        unread=max(0, row.unread),
        is_quiet=bool(row.quiet),
        last_author=last.name or "" if last else "",
        is_mine=bool(last and last.own),
        words=excerpt(last.text, FIRST_WORDS) if last else "",
        has_files=bool(last and last.card.get("files")),
    )


def _people(viewer: Member, space_ids: Sequence[int]) -> dict[int, list[Any]]:
    """The others who are in each conversation now, by name."""
    query = (
        select(ConversationPerson.space_id, Member.id, Member.name, Member.photo_key)
        .join(Member, Member.id == ConversationPerson.member_id)
        .where(
            ConversationPerson.space_id.in_(space_ids),
            ConversationPerson.member_id != viewer.id,
            ConversationPerson.left_at.is_(None),
        )
        .order_by(Member.name_key, Member.id)
    )
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(query) if space_ids else ():
        found.setdefault(row.space_id, []).append(row)
    return found


def _messages(viewer: Member, ids: Sequence[int | None]) -> dict[int, Any]:
    query = (
        select(
            Contribution.id,
            Contribution.text,
            Contribution.card,
            Member.name,
            authored_by(viewer).label("own"),
        )
        .outerjoin(Member, Member.id == Contribution.author_id)
        .where(Contribution.id.in_([each for each in ids if each is not None]), visible_to(viewer))
        .where(Contribution.state == "published")
    )
    return {row.id: row for row in db.session.execute(query)}


def waiting_for(member: Member) -> glance.Part | None:
    """What the badge asks: `conversations`, those with something unread that the member did not mute."""
    if not member.may_read:
        return None
    return glance.Part(_waiting, {"talks_of": member.id, "now": clock.now()})


def unread_conversations(member: Member) -> int:
    """Conversations with something unread that the member did not mute, at most a hundred."""
    return glance.read([waiting_for(member)]).get("conversations", 0)


def _waiting(_size: int) -> list[Select[Any]]:
    unread = SHOWN_SEQ > func.coalesce(ReadPlace.position, 0)
    found = _beside(bindparam("talks_of", type_=BigId)).add_columns(Contribution.id)
    found = found.where(unread, ~is_quiet(), Contribution.state == "published")
    counted = select(func.count()).select_from(found.limit(COUNTED_AT_MOST).subquery())
    return [select(literal("conversations").label("name"), counted.scalar_subquery().label("number"))]
