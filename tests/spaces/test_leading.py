"""Who leads a group, and what follows when nobody does who may act."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.actions import restore_account, suspend_account
from app.core import personal
from app.core.access import Forbidden, NotFound
from app.core.command import command
from app.core.outbox import OutboxRow
from app.networks import actions as networks
from app.networks.models import Member
from app.spaces import actions
from app.spaces.actions.groups import Words
from app.spaces.actions.leaving import NeedsSuccessor
from app.spaces.models import GroupInvitation, Space, SpaceMember
from app.spaces.queries import groups_of_hub, tie_of
from tests.spaces.making import group_of
from tests.support.factories import World


def lost(db: Any) -> int:
    """How often it was said that a group lost its lead, to each who listens."""
    rows = select(func.count()).select_from(OutboxRow).where(OutboxRow.event.endswith(":GroupLostLead"))
    return int(db.session.scalar(rows)) // 2


def of_roles(world: World) -> Space:
    space = actions.open_role_alike(
        world.facilitator, name="Seventh", roles=("teacher",), grades=1 << 7
    ).space
    actions.step_up(world.teacher, space)
    return space


def delete_account(world: World) -> None:
    command(personal.erase)(world.teacher.account, keep_contributions=True)


WAYS: dict[str, Callable[[World, Space], object]] = {
    "leaves": lambda world, space: actions.leave_group(world.teacher, space, without=True),
    "steps down": lambda world, space: actions.step_down(world.teacher, space, without=True),
    "leaves the network": lambda world, _space: networks.leave(world.teacher, world.teacher),
    "is shown out": lambda world, _space: networks.end_membership(world.director, world.teacher),
    "takes a break": lambda world, _space: networks.pause(world.teacher, world.teacher),
    "is kept out": lambda world, _space: suspend_account(None, world.teacher.account),
    "deletes the account": lambda world, _space: delete_account(world),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_group_is_without_a_lead_when_the_last_who_may_act_goes(way: str, world: World, db: Any) -> None:
    space = group_of(world.teacher, world.colleague, world.neighbour)
    two = group_of(world.teacher, world.colleague, name="Led by two")
    actions.make_lead(world.teacher, two, world.colleague.id)
    WAYS[way](world, space)
    assert lost(db) == 1
    assert not tie_of(world.colleague, space.id).has_lead
    assert tie_of(world.colleague, two.id).has_lead
    first = groups_of_hub(world.facilitator).items[0]
    assert (first.group.space_id, first.needs_lead, first.asks_members) == (space.id, True, True)
    assert (first.leads, first.choices) == ((), ())
    actions.step_up(world.colleague, space)
    assert tie_of(world.colleague, space.id).has_lead
    with pytest.raises(Forbidden):
        actions.step_up(world.neighbour, space)


@pytest.mark.parametrize("way", ["role", "out"])
def test_a_group_that_follows_a_role_loses_its_lead(way: str, world: World, db: Any) -> None:
    space = of_roles(world)
    if way == "role":
        networks.change_place(
            world.director, world.teacher, role="coach", site_id=world.cedar.id, grades=1 << 7
        )
    else:
        actions.step_out(world.teacher, space)
    assert lost(db) == 1
    with pytest.raises(Forbidden):
        actions.name_lead(world.facilitator, space.id, world.colleague.id)
    actions.step_up(world.colleague, space)


def test_somebody_else_who_goes_takes_no_lead_along(world: World, db: Any) -> None:
    space = group_of(world.teacher, world.colleague, world.neighbour)
    networks.leave(world.colleague, world.colleague)
    networks.pause(world.neighbour, world.neighbour)
    actions.leave_group(world.neighbour, space)
    assert lost(db) == 0


def test_a_lead_on_a_break_is_no_second_lead(world: World, db: Any) -> None:
    space = group_of(world.teacher, world.colleague, world.neighbour)
    actions.make_lead(world.teacher, space, world.colleague.id)
    networks.pause(world.colleague, world.colleague)
    with pytest.raises(NeedsSuccessor):
        actions.leave_group(world.teacher, space)
    actions.leave_group(world.teacher, space, successor_id=world.neighbour.id)
    assert lost(db) == 0


def test_who_is_let_in_again_leads_again(world: World) -> None:
    space = group_of(world.teacher, world.colleague)
    suspend_account(None, world.teacher.account)
    assert not tie_of(world.colleague, space.id).has_lead
    restore_account(None, world.teacher.account)
    assert tie_of(world.colleague, space.id).has_lead


def test_only_members_who_may_act_step_up(world: World, db: Any) -> None:
    space = group_of(world.teacher, world.colleague, world.neighbour)
    commons = group_of(world.teacher, world.colleague, access="open", name="Open")
    networks.pause(world.neighbour, world.neighbour)
    networks.leave(world.teacher, world.teacher)
    for member in (world.neighbour, world.principal, world.facilitator):
        with pytest.raises(Forbidden):
            actions.step_up(member, space)
    with pytest.raises(NotFound):
        actions.step_up(world.outsider, space)
    with pytest.raises(Forbidden):
        actions.step_up(world.colleague, commons)
    actions.archive_leaderless(world.facilitator, space.id)
    with pytest.raises(Forbidden):
        actions.step_up(world.colleague, space)
    actions.restore_group(world.director, space.id)
    actions.step_up(world.colleague, space)


def test_nobody_steps_up_over_a_school(world: World, db: Any) -> None:
    school = db.session.scalars(
        select(Space).where(Space.site_id == world.cedar.id, Space.kind == "role_alike")
    ).one()
    with pytest.raises(Forbidden):
        actions.step_up(world.teacher, school)


def test_the_hub_reads_names_in_open_groups_alone(world: World) -> None:
    space = group_of(world.teacher, world.colleague, access="open")
    networks.leave(world.teacher, world.teacher)
    first = groups_of_hub(world.facilitator).items[0]
    assert (first.group.space_id, first.asks_members) == (space.id, False)
    assert [member.name for member in first.choices] == ["Cole Colleague"]
    with pytest.raises(NotFound):
        actions.name_lead(world.facilitator, space.id, world.principal.id)
    actions.name_lead(world.facilitator, space.id, world.colleague.id)


def invited(db: Any, space: Space) -> set[str]:
    rows = db.session.scalars(select(GroupInvitation).where(GroupInvitation.space_id == space.id))
    return {db.session.get_one(Member, row.member_id).name for row in rows}


@pytest.mark.parametrize("access", ["request", "invite", "secret"])
def test_invitations_by_members_end_when_a_group_narrows(access: str, world: World, db: Any) -> None:
    space = group_of(world.teacher, world.colleague, access="open")
    actions.invite_to_group(world.colleague, space, world.principal)
    actions.invite_to_group(world.teacher, space, world.neighbour)
    actions.change_group(world.teacher, space, Words("Ratios", access=access))
    assert invited(db, space) == {"Nora Neighbour"}
    if access == "secret":
        with pytest.raises(NotFound):
            tie_of(world.principal, space.id)


def test_a_group_that_becomes_secret_asks_again_whom_a_former_lead_invited(world: World, db: Any) -> None:
    space = group_of(world.teacher, world.colleague)
    actions.make_lead(world.teacher, space, world.colleague.id)
    actions.invite_to_group(world.colleague, space, world.principal)
    actions.step_down(world.colleague, space)
    actions.change_group(world.teacher, space, Words("Ratios", access="invite"))
    assert invited(db, space) == {"Pia Principal"}
    actions.change_group(world.teacher, space, Words("Ratios", access="secret"))
    assert invited(db, space) == set()
    assert db.session.get(SpaceMember, (space.id, world.principal.id)) is None
