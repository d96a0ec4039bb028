"""Making spaces, and keeping their membership true.

Rules: the commons exists from the start; a site comes with two spaces, everyone at the school
and the teachers of the school (without the principal). Membership of a following space is
recomputed for one member at a time, when that member changes.
"""

import re
import unicodedata

from sqlalchemy import delete, select, update

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member, Site
from app.networks.policy import CLASSROOM
from app.spaces.events import SpaceJoined, SpaceLeft
from app.spaces.models import Space, SpaceMember

TEACHING = CLASSROOM
"""The roles that count as "teachers at my school"."""


def slug_of(name: str, taken: set[str]) -> str:
    """A short address for `name` that is not in `taken`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "space"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _slugs(network_id: int) -> set[str]:
    return set(db.session.scalars(select(Space.slug).where(Space.network_id == network_id)))


@command
def open_commons(network_id: int, *, name: str) -> Space:
    """The space of the whole network."""
    space = Space(network_id=network_id, kind="commons", access="open", slug="commons", name=name)
    db.session.add(space)
    db.session.flush()
    return space


@command
def open_site_spaces(site: Site) -> list[Space]:
    """A school's two spaces: everyone there, and its teachers. A district has none."""
    if site.kind != "school":
        return []
    made = []
    for follows, kind, suffix in (("site", "site", ""), ("site_teachers", "role_alike", " teachers")):
        name = f"{site.short_name}{suffix}"
        slug = slug_of(name, _slugs(site.network_id))
        made.append(
            Space(
                network_id=site.network_id,
                kind=kind,
                access="closed",
                slug=slug,
                name=name,
                site_id=site.id,
                follows=follows,
            )
        )
        db.session.add(made[-1])
        db.session.flush()
    return made


@command
def name_site_spaces(site: Site) -> None:
    """The spaces of a renamed school take its new name; their addresses stay."""
    for space in db.session.scalars(select(Space).where(Space.site_id == site.id)):
        space.name = f"{site.short_name}{' teachers' if space.follows == 'site_teachers' else ''}"


@command
def archive_site_spaces(site_id: int, *, archived: bool = True) -> None:
    """The spaces of a closed school stay readable and take nothing new, until it opens again."""
    for space in db.session.scalars(select(Space).where(Space.site_id == site_id)):
        space.archived_at = clock.now() if archived else None


@command
def open_group(network_id: int, *, name: str, access: str, purpose: str = "", slug: str = "") -> Space:
    """A group. Who may start one, and how people join, come with the groups themselves."""
    space = Space(
        network_id=network_id,
        kind="group",
        access=access,
        name=name,
        purpose=purpose,
        slug=slug_of(slug or name, _slugs(network_id)),
    )
    db.session.add(space)
    db.session.flush()
    return space


@command
def add_to_space(space: Space, member: Member, *, role: str = "member") -> None:
    """Make `member` belong to `space`; nothing happens when they already do."""
    if member.network_id != space.network_id:
        raise ValueError("a space's people are of its own network")
    if db.session.get(SpaceMember, (space.id, member.id)) is None:
        db.session.add(SpaceMember(space_id=space.id, member_id=member.id, role=role))
        _count(space.id, 1)
        db.session.flush()
        publish(SpaceJoined(space.id, member.id))


@command
def take_from_space(space_id: int, member_id: int) -> None:
    """End one membership; delivery of the space's live events ends with it."""
    gone = db.session.execute(
        delete(SpaceMember)
        .where(SpaceMember.space_id == space_id, SpaceMember.member_id == member_id)
        .returning(SpaceMember.space_id)
    ).first()
    if gone:
        _count(space_id, -1)
        publish(SpaceLeft(space_id, member_id))


def _count(space_id: int, by: int) -> None:
    db.session.execute(update(Space).where(Space.id == space_id).values(member_count=Space.member_count + by))


def belongs(member: Member, space: Space) -> bool:
    """Whether a following space's rule takes this member in, by site and role."""
    if not member.may_read or space.site_id is None or member.site_id != space.site_id:
        return False
    return space.follows == "site" or member.role in TEACHING


@command
def follow_site_and_role(member: Member) -> None:
    """Put `member` into the following spaces that fit, and take them out of the others."""
    spaces = list(
        db.session.scalars(
            select(Space).where(
                Space.network_id == member.network_id,
                Space.follows.is_not(None),
                (Space.site_id == member.site_id)
                | Space.id.in_(select(SpaceMember.space_id).where(SpaceMember.member_id == member.id)),
            )
        )
    )
    for space in spaces:
        if belongs(member, space):
            add_to_space(space, member)
        else:
            take_from_space(space.id, member.id)


@command
def leave_everything(member: Member) -> None:
    """A member who left the network belongs to nothing in it, the open spaces included."""
    for space_id in list(
        db.session.scalars(select(SpaceMember.space_id).where(SpaceMember.member_id == member.id))
    ):
        take_from_space(space_id, member.id)
    open_spaces = select(Space.id).where(Space.network_id == member.network_id, Space.access == "open")
    for space_id in list(db.session.scalars(open_spaces)):
        publish(SpaceLeft(space_id, member.id))
