"""What a network chooses for its library: the licence that new resources begin with."""

from app.core.command import command
from app.library.models import LICENCES
from app.networks.models import Member, Network
from app.networks.policy import can_change_network, insist


@command
def settle_licence(actor: Member, network: Network, code: str) -> None:
    """Raises Forbidden, and ValueError for a licence that nobody knows."""
    insist(can_change_network(actor, network))
    if code not in LICENCES:
        raise ValueError("no such licence")
    network.settings = {**network.settings, "licence": code}
