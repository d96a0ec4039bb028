"""Who may do what with a group: verb x tie, as a table."""

from typing import Any

import pytest

from app.networks.models import Member, Network
from app.spaces.models import Group, Space
from app.spaces.policy import groups as policy
from app.spaces.policy.groups import Tie

ACCESS = ("open", "request", "invite", "secret")
TIES = ("outside", "asked", "invited", "member", "lead")


def person(**given: Any) -> Member:
    network = Network(id=1, settings={})
    given = {"standing": "active", "is_facilitator": False, "is_director": False, **given}
    return Member(id=7, network_id=1, network=network, **given)


def tie(
    kind: str, access: str = "request", *, archived: bool = False, follows: str | None = None, **given: Any
) -> Tie:
    from app.core import clock

    space = Space(
        id=3,
        network_id=1,
        kind="group" if follows is None else "role_alike",
        access=access,
        follows=follows,
        archived_at=clock.now() if archived else None,
    )
    role = kind if kind in ("member", "lead") else None
    return Tie(
        person(**given),
        space,
        Group(space_id=3),
        role=role,
        has_asked=kind == "asked",
        is_invited=kind == "invited",
        has_stepped_out=kind == "out",
    )


def who(verb: Any, **more: Any) -> set[tuple[str, str]]:
    return {(kind, access) for kind in TIES for access in ACCESS if verb(tie(kind, access, **more))}


def every(*kinds: str) -> set[tuple[str, str]]:
    return {(kind, access) for kind in kinds for access in ACCESS}


EXPECTED: dict[str, set[tuple[str, str]]] = {
    "can_join": {("outside", "open"), ("asked", "open"), ("invited", "open")},
    "can_ask": {("outside", "request")},
    "can_answer_invitation": every("invited"),
    "can_answer_asks": every("lead"),
    "can_invite": every("lead") | {("member", "open")},
    "can_leave": every("member", "lead"),
    "can_step_out": set(),
    "can_change_group": every("lead"),
    "can_choose_leads": every("lead"),
    "can_archive": every("lead"),
    "can_restore": set(),
    "can_see_for_leads": every("lead"),
    "can_choose_level": every("member", "lead"),
}


@pytest.mark.parametrize("verb", EXPECTED)
def test_who_may(verb: str) -> None:
    assert who(getattr(policy, verb)) == EXPECTED[verb]


ARCHIVED = {"can_leave", "can_see_for_leads", "can_choose_level"}


@pytest.mark.parametrize("verb", EXPECTED)
def test_an_archived_group_takes_nothing_new(verb: str) -> None:
    expected = EXPECTED[verb] if verb in ARCHIVED else every("lead") if verb == "can_restore" else set()
    assert who(getattr(policy, verb), archived=True) == expected


@pytest.mark.parametrize("verb", EXPECTED)
@pytest.mark.parametrize("standing", ["paused", "former"])
def test_who_takes_a_break_changes_nothing_for_others(verb: str, standing: str) -> None:
    stays = {"can_leave", "can_see_for_leads"} | ({"can_choose_level"} if standing == "paused" else set())
    assert who(getattr(policy, verb), standing=standing) == (EXPECTED[verb] if verb in stays else set())


@pytest.mark.parametrize("verb", EXPECTED)
def test_a_hub_role_changes_nothing_here(verb: str) -> None:
    assert who(getattr(policy, verb), is_facilitator=True, is_director=True) == EXPECTED[verb]


def test_who_follows_a_role_steps_out_and_in() -> None:
    inside, out = tie("member", "closed", follows="place"), tie("out", "closed", follows="place")
    assert policy.can_step_out(inside)
    assert not policy.can_leave(inside)
    assert policy.can_step_in(out)
    assert not policy.can_step_in(inside)
    assert not policy.can_remove(tie("lead", "closed", follows="place"), 8)
    assert policy.can_remove(tie("lead"), 8)
    assert not policy.can_remove(tie("lead"), 7), "oneself is leaving"


def test_nobody_steps_out_of_their_school() -> None:
    assert not policy.can_step_out(tie("member", "closed", follows="site"))


@pytest.mark.parametrize("now", ACCESS)
@pytest.mark.parametrize("then", [*ACCESS, "closed", "anything"])
def test_a_group_never_becomes_open(now: str, then: str) -> None:
    allowed = then == now or then in ("request", "invite", "secret")
    assert policy.can_change_access(tie("lead", now), then) == allowed
    assert not policy.can_change_access(tie("member", now), then)


def test_the_hub_helps_only_where_nobody_leads() -> None:
    space = tie("outside").space
    fay = person(is_facilitator=True)
    assert policy.can_help_along(fay, space, has_lead=False)
    assert not policy.can_help_along(fay, space, has_lead=True)
    assert not policy.can_help_along(person(), space, has_lead=False)
    assert not policy.can_help_along(person(is_director=True, standing="paused"), space, has_lead=False)
    elsewhere = Space(id=4, network_id=2, kind="group", access="request")
    assert not policy.can_help_along(fay, elsewhere, has_lead=False)
    for kind in ("site", "conversation", "coaching", "convening"):
        assert not policy.can_help_along(fay, Space(network_id=1, kind=kind), has_lead=False)


def test_who_starts_groups_is_the_networks_choice() -> None:
    anyone, fay = person(), person(is_facilitator=True)
    assert policy.can_start_group(anyone)
    assert not policy.can_propose_group(anyone)
    anyone.network.settings = fay.network.settings = {"members_start_groups": False}
    assert not policy.can_start_group(anyone)
    assert policy.can_propose_group(anyone)
    assert policy.can_start_group(fay)
    assert not policy.can_propose_group(fay)
    assert not policy.can_start_group(person(standing="paused"))


def test_pins_are_the_leads_and_in_the_commons_the_hubs() -> None:
    group, commons = tie("lead").space, Space(network_id=1, kind="commons", access="open")
    assert policy.can_pin(person(), group, is_lead=True)
    assert not policy.can_pin(person(is_facilitator=True), group, is_lead=False)
    assert policy.can_pin(person(is_facilitator=True), commons, is_lead=False)
    assert not policy.can_pin(person(), commons, is_lead=True)
    assert not policy.can_pin(person(), tie("lead", archived=True).space, is_lead=True)
