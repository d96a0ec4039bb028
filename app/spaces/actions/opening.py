"""Making spaces: the commons, a school's two, and groups; and their addresses.

Rules: the commons exists from the start; a site comes with two spaces, everyone at the school and the
teachers of the school (without the principal). The address of a secret group ends in chance, so that
nobody learns from an address that was given otherwise that a name is taken.
"""

import re
import secrets
import unicodedata

from sqlalchemy import select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.networks.models import Site
from app.spaces.models import Group, Space

RESERVED = {"new", "proposals"}
"""Addresses that are pages of their own."""


def slug_of(name: str, taken: set[str]) -> str:
    """A short address for `name` that is not in `taken`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "space"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def free_slug(network_id: int, name: str, *, secret: bool = False) -> str:
    """A new address in a network; with `secret` one that nobody guesses."""
    taken = RESERVED | set(db.session.scalars(select(Space.slug).where(Space.network_id == network_id)))
    return slug_of(f"{name[:40]} {secrets.token_hex(6)}" if secret else name, taken)


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
    for follows, kind in (("site", "site"), ("site_teachers", "role_alike")):
        name = _site_space_name(site, follows)
        space = Space(
            network_id=site.network_id,
            kind=kind,
            access="closed",
            slug=free_slug(site.network_id, name),
            name=name,
            site_id=site.id,
            follows=follows,
        )
        made.append(add_with_group(space, form="site_team").space)
    return made


def add_with_group(space: Space, **given: object) -> Group:
    """Write a space and its group. Inside a command."""
    db.session.add(space)
    db.session.flush()
    group = Group(space_id=space.id, space=space, cover=space.id % 8, **given)
    group.describe(space)
    db.session.add(group)
    db.session.flush()
    return group


def _site_space_name(site: Site, follows: str | None) -> str:
    return f"{site.short_name}{' teachers' if follows == 'site_teachers' else ''}"


@command
def name_site_spaces(site: Site) -> None:
    """The spaces of a renamed school take its new name; their addresses stay."""
    for group in db.session.scalars(select(Group).join(Group.space).where(Space.site_id == site.id)):
        group.space.name = _site_space_name(site, group.space.follows)
        group.describe(group.space)


@command
def archive_site_spaces(site_id: int, *, archived: bool = True) -> None:
    """The spaces of a closed school stay readable and take nothing new, until it opens again."""
    for space in db.session.scalars(select(Space).where(Space.site_id == site_id)):
        space.archived_at = clock.now() if archived else None


@command
def open_group(network_id: int, *, name: str, access: str, purpose: str = "", slug: str = "") -> Space:
    """A group without anybody in it yet; `start_group` is how people start theirs."""
    space = Space(
        network_id=network_id,
        kind="group",
        access=access,
        name=name,
        purpose=purpose,
        slug=free_slug(network_id, slug or name, secret=access == "secret" and not slug),
    )
    return add_with_group(space).space
