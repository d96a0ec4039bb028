"""Proposing a group to the facilitators, where the network's members do not start groups themselves."""

from sqlalchemy import func, select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.actions.asking import ask_about
from app.networks.models import Member
from app.networks.queries import driver_of
from app.spaces.actions.groups import WAYS, Words, make_group, shown_words
from app.spaces.actions.words import answer_of, name_of, purpose_of
from app.spaces.events import GroupProposalAnswered, GroupProposed
from app.spaces.models import GroupProposal
from app.spaces.policy import groups as policy
from app.spaces.queries import proposal_of

WAITING_AT_MOST = 3


class TooManyProposals(Exception):
    """Three wait for an answer already."""


@command
def propose_group(actor: Member, words: Words) -> GroupProposal:
    """Raises Forbidden, NotFound, NoName, TooLong, TooManyProposals, ValueError, StudentData."""
    policy.require(policy.can_propose_group(actor))
    ask_about(actor, shown_words(words), {})
    mine = (GroupProposal.member_id == actor.id, GroupProposal.state == "open")
    if (db.session.scalar(select(func.count(GroupProposal.id)).where(*mine)) or 0) >= WAITING_AT_MOST:
        raise TooManyProposals
    if words.access not in WAYS:
        raise ValueError("no way to join")
    driver = driver_of(actor, words.driver_id) if words.driver_id is not None else None
    proposal = GroupProposal(
        network_id=actor.network_id,
        member_id=actor.id,
        name=name_of(words.name),
        purpose=purpose_of(words.purpose),
        access=words.access,
        driver_id=driver.id if driver else None,
        grades=words.grades,
    )
    db.session.add(proposal)
    db.session.flush()
    publish(GroupProposed(proposal.id))
    return proposal


@command
def answer_proposal(actor: Member, proposal_id: int, *, accept: bool, reason: str = "") -> None:
    """Accepted, it begins at once, led by who proposed it. A second answer changes nothing.

    Raises Forbidden, NotFound, TooLong.
    """
    proposal = proposal_of(actor, proposal_id)
    if proposal.state != "open":
        return
    proposal.reason, proposal.answered_by_id, proposal.answered_at = answer_of(reason), actor.id, clock.now()
    proposal.state = "declined"
    if accept and proposal.member.may_read:
        proposal.state = "accepted"
        words = Words(proposal.name, proposal.purpose, proposal.access, proposal.driver_id, proposal.grades)
        proposal.space_id = make_group(proposal.member, words, by_id=actor.id).space_id
    publish(GroupProposalAnswered(proposal.id))
