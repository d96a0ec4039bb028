"""Threads as a viewer reaches them: the list, and the summary of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.contributions.models import Contribution, ReadPlace
from app.contributions.policy import authored_by, visible_to
from app.contributions.queries.reading import SHOWN_SEQ
from app.core import personal
from app.core.db import db
from app.core.kinds import kinds
from app.core.pages import encode, keyset
from app.networks.models import Driver, Member, Site
from app.networks.queries import drivers_of
from app.spaces.models import Space
from app.spaces.policy import can_share_in
from app.spaces.queries import my_spaces
from app.threads.models import Summary

ON_A_LIST = 30


def summary_of(root: Contribution) -> Summary | None:
    """The newest summary of a talk that the caller may see, unless it was taken away."""
    newest = select(Summary).where(Summary.contribution_id == root.id).order_by(Summary.id.desc())
    found = db.session.scalar(newest.options(joinedload(Summary.author)).limit(1))
    return found if found is not None and found.html else None


def summaries_of(root: Contribution) -> list[Summary]:
    """Every summary that there was, newest first, of a talk that the caller may see.

    Where it came from a space that not everybody saw, only what stood on it since.
    """
    query = select(Summary).where(Summary.contribution_id == root.id).order_by(Summary.id.desc())
    found = list(db.session.scalars(query.options(joinedload(Summary.author)).limit(100)))
    since = [one for one in found if root.moved_at is None or one.written_at > root.moved_at]
    return found[: len(since) + 1] if root.moved_at is not None else found


@dataclass(frozen=True)
class Line:
    """A thread in a list; `unread` replies since the viewer was there, `new` where they never were."""

    row: Row[*tuple[Any, ...]]
    unread: int
    new: bool


def _listed(viewer: Member) -> Select[*tuple[Any, ...]]:
    flat = [kind.name for kind in kinds.in_feed() if kind.layout == "flat"]
    mine = and_(ReadPlace.contribution_id == Contribution.id, ReadPlace.member_id == viewer.id)
    return (
        select(
            Contribution.id,
            Contribution.title,
            Contribution.reply_count,
            SHOWN_SEQ.label("shown"),
            Contribution.answer_id,
            Contribution.locked,
            Contribution.published_at,
            Contribution.active_at,
            Contribution.author_id,
            Contribution.author_role,
            Contribution.author_grades,
            Contribution.seal.is_not(None).label("sealed"),
            Member.name.label("author_name"),
            Member.photo_key.label("author_photo"),
            Site.short_name.label("author_site"),
            Space.name.label("space_name"),
            Space.kind.label("space_kind"),
            ReadPlace.position.label("place"),
            authored_by(viewer).label("own"),
        )
        .select_from(Contribution)
        .join(Space, Space.id == Contribution.space_id)
        .outerjoin(Member, Member.id == Contribution.author_id)
        .outerjoin(Site, Site.id == Contribution.author_site_id)
        .outerjoin(ReadPlace, mine)
        .where(
            Contribution.kind.in_(flat),
            Contribution.root_id.is_(None),
            Contribution.state == "published",
            visible_to(viewer),
        )
    )


def _page(
    viewer: Member, query: Select[*tuple[Any, ...]], cursor: str | None
) -> tuple[list[Line], str | None]:
    by = (Contribution.active_at, Contribution.id)
    rows = list(db.session.execute(keyset(query, by, cursor, newest_first=True).limit(ON_A_LIST + 1)))
    more, rows = len(rows) > ON_A_LIST, rows[:ON_A_LIST]
    return [_line(viewer, row) for row in rows], encode((rows[-1].active_at, rows[-1].id)) if more else None


def _line(viewer: Member, row: Row[*tuple[Any, ...]]) -> Line:
    if row.place is None:
        return Line(row, 0, not row.own and row.active_at > viewer.joined_at)
    return Line(row, max(0, row.shown - row.place), False)


def threads_in(viewer: Member, space: Space, cursor: str | None = None) -> tuple[list[Line], str | None]:
    """The threads of a space that the viewer sees, the liveliest first, and the cursor of the next page."""
    return _page(viewer, _listed(viewer).where(Contribution.space_id == space.id), cursor)


def my_threads(viewer: Member, cursor: str | None = None) -> tuple[list[Line], str | None]:
    """The threads of the spaces that the viewer belongs to, and those that they have read elsewhere."""
    ids = [space.id for space in my_spaces(viewer)]
    return _page(
        viewer,
        _listed(viewer).where(or_(Contribution.space_id.in_(ids), ReadPlace.id.is_not(None))),
        cursor,
    )


def spaces_for_threads(viewer: Member, wanted: Space | None = None) -> list[Space]:
    """Where the viewer may start one; `wanted`, which they see, first."""
    mine = [space for space in my_spaces(viewer) if can_share_in(viewer, space)]
    if wanted is None or not can_share_in(viewer, wanted):
        return mine
    return [wanted, *(space for space in mine if space.id != wanted.id)]


def drivers_to_name(viewer: Member, named: Driver | None = None) -> list[Driver]:
    """The network's list, with the one that a thread names already when it is off the list now."""
    drivers = drivers_of(viewer.network)
    return [named, *drivers] if named is not None and named not in drivers else drivers


@personal.exports("threads")
def summaries_they_wrote(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """What somebody wrote on top of talks."""
    query = select(Summary).join(Member, Member.id == Summary.author_id)
    query = query.where(Member.account_id == account.id).order_by(Summary.id)
    found = [
        {"about": one.contribution_id, "html": one.html, "written_at": one.written_at.isoformat()}
        for one in db.session.scalars(query)
    ]
    if found:
        yield "threads/summaries.json", found
