"""Telling of groups: who asks, what was answered, who is invited, who leads, who proposes.

Everything converges, as in `telling`: each function looks at what is true now.
"""

from sqlalchemy import or_, select

from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.networks.queries import kept_apart
from app.notifications.actions.abouts import lines_about, take_lines, tell_about
from app.notifications.events import NotificationChanged
from app.notifications.models import Notification, NotificationActor
from app.notifications.policy import silenced
from app.spaces.models import Group, GroupAsk, GroupInvitation, GroupProposal, Space, SpaceMember
from app.spaces.queries.hub import is_led

GROUP_BATCH = 50
"""Members told in one transaction."""


@command
def tell_of_asks(space_id: int) -> None:
    """Make the leads' lines name exactly those who wait for an answer."""
    asking = select(GroupAsk.member_id).where(GroupAsk.space_id == space_id, GroupAsk.state == "open")
    waiting = sorted(db.session.scalars(asking))
    leads = set(_leads(space_id))
    lines = lines_about("group_asked", space_id)
    take_lines(line for line in lines if not waiting or line.member_id not in leads)
    for line in lines:
        if waiting and line.member_id in leads:
            _forget_answered(line, waiting)
    for lead_id in sorted(leads):
        for member_id in waiting:
            if not _told(lead_id, space_id, member_id):
                tell_about(lead_id, "group_asked", space_id, actor_id=member_id)


def _forget_answered(line: Notification, waiting: list[int]) -> None:
    acts = list(
        db.session.scalars(select(NotificationActor).where(NotificationActor.notification_id == line.id))
    )
    gone = [act for act in acts if act.member_id not in waiting]
    for act in gone:
        db.session.delete(act)
    db.session.flush()
    if len(gone) == len(acts):
        take_lines([line])
    elif gone:
        publish(NotificationChanged(line.member_id, line.id))


def _told(reader_id: int, space_id: int, member_id: int) -> bool:
    query = (
        select(NotificationActor.id)
        .join(NotificationActor.notification)
        .where(
            Notification.member_id == reader_id,
            Notification.verb == "group_asked",
            Notification.about_id == space_id,
            NotificationActor.member_id == member_id,
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def _leads(space_id: int) -> list[int]:
    query = select(SpaceMember.member_id).where(SpaceMember.space_id == space_id, SpaceMember.role == "lead")
    return sorted(db.session.scalars(query))


@command
def tell_of_ask_answer(space_id: int, member_id: int) -> None:
    """Tell who asked what a lead said."""
    ask = db.session.get(GroupAsk, (space_id, member_id))
    if ask is not None and ask.state != "open":
        verb = "group_opened" if ask.state == "accepted" else "group_closed"
        tell_about(member_id, verb, space_id, actor_id=ask.answered_by_id)


@command
def tell_of_invitation(space_id: int, member_id: int) -> None:
    """Tell somebody that they are invited, while they are."""
    invitation = db.session.get(GroupInvitation, (space_id, member_id))
    if invitation is None:
        take_lines(line for line in lines_about("group_invite", space_id) if line.member_id == member_id)
    elif not kept_apart(member_id, [invitation.made_by_id or 0]):
        tell_about(member_id, "group_invite", space_id, actor_id=invitation.made_by_id)


@command
def tell_of_lead(space_id: int, member_id: int) -> None:
    """Tell somebody that they lead a group now; and everybody that it has a lead again."""
    if member_id in _leads(space_id):
        tell_about(member_id, "group_lead", space_id, actor_id=member_id)
    tell_of_lead_again(space_id)


@command
def tell_of_lead_again(space_id: int) -> None:
    """Nobody is asked to help any more."""
    if is_led(space_id):
        take_lines([*lines_about("group_alone", space_id), *lines_about("group_unled", space_id)])


@command
def tell_of_joining(space_id: int, member_id: int) -> None:
    """Greet a newcomer, where the group has a welcome or took them in by itself."""
    group, belonging = db.session.get(Group, space_id), db.session.get(SpaceMember, (space_id, member_id))
    if group is None or belonging is None or belonging.role == "lead":
        return
    if group.space.follows == "place" or (group.welcome and group.space.kind == "group"):
        tell_about(member_id, "group_hello", space_id, actor_id=member_id)


@command
def tell_of_lost_lead(space_id: int) -> None:
    """Tell the hub that nobody leads a group, once for each time that it happens."""
    space = _without_lead(space_id)
    if space is None:
        return
    told = {line.member_id for line in lines_about("group_alone", space_id)}
    if space.access != "open":
        told |= set(_belonging(space_id, 0, None))
    for reader_id in _hub(space.network_id):
        if reader_id not in told:
            tell_about(reader_id, "group_alone", space_id, actor_id=None)


@command
def ask_members_to_lead(space_id: int, after: int = 0) -> int | None:
    """Tell the next fifty members of a group that is not open; the number to go on after."""
    space = _without_lead(space_id)
    if space is None or space.access == "open":
        return None
    told = {line.member_id for line in lines_about("group_unled", space_id)}
    ids = _belonging(space_id, after, GROUP_BATCH)
    for reader_id in sorted(set(ids) - told - silenced(space_id, ids, "group_unled")):
        tell_about(reader_id, "group_unled", space_id, actor_id=None)
    return ids[-1] if len(ids) == GROUP_BATCH else None


def _without_lead(space_id: int) -> Space | None:
    space = db.session.get(Space, space_id)
    if space is None or space.site_id is not None or space.archived_at is not None or is_led(space_id):
        return None
    return space


def _belonging(space_id: int, after: int, limit: int | None) -> list[int]:
    """Members who may act, by number."""
    query = select(SpaceMember.member_id).join(Member, Member.id == SpaceMember.member_id)
    query = query.where(SpaceMember.space_id == space_id, SpaceMember.member_id > after)
    query = query.where(Member.standing == "active").order_by(SpaceMember.member_id)
    return list(db.session.scalars(query.limit(limit)))


@command
def tell_of_proposal(proposal_id: int) -> None:
    """Tell the hub of a proposal while it waits, and then who proposed it of the answer."""
    proposal = db.session.get(GroupProposal, proposal_id)
    if proposal is None:
        return
    if proposal.state == "open":
        for reader_id in _hub(proposal.network_id):
            tell_about(reader_id, "group_wanted", proposal_id, actor_id=proposal.member_id)
        return
    take_lines(lines_about("group_wanted", proposal_id))
    verb = "group_yes" if proposal.state == "accepted" else "group_no"
    tell_about(proposal.member_id, verb, proposal_id, actor_id=proposal.answered_by_id)


def _hub(network_id: int) -> list[int]:
    query = select(Member.id).where(
        Member.network_id == network_id,
        Member.standing == "active",
        or_(Member.is_facilitator, Member.is_director),
    )
    return sorted(db.session.scalars(query))
