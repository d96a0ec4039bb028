"""What the hub sees of groups: that each exists, its leads and its size. Nothing inside.

Names of members are inside, except where the group is open to all. Secret groups are in the list too;
conversations and coaching pairs are not groups, and nobody but their people learns that they exist.
"""

from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.access import NotFound
from app.core.db import db
from app.core.pages import Page, encode, keyset
from app.networks.models import Member
from app.spaces.models import Group, GroupProposal, Space, SpaceMember
from app.spaces.policy.groups import can_help_along, can_look_after_groups, can_name_lead, require
from app.spaces.policy.leads import acting_leads, has_lead

SIZE = 50
CHOICES = 200


@dataclass(frozen=True)
class HubGroup:
    """One line of the list. `choices`: who could lead it, where it has no lead and is open; the members
    of the others are asked themselves (`asks_members`)."""

    group: Group
    leads: tuple[Member, ...]
    choices: tuple[Member, ...] = ()
    needs_lead: bool = False
    asks_members: bool = False


def groups_of_hub(viewer: Member, cursor: str | None = None) -> Page[HubGroup]:
    """Every group of the network, those without a lead first. Raises Forbidden."""
    require(can_look_after_groups(viewer))
    led = case((has_lead(), 1), else_=0)
    query = (
        select(Group, led.label("led"), Group.name_key, Group.space_id)
        .join(Group.space)
        .options(contains_eager(Group.space))
        .where(
            Space.network_id == viewer.network_id,
            Space.kind.in_(("group", "role_alike")),
            Space.site_id.is_(None),
        )
    )
    by = (led, Group.name_key, Group.space_id)
    rows = list(db.session.execute(keyset(query, by, cursor, newest_first=False).limit(SIZE + 1)))
    more, rows = len(rows) > SIZE, rows[:SIZE]
    leads = _leads([row.Group.space_id for row in rows])
    lines = [_line(viewer, row.Group, leads.get(row.Group.space_id, ())) for row in rows]
    return Page(lines, encode(rows[-1][1:]) if more else None)


def _line(viewer: Member, group: Group, leads: tuple[Member, ...]) -> HubGroup:
    lost = can_help_along(viewer, group.space, has_lead=bool(leads)) and group.space.archived_at is None
    names = lost and can_name_lead(viewer, group.space, has_lead=bool(leads))
    return HubGroup(group, leads, _people(group.space_id) if names else (), lost, lost and not names)


def _leads(space_ids: list[int]) -> dict[int, tuple[Member, ...]]:
    query = (
        select(SpaceMember.space_id, Member)
        .join(Member, Member.id == SpaceMember.member_id)
        .where(SpaceMember.space_id.in_(space_ids))
        .where(SpaceMember.member_id.in_(acting_leads(SpaceMember.space_id).correlate(SpaceMember)))
        .order_by(Member.name_key)
    )
    found: dict[int, tuple[Member, ...]] = {}
    for space_id, member in db.session.execute(query):
        found[space_id] = (*found.get(space_id, ()), member)
    return found


def _people(space_id: int) -> tuple[Member, ...]:
    """Who could lead an open group that has lost its lead."""
    query = select(Member).join(SpaceMember, SpaceMember.member_id == Member.id)
    query = query.where(SpaceMember.space_id == space_id, Member.standing == "active")
    return tuple(db.session.scalars(query.order_by(Member.name_key).limit(CHOICES)))


def hub_group(viewer: Member, space_id: int) -> Space:
    """A group of the hub's list by number. Raises NotFound, Forbidden."""
    require(can_look_after_groups(viewer))
    query = select(Space).where(
        Space.id == space_id,
        Space.network_id == viewer.network_id,
        Space.kind.in_(("group", "role_alike")),
        Space.site_id.is_(None),
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def is_led(space_id: int, *, but: int | None = None) -> bool:
    """Whether somebody who may act leads it, apart from the member `but`."""
    leads = set(db.session.scalars(acting_leads(space_id)))
    return bool(leads - {but})


def proposals_of(viewer: Member) -> list[GroupProposal]:
    """Proposals that wait, the oldest first; for the hub all, for a member their own."""
    query = select(GroupProposal).options(joinedload(GroupProposal.member).joinedload(Member.site))
    query = query.where(GroupProposal.network_id == viewer.network_id, GroupProposal.state == "open")
    if not can_look_after_groups(viewer):
        query = query.where(GroupProposal.member_id == viewer.id)
    return list(db.session.scalars(query.order_by(GroupProposal.made_at, GroupProposal.id).limit(100)))


def proposal_of(viewer: Member, proposal_id: int) -> GroupProposal:
    """Raises NotFound, Forbidden."""
    require(can_look_after_groups(viewer))
    found = db.session.get(GroupProposal, proposal_id)
    if found is None or found.network_id != viewer.network_id:
        raise NotFound
    return found


def my_proposal(viewer: Member, proposal_id: int) -> GroupProposal:
    """One's own. Raises NotFound."""
    wanted = (GroupProposal.id == proposal_id, GroupProposal.member_id == viewer.id)
    found = db.session.scalar(select(GroupProposal).where(*wanted)) if proposal_id < 2**62 else None
    if found is None:
        raise NotFound
    return found
