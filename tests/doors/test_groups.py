"""Each kind of group x each viewer x every door, by canary.

The viewers: an outsider of the network, a member outside the group, one who asks, a member, a lead, the hub,
one who was in it before, one whose account is suspended.
"""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.models import Contribution
from app.core import clock
from app.networks.models import Member
from app.spaces import actions
from app.spaces.models import Space
from tests.doors.probes import PROBES, Visit
from tests.doors.test_matrix import CANARY, OWN_ONLY, SHOWS_TEXT, post_with_everything
from tests.spaces.making import group_of
from tests.support.clients import Client
from tests.support.factories import World, make_member, make_post

Browser = Callable[[Member], Client]
KINDS = ("open", "request", "invite", "secret", "role_alike")
INSIDE = {"lead", "member"}
NETWORK = {"lead", "member", "outside", "asker", "invited", "facilitator", "director", "former"}
BEFORE_THE_WALL = {"socket join", "live event", "export", "notification mail"}
"""Doors whose probe asks beneath the sign-in, which is what a suspended account lacks."""


def people_of(world: World) -> dict[str, Member]:
    """`teacher` leads; all others by what they are to the group."""
    net = world.network
    return {
        "lead": world.teacher,
        "member": make_member(net, "Mia Member", role="teacher", site=world.maple, grades=[7]),
        "outside": world.principal,
        "asker": make_member(net, "Abe Asker", role="coach"),
        "invited": make_member(net, "Ina Invited", role="coach"),
        "former": make_member(net, "Fran Former", role="coach"),
        "suspended": make_member(net, "Sue Suspended", role="teacher", grades=[7]),
        "facilitator": world.facilitator,
        "director": world.director,
        "outsider": world.outsider,
    }


def group_called(world: World, db: Any, kind: str, people: dict[str, Member]) -> Space:
    if kind == "role_alike":
        group = actions.open_role_alike(
            world.facilitator, name="Seventh", roles=("teacher",), grades=world.teacher.grades
        )
        actions.step_up(world.teacher, group.space)
        return group.space
    space = group_of(world.teacher, people["member"], people["former"], people["suspended"], access=kind)
    actions.remove_from_group(world.teacher, space, people["former"].id)
    if kind == "request":
        actions.ask_to_join_group(people["asker"], space)
    else:
        actions.invite_to_group(world.teacher, space, people["invited"])
    return space


def shown(as_member: Browser, viewer: Member, door: str, pair: tuple[Contribution, Contribution]) -> bool:
    return CANARY in PROBES[door](Visit(viewer, as_member(viewer), *pair))


@pytest.mark.parametrize("kind", KINDS)
def test_every_door_of_every_group_for_everybody(
    kind: str, world: World, db: Any, as_member: Browser
) -> None:
    people = people_of(world)
    pair = post_with_everything(world, group_called(world, db, kind, people))
    sees = NETWORK if kind == "open" else INSIDE
    suspended = people.pop("suspended")
    theirs = as_member(suspended)
    suspended.account.suspended_at = clock.now()
    db.session.commit()
    for door in sorted(PROBES):
        for who, viewer in people.items():
            allowed = who == "lead" if door in OWN_ONLY else who in sees and door in SHOWS_TEXT
            if door in ("commitments", "report") and who == "lead":
                allowed = False  # nobody commits to their own idea, or reports it
            assert shown(as_member, viewer, door, pair) == allowed, (door, who)
        if door not in BEFORE_THE_WALL:
            assert CANARY not in PROBES[door](Visit(suspended, theirs, *pair)), door


def test_only_leads_see_what_is_for_leads(world: World, db: Any, as_member: Browser) -> None:
    people = people_of(world)
    space = group_called(world, db, "open", people)
    question = make_post(people["member"], space, "words", title=f"{CANARY}?", kind="question")
    for who, viewer in people.items():
        assert shown(as_member, viewer, "for leads", (question, question)) == (who == "lead"), who


def test_who_leaves_finds_every_door_closed_at_once(world: World, db: Any, as_member: Browser) -> None:
    space = group_of(world.teacher, world.colleague, access="secret")
    pair = post_with_everything(world, space)
    assert shown(as_member, world.colleague, "page", pair)
    actions.leave_group(world.colleague, space)
    for door in sorted(PROBES):
        assert not shown(as_member, world.colleague, door, pair), door
