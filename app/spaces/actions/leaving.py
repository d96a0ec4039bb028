"""Leaving a group, being taken out of it, and who leads it.

Rules: a lead who leaves hands over or leaves the group to the facilitators' help, and says which. The
hub names a lead only where there is none, in an open group, and only one of its members. Who is in another
group is the group's own: there a member steps up.
"""

from sqlalchemy import select

from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.spaces.actions.membership import look_for_lead, take_from_space
from app.spaces.events import GroupLedAgain, LeadChanged, LeadNamed
from app.spaces.models import Space, SpaceMember
from app.spaces.policy import groups as policy
from app.spaces.policy.groups import Tie
from app.spaces.queries import member_of_group, tie_of
from app.spaces.queries.hub import hub_group, is_led


class NeedsSuccessor(Exception):
    """The last lead has to say who leads from now on, or that nobody does."""


@command
def leave_group(
    actor: Member, space: Space, *, successor_id: int | None = None, without: bool = False
) -> None:
    """Leave; the last lead names a successor or goes `without`.

    Raises NeedsSuccessor, Forbidden, NotFound.
    """
    tie = tie_of(actor, space.id)
    policy.require(policy.can_leave(tie))
    _hand_over(tie, successor_id, without)
    take_from_space(tie.space.id, actor.id, by_id=actor.id)


@command
def step_down(actor: Member, space: Space, *, successor_id: int | None = None, without: bool = False) -> None:
    """Lead no more, and stay. Raises NeedsSuccessor, Forbidden, NotFound."""
    tie = tie_of(actor, space.id)
    policy.require(tie.is_lead)
    _hand_over(tie, successor_id, without)
    member_of_group(tie, actor.id).role = "member"
    db.session.flush()
    publish(LeadChanged(tie.space.id, actor.id, leads=False, by_id=actor.id))
    look_for_lead(tie.space.id)


def _hand_over(tie: Tie, successor_id: int | None, without: bool) -> None:
    if successor_id is not None and tie.is_lead:
        _lead(tie.viewer, tie.space, member_of_group(tie, successor_id))
    elif tie.is_lead and not without and not is_led(tie.space.id, but=tie.viewer.id) and _others(tie):
        raise NeedsSuccessor


def _others(tie: Tie) -> bool:
    other = select(SpaceMember.member_id).where(
        SpaceMember.space_id == tie.space.id, SpaceMember.member_id != tie.viewer.id
    )
    return db.session.scalar(other.limit(1)) is not None


@command
def remove_from_group(actor: Member, space: Space, member_id: int) -> None:
    """A lead takes somebody out; at once, everywhere. Raises Forbidden, NotFound."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_remove(tie, member_id))
    member_of_group(tie, member_id)
    take_from_space(tie.space.id, member_id, by_id=actor.id)


@command
def make_lead(actor: Member, space: Space, member_id: int) -> None:
    """One more lead, by a lead. Raises Forbidden, NotFound."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_choose_leads(tie))
    _lead(actor, tie.space, member_of_group(tie, member_id))


@command
def name_lead(actor: Member, space_id: int, member_id: int) -> None:
    """The hub helps an open group without a lead to one of its members. Raises Forbidden, NotFound."""
    space = hub_group(actor, space_id)
    policy.require(policy.can_name_lead(actor, space, has_lead=is_led(space.id)))
    found = db.session.get(SpaceMember, (space.id, member_id))
    if found is None:
        raise NotFound
    _lead(actor, space, found)


@command
def step_up(actor: Member, space: Space) -> None:
    """A member of a group without a lead leads it from now on. Raises Forbidden, NotFound."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_step_up(tie))
    member_of_group(tie, actor.id).role = "lead"
    db.session.flush()
    publish(LeadChanged(tie.space.id, actor.id, leads=True, by_id=actor.id))
    publish(GroupLedAgain(tie.space.id))


def _lead(actor: Member, space: Space, belonging: SpaceMember) -> None:
    if not belonging.member.may_write:
        raise NotFound
    if belonging.role != "lead":
        belonging.role = "lead"
        db.session.flush()
        publish(LeadNamed(space.id, belonging.member_id))
        publish(LeadChanged(space.id, belonging.member_id, leads=True, by_id=actor.id))
