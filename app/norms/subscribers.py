"""What proposals do when the norms change by another way: they say that they were overtaken."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.events import on
from app.networks.events import NormsAdopted
from app.networks.models import Network
from app.norms.actions import show
from app.norms.models import NormsProposal


@on(NormsAdopted)
def open_proposals_are_overtaken(event: NormsAdopted) -> None:
    network = db.session.get_one(Network, event.network_id)
    query = select(NormsProposal).where(
        NormsProposal.network_id == network.id,
        NormsProposal.state == "open",
        NormsProposal.base != event.version,
    )
    query = query.options(joinedload(NormsProposal.contribution)).order_by(NormsProposal.contribution_id)
    for proposal in db.session.scalars(query):
        if proposal.contribution.state == "published":
            show(proposal.contribution, proposal, network)
