"""The record as directors read and export it, and as members read what concerns them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from app.core.db import db
from app.core.pages import Page, page_of
from app.moderation.models import RecordLine
from app.networks.models import Member

SIZE = 50
BETWEEN_JUDGES = ("claim", "give_back")


@dataclass(frozen=True)
class Told:
    """A line with the names as they are now; empty for nobody, or who is gone."""

    line: RecordLine
    by: str
    member: str


def record_of(viewer: Member, cursor: str | None = None) -> tuple[Page[RecordLine], list[Told]]:
    """All of the viewer's network, the newest first. The caller has asked whether they may."""
    query = select(RecordLine).where(RecordLine.network_id == viewer.network_id)
    page = page_of(query, [RecordLine.id], cursor, size=SIZE)
    return page, _told(page.items)


def record_about(member: Member, cursor: str | None = None) -> tuple[Page[RecordLine], list[Told]]:
    """What concerns a member, or what they did: theirs to read. Who took up a case is between those who
    judge, and concerns nobody else: directors read it without a name, too.
    """
    page = page_of(_about(member), [RecordLine.id], cursor, size=SIZE)
    return page, _told(page.items)


def _about(member: Member) -> Select[RecordLine]:
    mine = or_(RecordLine.member_id == member.id, RecordLine.by_id == member.id)
    own = or_(RecordLine.by_id == member.id, RecordLine.verb.not_in(BETWEEN_JUDGES))
    return select(RecordLine).where(RecordLine.network_id == member.network_id, mine, own)


def whole_record(viewer: Member) -> Iterator[Told]:
    """Every line, the oldest first, for an export."""
    yield from _all(select(RecordLine).where(RecordLine.network_id == viewer.network_id))


def all_about(member: Member) -> Iterator[Told]:
    """Every line that concerns a member, or that they caused, the oldest first, for their download."""
    yield from _all(_about(member))


def _all(query: Select[RecordLine]) -> Iterator[Told]:
    last = 0
    while True:
        after = query.where(RecordLine.id > last).order_by(RecordLine.id)
        lines = list(db.session.scalars(after.limit(500)))
        yield from _told(lines)
        if len(lines) < 500:
            return
        last = lines[-1].id


def _told(lines: Sequence[RecordLine]) -> list[Told]:
    ids = {number for line in lines for number in (line.by_id, line.member_id)} - {None}
    rows = db.session.execute(select(Member.id, Member.name).where(Member.id.in_(ids)))
    names = {row.id: row.name for row in rows}
    return [Told(line, names.get(line.by_id or 0, ""), names.get(_concerns(line), "")) for line in lines]


def _concerns(line: RecordLine) -> int:
    return 0 if line.verb in BETWEEN_JUDGES else line.member_id or 0
