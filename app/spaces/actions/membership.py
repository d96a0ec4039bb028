"""Who belongs to a space: the rows, and their number on the space.

The two verbs that everything else goes through. What ties a person to a space beside the row, an ask,
an invitation, a setting, goes when the row comes or goes.
"""

from sqlalchemy import delete, select, update

from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.spaces.events import (
    GroupAskWithdrawn,
    GroupLedAgain,
    GroupLostLead,
    LeadChanged,
    SpaceJoined,
    SpaceLeft,
)
from app.spaces.models import GroupAsk, GroupInvitation, Space, SpaceMember, SpaceSetting
from app.spaces.queries.hub import is_led


@command
def add_to_space(space: Space, member: Member, *, role: str = "member", by_id: int | None = None) -> None:
    """Make `member` belong to `space`; nothing happens when they already do. `by_id`: who makes them lead."""
    if member.network_id != space.network_id:
        raise ValueError("a space's people are of its own network")
    if db.session.get(SpaceMember, (space.id, member.id)) is None:
        db.session.add(SpaceMember(space_id=space.id, member_id=member.id, role=role))
        _count(space.id, 1)
        db.session.flush()
        publish(SpaceJoined(space.id, member.id))
        if role == "lead":
            publish(LeadChanged(space.id, member.id, leads=True, by_id=by_id))


@command
def take_from_space(space_id: int, member_id: int, *, by_id: int | None = None) -> None:
    """End one membership; delivery of the space's live events ends with it."""
    gone = db.session.execute(
        delete(SpaceMember)
        .where(SpaceMember.space_id == space_id, SpaceMember.member_id == member_id)
        .returning(SpaceMember.role)
    ).first()
    if gone:
        _count(space_id, -1)
        db.session.execute(
            delete(SpaceSetting).where(SpaceSetting.space_id == space_id, SpaceSetting.member_id == member_id)
        )
        publish(SpaceLeft(space_id, member_id))
        if gone.role == "lead":
            publish(LeadChanged(space_id, member_id, leads=False, by_id=by_id))
            look_for_lead(space_id)


def look_for_lead(space_id: int) -> None:
    """A lead of it leads no more, or cannot for now: say so where that was the last one. In a command."""
    if not is_led(space_id):
        publish(GroupLostLead(space_id))


@command
def leads_may_not_act(member: Member) -> None:
    """They take a break, or are kept out: the groups that they alone led are without a lead meanwhile."""
    for space_id in _led_by(member):
        look_for_lead(space_id)


@command
def leads_may_act(member: Member) -> None:
    """They are back, and lead what they led before."""
    for space_id in _led_by(member):
        if is_led(space_id):
            publish(GroupLedAgain(space_id))


def _led_by(member: Member) -> list[int]:
    led = select(SpaceMember.space_id).where(SpaceMember.member_id == member.id, SpaceMember.role == "lead")
    return list(db.session.scalars(led.order_by(SpaceMember.space_id)))


def _count(space_id: int, by: int) -> None:
    db.session.execute(update(Space).where(Space.id == space_id).values(member_count=Space.member_count + by))


@command
def leave_everything(member: Member) -> None:
    """A member who left the network belongs to nothing in it, the open spaces included."""
    db.session.execute(delete(GroupInvitation).where(GroupInvitation.member_id == member.id))
    waiting = delete(GroupAsk).where(GroupAsk.member_id == member.id, GroupAsk.state == "open")
    for space_id in list(db.session.scalars(waiting.returning(GroupAsk.space_id))):
        publish(GroupAskWithdrawn(space_id, member.id))
    for space_id in list(
        db.session.scalars(select(SpaceMember.space_id).where(SpaceMember.member_id == member.id))
    ):
        take_from_space(space_id, member.id)
    open_spaces = select(Space.id).where(Space.network_id == member.network_id, Space.access == "open")
    for space_id in list(db.session.scalars(open_spaces)):
        publish(SpaceLeft(space_id, member.id))
