"""Who may do what with standards. Everybody in a network reads; the hub imports and chooses."""

from sqlalchemy import ColumnElement, or_

from app.networks.models import Member, Network
from app.networks.policy import OPERATOR, Actor, can_change_network
from app.standards.models import Framework


def can_import(actor: Actor, network: Network | None) -> bool:
    """A network's hub for their own network; only the operator for all networks."""
    return actor is OPERATOR if network is None else can_change_network(actor, network)


def can_choose(actor: Actor, network: Network) -> bool:
    return can_change_network(actor, network)


def can_retire(actor: Actor, network: Network, framework: Framework) -> bool:
    """A network's own list, by its hub; what is for the whole deployment is only unticked."""
    return framework.network_id == network.id and can_change_network(actor, network)


def known_to(network_id: int) -> ColumnElement[bool]:
    """Frameworks that a network may know of: its own, and those of the whole deployment."""
    return or_(Framework.network_id.is_(None), Framework.network_id == network_id)


def readable_by(viewer: Member) -> ColumnElement[bool]:
    """The same for a person. Nothing for one who only asked, or who left."""
    return known_to(viewer.network_id if viewer.may_read else 0)
