"""Sites and drivers of a network.

Rules: a site or driver is reached through the viewer's network; another network's is a 404.
"""

from sqlalchemy import func, select

from app.core.access import NotFound
from app.core.db import db
from app.networks.models import Driver, Member, Network, Site
from app.networks.queries.viewers import READS


def sites_of(network: Network, *, closed: bool = False) -> list[Site]:
    """Open sites (with `closed`, all) by name."""
    query = select(Site).where(Site.network_id == network.id)
    if not closed:
        query = query.where(Site.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(Site.name, Site.id)))


def site_of(viewer: Member, site_id: int) -> Site:
    """Raises NotFound."""
    wanted = (Site.id == site_id, Site.network_id == viewer.network_id)
    site: Site | None = db.session.scalar(select(Site).where(*wanted))
    if site is None:
        raise NotFound
    return site


def people_at_sites(network: Network) -> dict[int | None, int]:
    """How many present members each site has; key None: those without one."""
    query = (
        select(Member.site_id, func.count(Member.id))
        .where(Member.network_id == network.id, Member.standing.in_(READS))
        .group_by(Member.site_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def tree_of(sites: list[Site]) -> list[tuple[Site, int]]:
    """Sites with their depth: each district, what is in it, and then what has no district."""
    here = {site.id for site in sites}
    below: dict[int | None, list[Site]] = {}
    for site in sites:
        below.setdefault(site.parent_id if site.parent_id in here else None, []).append(site)
    found: list[tuple[Site, int]] = []
    _walk(None, 0, below, found)
    return found


def _walk(
    parent: int | None, depth: int, below: dict[int | None, list[Site]], found: list[tuple[Site, int]]
) -> None:
    tops = sorted(below.get(parent, []), key=lambda site: (site.kind != "district", site.name.casefold()))
    for site in tops:
        found.append((site, depth))
        _walk(site.id, depth + 1, below, found)


def drivers_of(network: Network, *, retired: bool = False) -> list[Driver]:
    """The drivers in their order; with `retired`, those that were taken off the list."""
    off = Driver.retired_at.is_not(None) if retired else Driver.retired_at.is_(None)
    query = select(Driver).where(Driver.network_id == network.id, off)
    return list(db.session.scalars(query.order_by(Driver.position, Driver.id)))


def driver_of(viewer: Member, driver_id: int) -> Driver:
    """Raises NotFound."""
    wanted = (Driver.id == driver_id, Driver.network_id == viewer.network_id)
    driver: Driver | None = db.session.scalar(select(Driver).where(*wanted))
    if driver is None:
        raise NotFound
    return driver
