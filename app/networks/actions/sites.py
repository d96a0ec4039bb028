"""Sites: the schools and districts of a network.

Rules: a site's parent is a district of the same network, and no site is above itself. A
closed site is offered to nobody any more; its people keep it until they change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core import clock
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.text import line
from app.networks import policy
from app.networks.actions.words import name_of
from app.networks.events import SiteAdded, SiteChanged, SiteClosed, SiteReopened
from app.networks.models import Network, Site, fold
from app.networks.policy import Actor

KINDS = ("school", "district")
NAME, SHORT = 120, 40


class WrongPlace(ValueError):
    """A parent that is itself, below itself, no district, or of another network."""


@dataclass(frozen=True)
class NewSite:
    """One line of a pasted list; `parent` is the name of a district, there or in the list."""

    name: str
    short_name: str = ""
    kind: str = "school"
    parent: str = ""


@command
def add_site(
    actor: Actor,
    network: Network,
    *,
    name: str,
    short_name: str = "",
    kind: str = "school",
    parent: Site | None = None,
) -> Site:
    """A school or a district; its spaces come with it."""
    policy.insist(policy.can_change_network(actor, network))
    site = Site(network_id=network.id, kind=kind if kind in KINDS else "school")
    _name(site, name, short_name)
    _place(site, parent)
    db.session.add(site)
    db.session.flush()
    publish(SiteAdded(site.id))
    return site


@command
def add_sites(actor: Actor, network: Network, sites: Sequence[NewSite]) -> list[Site]:
    """A pasted list, districts first; a name that is there already is passed over."""
    known = {fold(site.name): site for site in _sites(network)}
    made = []
    for new in sorted(sites, key=lambda each: each.kind != "district"):
        if fold(new.name) in known:
            continue
        above = known.get(fold(new.parent)) if new.parent else None
        parent = above if above is not None and above.kind == "district" else None
        site = add_site(
            actor, network, name=new.name, short_name=new.short_name, kind=new.kind, parent=parent
        )
        known[fold(new.name)] = site
        made.append(site)
    return made


@command
def change_site(
    actor: Actor, site: Site, *, name: str, short_name: str, kind: str, parent: Site | None
) -> None:
    """Rename it, move it in the tree, or say that it is the other kind. Raises WrongPlace."""
    policy.insist(policy.can_change_network(actor, site.network))
    if kind != site.kind and _has_children(site):
        raise WrongPlace
    site.kind = kind if kind in KINDS else site.kind
    _name(site, name, short_name)
    _place(site, parent)
    publish(SiteChanged(site.id))


@command
def close_site(actor: Actor, site: Site) -> None:
    policy.insist(policy.can_change_network(actor, site.network))
    if site.closed_at is None:
        site.closed_at = clock.now()
        publish(SiteClosed(site.id))


@command
def reopen_site(actor: Actor, site: Site) -> None:
    policy.insist(policy.can_change_network(actor, site.network))
    if site.closed_at is not None:
        site.closed_at = None
        publish(SiteReopened(site.id))


def open_site(network_id: int, site_id: int | None) -> Site | None:
    """A site that people may be given in this network. Raises NotFound for any other."""
    if site_id is None:
        return None
    site = db.session.get(Site, site_id)
    if site is None or site.network_id != network_id or site.closed_at is not None:
        raise NotFound
    return site


def _name(site: Site, name: str, short_name: str) -> None:
    site.name = name_of(name, NAME)
    site.short_name = line(short_name, SHORT) or site.name[:SHORT].strip()


def _place(site: Site, parent: Site | None) -> None:
    if parent is not None:
        if parent.network_id != site.network_id or parent.kind != "district":
            raise WrongPlace
        above: Site | None = parent
        while above is not None:
            if above is site:
                raise WrongPlace
            above = db.session.get(Site, above.parent_id) if above.parent_id else None
    site.parent_id = parent.id if parent else None


def _has_children(site: Site) -> bool:
    return db.session.scalar(select(Site.id).where(Site.parent_id == site.id).limit(1)) is not None


def _sites(network: Network) -> list[Site]:
    return list(db.session.scalars(select(Site).where(Site.network_id == network.id)))
