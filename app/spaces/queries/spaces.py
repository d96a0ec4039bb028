"""Spaces as a viewer reaches them."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from app.core.access import NotFound
from app.core.db import db
from app.core.text import line
from app.networks.models import Member, Site
from app.spaces.models import Space, SpaceMember
from app.spaces.policy import is_place, sees


def visible_space_ids(viewer: Member) -> Select[int]:
    """The ids of the spaces that `viewer` sees, as a subquery."""
    return select(Space.id).where(sees(viewer))


def get_space(viewer: Member, space_id: int) -> Space:
    """A space to share in. Raises NotFound for one that the viewer may not see, and for a conversation."""
    space = db.session.scalar(select(Space).where(Space.id == space_id, sees(viewer), is_place()))
    if space is None:
        raise NotFound
    return space


def get_space_by_slug(viewer: Member, slug: str) -> Space:
    """Raises NotFound for a space that the viewer may not see, and for a conversation."""
    space = db.session.scalar(select(Space).where(Space.slug == line(slug), sees(viewer), is_place()))
    if space is None:
        raise NotFound
    return space


def my_spaces(viewer: Member) -> list[Space]:
    """What `viewer` belongs to: the commons first, then the school's, then groups by name."""
    joined = select(SpaceMember.space_id).where(SpaceMember.member_id == viewer.id)
    query = select(Space).where(sees(viewer), is_place(), (Space.kind == "commons") | Space.id.in_(joined))
    order = {"commons": 0, "site": 1, "role_alike": 2}
    spaces = db.session.scalars(query.where(Space.archived_at.is_(None)))

    def place(space: Space) -> tuple[int, str]:
        is_group = space.kind == "group" or space.follows == "place"
        return (3 if is_group else order.get(space.kind, 3), space.name.casefold())

    return sorted(spaces, key=place)


def commons_of(network_id: int) -> Space:
    """The space of a whole network; it exists from the network's first moment."""
    return db.session.scalars(
        select(Space).where(Space.network_id == network_id, Space.kind == "commons")
    ).one()


def _people(space: Space) -> Select[Member]:
    query = select(Member).where(Member.network_id == space.network_id)
    query = query.where(Member.standing.in_(("active", "paused")))
    if space.access != "open":
        joined = select(SpaceMember.member_id).where(SpaceMember.space_id == space.id)
        query = query.where(Member.id.in_(joined))
    return query


@dataclass(frozen=True)
class Audience:
    """Who would see something shared in a space: said beside the button, before sharing.

    `roles` counts the other people by role; `schools` counts schools.
    """

    space: Space
    people: int
    schools: int
    roles: dict[str, int]


def audience_of(viewer: Member, space: Space) -> Audience:
    """How many people see `space` (the viewer among them), and in which roles."""
    people = _people(space).subquery()
    counted = select(people.c.role, func.count(people.c.id)).where(people.c.id != viewer.id)
    roles = {role or "": count for role, count in db.session.execute(counted.group_by(people.c.role))}
    at = select(func.count(people.c.site_id.distinct())).join(Site, Site.id == people.c.site_id)
    schools = db.session.scalar(at.where(Site.kind == "school")) or 0
    inside = bool(db.session.scalar(select(people.c.id).where(people.c.id == viewer.id)))
    return Audience(space, sum(roles.values()) + inside, schools, roles)


def people_in(viewer: Member, space: Space, limit: int = 500) -> list[Member]:
    """Who sees what is shared in `space`, by name; the viewer sees the space themselves."""
    query = _people(space)
    return list(db.session.scalars(query.order_by(Member.name, Member.id).limit(limit)))


def people_only_in(space: Space, other: Space, limit: int) -> tuple[list[Member], int]:
    """Who sees `space` and not `other`: some of them by name, and how many. Both visible to the caller."""
    elsewhere = _people(other).with_only_columns(Member.id)
    query = _people(space).where(Member.id.not_in(elsewhere))
    number = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return list(db.session.scalars(query.order_by(Member.name, Member.id).limit(limit))), number
