"""Which frameworks a network names standards from. What was named from others stays named."""

from collections.abc import Collection

from sqlalchemy import delete, select

from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Network
from app.networks.policy import Actor, insist
from app.standards import policy
from app.standards.events import FrameworksChosen
from app.standards.models import Framework, FrameworkChoice


@command
def choose_frameworks(actor: Actor, network: Network, framework_ids: Collection[int]) -> None:
    """Use these and no others; what the network may not know of is left out. Raises Forbidden."""
    insist(policy.can_choose(actor, network))
    known = select(Framework.id).where(
        Framework.id.in_(framework_ids), policy.known_to(network.id), Framework.retired_at.is_(None)
    )
    wanted = set(db.session.scalars(known))
    db.session.execute(delete(FrameworkChoice).where(FrameworkChoice.network_id == network.id))
    db.session.add_all(FrameworkChoice(network_id=network.id, framework_id=each) for each in sorted(wanted))
    _say(network, bool(wanted))


def add_choice(network: Network, framework: Framework) -> None:
    """Inside a command: a framework that has just come is used at once."""
    db.session.add(FrameworkChoice(network_id=network.id, framework_id=framework.id))
    _say(network, True)


def _say(network: Network, any_chosen: bool) -> None:
    # In the network's own row, so that a page need not ask whether to offer standards.
    network.settings = {**network.settings, "standards": any_chosen}
    db.session.flush()
    publish(FrameworksChosen(network.id))
