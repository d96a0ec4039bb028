"""What a group's own pages show of contributions: its files, and for leads how the group is doing.

Rules: leads see counts of what was shared, and never who has read what. "Never heard from" is a kind
list of who has not shared or replied here yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Attachment, Contribution
from app.contributions.policy import visible_to
from app.core import clock
from app.core.db import db
from app.core.files.models import StoredFile
from app.core.pages import Page, encode, keyset
from app.networks.models import Member, Site
from app.spaces.models import SpaceMember

PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")
FILES = 30
WEEKS = 8
SHOWN = 50
QUESTIONS = 20


@dataclass(frozen=True)
class SharedFile:
    """A file with the contribution that carries it."""

    file: StoredFile
    alt: str
    contribution: Contribution


def files_in(viewer: Member, space_id: int, *, pictures: bool, cursor: str | None = None) -> Page[SharedFile]:
    """Files (or pictures) shared in a space, the newest first, as far as the viewer sees them."""
    kind = StoredFile.media_type.in_(PICTURES)
    query = (
        select(Attachment, StoredFile, Contribution, Contribution.published_at, StoredFile.id)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .join(Contribution, Contribution.id == Attachment.contribution_id)
        .where(
            Contribution.space_id == space_id,
            Contribution.state == "published",
            visible_to(viewer),
            kind if pictures else ~kind,
        )
        .options(joinedload(Contribution.author))
    )
    by = (Contribution.published_at, StoredFile.id)
    rows = list(db.session.execute(keyset(query, by, cursor, newest_first=True).limit(FILES + 1)))
    more, rows = len(rows) > FILES, rows[:FILES]
    items = [SharedFile(row.StoredFile, row.Attachment.alt, row.Contribution) for row in rows]
    return Page(items, encode((rows[-1].published_at, rows[-1].id)) if more else None)


@dataclass(frozen=True)
class Week:
    """What was shared from a Monday's first moment on: posts, replies, and how many people."""

    begins: datetime
    posts: int = 0
    replies: int = 0
    people: int = 0


def weeks_of(space_id: int, zone: str) -> list[Week]:
    """The last eight weeks, the newest first, on the clock of `zone`."""
    today = clock.local_time(zone)
    monday = (today - timedelta(days=today.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return [_week(space_id, monday - timedelta(weeks=back), zone) for back in range(WEEKS)]


def _week(space_id: int, monday: datetime, zone: str) -> Week:
    begins, ends = clock.in_zone(monday, "UTC"), clock.in_zone(monday + timedelta(weeks=1), "UTC")
    roots = func.count().filter(Contribution.root_id.is_(None))
    counted = _shared(space_id, roots, func.count(), func.count(Contribution.author_id.distinct()))
    within = (Contribution.published_at >= begins, Contribution.published_at < ends)
    posts, everything, people = db.session.execute(counted.where(*within)).one()
    return Week(begins, posts, everything - posts, people)


def _shared(space_id: int, *what: Any) -> Select[Any]:
    return select(*what).where(Contribution.space_id == space_id, Contribution.state == "published")


def schools_in(space_id: int) -> list[tuple[str, int]]:
    """Schools of a group's people, with how many; those with most first."""
    query = (
        select(Site.short_name, func.count())
        .join(Member, Member.site_id == Site.id)
        .join(SpaceMember, SpaceMember.member_id == Member.id)
        .where(SpaceMember.space_id == space_id)
        .group_by(Site.id, Site.short_name)
    )
    found = [(row[0], row[1]) for row in db.session.execute(query)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].casefold()))


def never_heard_from(space_id: int) -> tuple[list[Member], int]:
    """Members, leads apart, who shared nothing here yet: the longest there first; and how many in all."""
    spoke = select(Contribution.author_id).where(
        Contribution.space_id == space_id,
        Contribution.author_id.is_not(None),
        Contribution.state == "published",
    )
    quiet = (
        select(Member)
        .join(SpaceMember, SpaceMember.member_id == Member.id)
        .where(
            SpaceMember.space_id == space_id,
            SpaceMember.role != "lead",
            Member.standing == "active",
            Member.id.not_in(spoke),
        )
    )
    count = db.session.scalar(select(func.count()).select_from(quiet.subquery())) or 0
    first = quiet.options(joinedload(Member.site)).order_by(SpaceMember.joined_at, Member.id).limit(SHOWN)
    return list(db.session.scalars(first)), count


def unanswered_in(viewer: Member, space_id: int) -> Sequence[Contribution]:
    """Questions without a reply, who waits longest first."""
    query = (
        select(Contribution)
        .where(
            Contribution.space_id == space_id,
            Contribution.kind == "question",
            Contribution.root_id.is_(None),
            Contribution.reply_count == 0,
            Contribution.state == "published",
            visible_to(viewer),
        )
        .options(joinedload(Contribution.author))
    )
    return list(
        db.session.scalars(query.order_by(Contribution.published_at, Contribution.id).limit(QUESTIONS))
    )
