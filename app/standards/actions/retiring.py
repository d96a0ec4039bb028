"""A list that is not wanted any more: gone where nothing names it, else put away and still named."""

from sqlalchemy import delete

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.networks.models import Network
from app.networks.policy import Actor, insist
from app.standards import policy
from app.standards.actions.choosing import add_choice, choose_frameworks
from app.standards.models import Framework, FrameworkChoice, FrameworkImport
from app.standards.queries.counting import ids_in_use
from app.standards.queries.finding import chosen_ids


@command
def retire_framework(actor: Actor, network: Network, framework: Framework) -> bool:
    """Offer it to nobody any more; True where nothing named it, and it is gone. Raises Forbidden for a list
    that is not the network's own."""
    insist(policy.can_retire(actor, network, framework))
    choose_frameworks(actor, network, chosen_ids(network.id) - {framework.id})
    if ids_in_use(framework.id):
        framework.retired_at = framework.retired_at or clock.now()
        db.session.flush()
        return False
    db.session.execute(delete(FrameworkChoice).where(FrameworkChoice.framework_id == framework.id))
    db.session.execute(delete(FrameworkImport).where(FrameworkImport.framework_id == framework.id))
    db.session.execute(delete(Framework).where(Framework.id == framework.id))
    return True


@command
def use_again(actor: Actor, network: Network, framework: Framework) -> None:
    """A list that was put away is offered again. Raises Forbidden."""
    insist(policy.can_retire(actor, network, framework))
    if framework.retired_at is not None:
        framework.retired_at = None
        db.session.flush()
        add_choice(network, framework)
