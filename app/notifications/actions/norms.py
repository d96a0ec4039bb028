"""Telling of proposals to change the norms: the hub of a new one, everybody in its talk of the answer.

Everything converges, as in `telling`: what is true now is told once.
"""

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.contributions.models import Contribution
from app.core.command import command
from app.core.db import db
from app.networks.models import Member
from app.norms.models import NormsProposal
from app.notifications.actions.telling import Act, members_of, tell

ANSWERS = {"adopted": "norms_yes", "declined": "norms_no"}


@command
def tell_of_norms_wish(contribution_id: int) -> None:
    """The hub hears that somebody would like the norms to change."""
    proposal = db.session.get(NormsProposal, contribution_id)
    if proposal is None or proposal.state != "open":
        return
    hub = select(Member.id).where(
        Member.network_id == proposal.network_id,
        Member.standing == "active",
        or_(Member.is_facilitator, Member.is_director),
    )
    _tell("norms_wish", proposal, list(db.session.scalars(hub)), proposal.contribution.author_id)


@command
def tell_of_norms_answer(contribution_id: int) -> None:
    """Who proposed it, and whoever said something below it, hear how it was answered."""
    proposal = db.session.get(NormsProposal, contribution_id)
    if proposal is None or proposal.state not in ANSWERS:
        return
    talk = select(Contribution.author_id).where(
        or_(Contribution.id == contribution_id, Contribution.root_id == contribution_id),
        Contribution.state == "published",
        Contribution.author_id.is_not(None),
        Contribution.seal.is_(None),
    )
    hearers = [each for each in db.session.scalars(talk.distinct()) if each is not None]
    _tell(ANSWERS[proposal.state], proposal, hearers, proposal.decided_by_id)


def _tell(verb: str, proposal: NormsProposal, hearers: Sequence[int], by_id: int | None) -> None:
    number = proposal.contribution_id
    for reader in members_of(each for each in hearers if each != by_id):
        tell(Act(reader, verb, number, number, by_id))
