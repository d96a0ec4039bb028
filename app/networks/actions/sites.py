"""Sites: the schools and districts of a network."""

from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks import policy
from app.networks.events import SiteAdded
from app.networks.models import Network, Site
from app.networks.policy import Actor


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
    site = Site(
        network_id=network.id,
        name=name,
        short_name=short_name or name[:40],
        kind=kind,
        parent_id=parent.id if parent else None,
    )
    db.session.add(site)
    db.session.flush()
    publish(SiteAdded(site.id))
    return site
