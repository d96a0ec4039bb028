"""Who is in the network: the directory, one profile, the people of the hub.

Rules: everything is reached through the viewer; people of other networks do not exist, and
those who left are seen by the hub alone.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.core.access import NotFound
from app.core.db import db
from app.core.pages import Page, page_of
from app.core.text import line
from app.networks import policy
from app.networks.models import ROLES, Member, Network, Site, fold, grade_bit
from app.networks.queries.viewers import READS

SIZE = 30
WORDS_AT_MOST = 6
MOST_AT_ONCE = 200
"""Lines of the yearly table on one page; a larger network settles its year school by school."""


@dataclass(frozen=True)
class Filters:
    """What the directory is narrowed by; anything unknown is no filter."""

    words: str = ""
    role: str = ""
    site_id: int | None = None
    grade: int | None = None
    standing: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.role or self.site_id is not None or self.grade is not None)


def people(network_id: int) -> Select[Any]:
    """Members with their site, and the one that waits to be confirmed."""
    with_site = (joinedload(Member.site), joinedload(Member.claimed_site))
    return select(Member).options(*with_site).where(Member.network_id == network_id)


def directory(
    viewer: Member, filters: Filters, cursor: str | None = None, *, size: int = SIZE
) -> Page[Member]:
    """The active and paused members that fit, by name; the hub may ask for those who left."""
    query = people(viewer.network_id).where(*_clauses(viewer, filters))
    return page_of(query, [Member.name_key, Member.id], cursor, size=size, newest_first=False)


def _clauses(viewer: Member, filters: Filters) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = [Member.standing.in_(_standings(viewer, filters))]
    if filters.role in ROLES:
        clauses.append(Member.role == filters.role)
    if filters.site_id is not None:
        clauses.append(Member.site_id.in_(_with_schools(viewer.network_id, filters.site_id)))
    if filters.grade is not None and 0 <= filters.grade <= 12:
        clauses.append(Member.grades.bitwise_and(grade_bit(filters.grade)) != 0)
    clauses += _matching(viewer.network_id, filters.words)
    return clauses


def _standings(viewer: Member, filters: Filters) -> tuple[str, ...]:
    if filters.standing in ("active", "paused"):
        return (filters.standing,)
    if filters.standing == "former" and policy.can_change_network(viewer, viewer.network):
        return ("former",)
    return READS


def _with_schools(network_id: int, site_id: int) -> Select[Any]:
    """A site and, for a district, its schools."""
    return select(Site.id).where(
        Site.network_id == network_id, or_(Site.id == site_id, Site.parent_id == site_id)
    )


def _matching(network_id: int, words: str) -> list[ColumnElement[bool]]:
    """Each word in the name, in "can help with", in "working on", or in the school's name."""
    wanted = fold(line(words)).split()[:WORDS_AT_MOST]
    if not wanted:
        return []
    sites = db.session.execute(
        select(Site.id, Site.name, Site.short_name).where(Site.network_id == network_id)
    )
    names = [(site_id, fold(f"{name} {short}")) for site_id, name, short in sites]
    return [
        or_(
            Member.words.contains(word, autoescape=True),
            Member.site_id.in_([site_id for site_id, name in names if word in name]),
        )
        for word in wanted
    ]


def member_of(viewer: Member, member_id: int) -> Member:
    """A member whose profile the viewer may see. Raises NotFound."""
    wanted = (Member.id == member_id, Member.network_id == viewer.network_id)
    found: Member | None = db.session.scalar(select(Member).options(joinedload(Member.site)).where(*wanted))
    if found is None or not policy.can_see_member(viewer, found):
        raise NotFound
    return found


def asked_member(viewer: Member, member_id: int) -> Member:
    """Somebody who asked to join, for those who may answer. Raises NotFound."""
    wanted = (Member.id == member_id, Member.network_id == viewer.network_id)
    found: Member | None = db.session.scalar(select(Member).where(*wanted))
    if found is None or not policy.can_admit(viewer, viewer.network):
        raise NotFound
    return found


def acting_hub(network_id: int) -> int:
    """How many of the hub's people may act now: not on a break, not kept out."""
    hub = Member.is_facilitator.is_(True) | Member.is_director.is_(True)
    query = select(func.count()).select_from(Member).join(Account, Account.id == Member.account_id)
    here = (Member.network_id == network_id, Member.standing == "active", hub)
    there = (Account.suspended_at.is_(None), Account.deleted_at.is_(None))
    return db.session.scalar(query.where(*here, *there)) or 0


def hub_of(network: Network) -> list[Member]:
    """Its directors and facilitators, by name."""
    return list(
        db.session.scalars(
            people(network.id)
            .where(Member.standing == "active", or_(Member.is_facilitator, Member.is_director))
            .order_by(Member.name_key, Member.id)
        )
    )


def everyone(viewer: Member, site_id: int | None = None) -> list[Member]:
    """Present members by school and name, for the yearly table: at most MOST_AT_ONCE + 1.

    With `site_id` those of one school, or of a district and its schools.
    """
    query = people(viewer.network_id).outerjoin(Site, Member.site_id == Site.id)
    query = query.where(Member.standing.in_(READS))
    if site_id is not None:
        query = query.where(Member.site_id.in_(_with_schools(viewer.network_id, site_id)))
    query = query.order_by(Site.name, Member.name_key, Member.id).limit(MOST_AT_ONCE + 1)
    return list(db.session.scalars(query))
