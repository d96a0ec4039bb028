"""The ways into a group: joining an open one, asking, being invited.

Rules: whoever answers first decides, a second answer changes nothing. An accepted ask and a used
invitation leave nothing open behind: somebody who leaves and would like to come back asks again.
"""

from sqlalchemy import delete, func, or_, select

from app.core import clock
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.actions.pace import HOUR, keep_pace
from app.networks.models import Member
from app.spaces.actions.membership import add_to_space
from app.spaces.actions.words import answer_of
from app.spaces.events import (
    GroupAskAnswered,
    GroupAsked,
    GroupAskWithdrawn,
    GroupInvitationEnded,
    GroupInvited,
)
from app.spaces.models import GroupAsk, GroupInvitation, Space, SpaceMember
from app.spaces.policy import groups as policy
from app.spaces.queries import tie_of


@command
def join_group(actor: Member, space: Space) -> None:
    """Join an open group."""
    tie = tie_of(actor, space.id)
    if tie.is_member:
        return
    policy.require(policy.can_join(tie))
    _end_invitation(tie.space.id, actor.id)
    add_to_space(tie.space, actor)


@command
def ask_to_join_group(actor: Member, space: Space, *, answer: str = "") -> GroupAsk:
    """Ask the leads; `answer` is to the group's question. Raises Forbidden, TooLong."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_ask(tie))
    ask = db.session.get(GroupAsk, (tie.space.id, actor.id))
    if ask is None:
        ask = GroupAsk(space_id=tie.space.id, member_id=actor.id)
        db.session.add(ask)
    ask.words, ask.state, ask.asked_at = answer_of(answer), "open", clock.now()
    ask.reason, ask.answered_by_id, ask.answered_at = "", None, None
    db.session.flush()
    publish(GroupAsked(tie.space.id, actor.id))
    return ask


@command
def take_back_ask(actor: Member, space: Space) -> None:
    """The ask goes; nothing happens where there is none."""
    tie = tie_of(actor, space.id)
    ask = db.session.get(GroupAsk, (tie.space.id, actor.id))
    if ask is not None and ask.state == "open":
        db.session.delete(ask)
        db.session.flush()
        publish(GroupAskWithdrawn(tie.space.id, actor.id))


@command
def answer_ask(actor: Member, space: Space, member_id: int, *, accept: bool, reason: str = "") -> None:
    """A lead's answer, with words for who asked. Raises Forbidden, NotFound, TooLong."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_answer_asks(tie))
    ask = db.session.get(GroupAsk, (tie.space.id, member_id))
    if ask is None:
        raise NotFound
    if ask.state != "open":
        return
    ask.state = "accepted" if accept else "declined"
    ask.reason, ask.answered_by_id, ask.answered_at = answer_of(reason), actor.id, clock.now()
    if accept and ask.member.may_read:
        _end_invitation(tie.space.id, member_id)
        add_to_space(tie.space, ask.member)
    publish(GroupAskAnswered(tie.space.id, member_id))


@command
def invite_to_group(actor: Member, space: Space, member: Member) -> None:
    """Invite somebody; who has asked already is taken in. Raises Forbidden, NotFound, TooFast."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_invite(tie))
    if member.network_id != tie.space.network_id or not member.may_write:
        raise NotFound
    theirs = db.session.get(GroupAsk, (tie.space.id, member.id))
    if theirs is not None and theirs.state == "open" and tie.is_lead:
        answer_ask(actor, space, member.id, accept=True)
        return
    known = db.session.get(GroupInvitation, (tie.space.id, member.id))
    if known is None and not _belongs(tie.space.id, member.id):
        _keep_pace(actor)
        db.session.add(GroupInvitation(space_id=tie.space.id, member_id=member.id, made_by_id=actor.id))
        db.session.flush()
        publish(GroupInvited(tie.space.id, member.id))


def _keep_pace(actor: Member) -> None:
    lately = GroupInvitation.made_at > clock.now() - HOUR
    made = select(func.count(), func.min(GroupInvitation.made_at)).where(
        GroupInvitation.made_by_id == actor.id, lately
    )
    done, first = db.session.execute(made).one()
    keep_pace(actor, "invitations", done, first)


def _belongs(space_id: int, member_id: int) -> bool:
    return db.session.get(SpaceMember, (space_id, member_id)) is not None


@command
def accept_invitation(actor: Member, space: Space) -> None:
    """Come in. Raises NotFound, Forbidden."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_answer_invitation(tie))
    _end_invitation(tie.space.id, actor.id)
    add_to_space(tie.space, actor)


@command
def decline_invitation(actor: Member, space: Space) -> None:
    """No, thank you: nobody is told, and the invitation is gone."""
    tie = tie_of(actor, space.id)
    policy.require(tie.is_invited)
    _end_invitation(tie.space.id, actor.id)


@command
def take_back_invitation(actor: Member, space: Space, member_id: int) -> None:
    """A lead thinks again. Raises Forbidden."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_invite(tie) and tie.is_lead)
    _end_invitation(tie.space.id, member_id)


def end_invitations_of_members(space_id: int) -> None:
    """A group grows narrower: who was invited by somebody else than a lead is invited no more. Inside a
    command."""
    leads = select(SpaceMember.member_id).where(SpaceMember.space_id == space_id, SpaceMember.role == "lead")
    made_by = GroupInvitation.made_by_id
    others = select(GroupInvitation.member_id).where(
        GroupInvitation.space_id == space_id, or_(made_by.is_(None), made_by.not_in(leads))
    )
    for member_id in list(db.session.scalars(others.order_by(GroupInvitation.member_id))):
        _end_invitation(space_id, member_id)


def _end_invitation(space_id: int, member_id: int) -> None:
    gone = db.session.execute(
        delete(GroupInvitation)
        .where(GroupInvitation.space_id == space_id, GroupInvitation.member_id == member_id)
        .returning(GroupInvitation.space_id)
    ).first()
    if gone:
        publish(GroupInvitationEnded(space_id, member_id))
