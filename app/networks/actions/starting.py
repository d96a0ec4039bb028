"""Starting a network, and changing what it says of itself."""

import re
from collections.abc import Sequence

from sqlalchemy import select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks import policy
from app.networks.actions.words import lines, name_of
from app.networks.events import NetworkChanged, NetworkStarted
from app.networks.models import Network, NormsVersion, fold, with_refs
from app.networks.policy import Actor

AIM = 1000
Norm = dict[str, str]
"""`{title, meaning, example}`"""


@command
def start_network(
    actor: Actor,
    *,
    name: str,
    aim: str = "",
    slug: str = "",
    norms: Sequence[Norm] = (),
    time_zone: str = "America/New_York",
    language: str = "en",
    year_starts: int = 8,
    is_demo: bool = False,
) -> Network:
    """A network with its first norms; `slug` is made from the name where none is given."""
    policy.insist(policy.can_start_network(actor))
    network = Network(
        slug=free_slug(slug or name),
        name=name_of(name, 120),
        aim=lines(aim, AIM),
        time_zone=time_zone,
        language=language,
        year_starts=year_starts,
        is_demo=is_demo,
        settings={"norms_version": 1, "may_ask": True},
    )
    db.session.add(network)
    db.session.flush()
    first = with_refs(norms, ())
    db.session.add(NormsVersion(network_id=network.id, version=1, norms=first, adopted_at=clock.now()))
    publish(NetworkStarted(network.id))
    return network


@command
def change_network(
    actor: Actor, network: Network, *, name: str, aim: str, time_zone: str, year_starts: int
) -> None:
    """Its name, aim, time zone, and the month (1-12) in which its year begins."""
    policy.insist(policy.can_change_network(actor, network))
    network.name = name_of(name, 120)
    network.aim = lines(aim, AIM)
    network.time_zone = time_zone
    network.year_starts = year_starts
    publish(NetworkChanged(network.id))


@command
def set_joining(actor: Actor, network: Network, *, may_ask: bool) -> None:
    """Open or close the page on which people ask to join."""
    policy.insist(policy.can_change_network(actor, network))
    network.settings = {**network.settings, "may_ask": may_ask}
    publish(NetworkChanged(network.id))


@command
def set_sealing(actor: Actor, network: Network, *, allowed: bool) -> None:
    """Let people share a failure or a question without their name, or not any more; what is there stays."""
    policy.insist(policy.can_change_network(actor, network))
    network.settings = {**network.settings, "sealing": allowed}
    publish(NetworkChanged(network.id))


def free_slug(words: str) -> str:
    """An address that no network has yet: `words` in plain letters, numbered where taken."""
    plain = fold(words).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "network"
    taken = set(db.session.scalars(select(Network.slug).where(Network.slug.startswith(stem))))
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
