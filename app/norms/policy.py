"""Who may do what with proposals to change the norms."""

from app.contributions.models import Contribution
from app.contributions.policy import can_edit
from app.networks.models import Member, Network
from app.networks.policy import can_change_network
from app.norms.models import NormsProposal


def can_propose(actor: Member) -> bool:
    """Any member who writes."""
    return actor.may_write


def is_overtaken(proposal: NormsProposal, network: Network) -> bool:
    """Whether another version came to hold since it was written; an answered one is what it is."""
    return proposal.state == "open" and proposal.base != network.norms_version


def can_decide(actor: Member, root: Contribution, proposal: NormsProposal) -> bool:
    """The facilitators, while it shows and nobody has answered it."""
    waits = root.state == "published" and proposal.state == "open"
    return waits and root.network_id == actor.network_id and can_change_network(actor, actor.network)


def can_adopt(actor: Member, root: Contribution, proposal: NormsProposal) -> bool:
    """What was overtaken is renewed first: nobody adopts words against norms that hold no more."""
    return can_decide(actor, root, proposal) and not is_overtaken(proposal, actor.network)


def can_renew(actor: Member, root: Contribution, proposal: NormsProposal) -> bool:
    """Who proposed it, once it was overtaken."""
    return can_edit(actor, root) and is_overtaken(proposal, actor.network)
