"""Role by verb, cell by cell: what is not in the table is not allowed."""

from collections.abc import Callable
from typing import Any

import pytest

from app.networks import policy
from app.networks.actions import change_place, pause
from app.networks.models import Member
from app.networks.policy import OPERATOR
from tests.support.factories import World, make_account, make_member

WHO = (
    "teacher",
    "principal",
    "facilitator",
    "director",
    "paused_facilitator",
    "asked",
    "former",
    "outsider",
    "outside_director",
    "operator",
)
ABOUT_NETWORK: dict[str, set[str]] = {
    "can_change_network": {"facilitator", "director", "operator"},
    "can_invite": {"facilitator", "director", "operator"},
    "can_admit": {"facilitator", "director", "operator"},
    "can_invite_facilitator": {"director", "operator"},
    "can_set_mail": set(),
}
ABOUT_TEACHER: dict[str, set[str]] = {
    "can_see_member": {"teacher", "principal", "facilitator", "director", "paused_facilitator"},
    "can_change_member": {"facilitator", "director", "operator"},
    "can_end_membership": {"facilitator", "director", "operator"},
    "can_give_hub_role": {"director", "operator"},
    "can_block": {"principal", "facilitator", "director", "paused_facilitator"},
    "can_edit_profile": {"teacher"},
    "can_put_off_norms": {"teacher"},
    "can_change_own_place": {"teacher"},
    "can_pause": {"teacher"},
    "can_return": set(),
    "can_leave": {"teacher"},
}
ABOUT_DIRECTOR: dict[str, set[str]] = {
    "can_change_member": {"facilitator", "director", "operator"},
    "can_end_membership": {"operator"},
    "can_give_hub_role": {"director", "operator"},
    "can_edit_profile": {"director"},
}
ABOUT_NEWCOMER: dict[str, set[str]] = {
    "can_confirm_site": {"teacher", "principal", "facilitator", "director", "operator"},
    "can_refuse_site": {"facilitator", "director", "operator"},
    "can_confirm_role": {"facilitator", "director", "operator"},
}
"""Somebody who says that they are a coach, at the school of the teacher and the principal."""
ABOUT_FORMER: dict[str, set[str]] = {
    "can_see_member": {"facilitator", "director"},
    "can_end_membership": set(),
    "can_edit_profile": set(),
    "can_pause": set(),
    "can_leave": set(),
}


@pytest.fixture
def actors(world: World, db: Any) -> dict[str, Any]:
    made = {
        name: getattr(world, name) for name in ("teacher", "principal", "facilitator", "director", "outsider")
    }
    made["paused_facilitator"] = make_member(world.network, "Paul", is_facilitator=True)
    pause(made["paused_facilitator"], made["paused_facilitator"])
    made["outside_director"] = make_member(
        world.outsider.network, "Otis", is_director=True, is_facilitator=True
    )
    for standing in ("asked", "former"):
        member = Member(
            network_id=world.network.id, account_id=make_account().id, name="X", standing=standing
        )
        member.is_facilitator = True
        db.session.add(member)
        made[standing] = member
    db.session.commit()
    return {**made, "operator": OPERATOR}


def allowed(verb: str, actors: dict[str, Any], target: Any) -> set[str]:
    can: Callable[..., bool] = getattr(policy, verb)
    return {who for who in WHO if can(actors[who], target)}


@pytest.mark.parametrize("verb", ABOUT_NETWORK)
def test_verbs_about_the_network(world: World, actors: dict[str, Any], verb: str) -> None:
    assert allowed(verb, actors, world.network) == ABOUT_NETWORK[verb]


@pytest.mark.parametrize("verb", ABOUT_TEACHER)
def test_verbs_about_a_teacher(world: World, actors: dict[str, Any], verb: str) -> None:
    assert allowed(verb, actors, world.teacher) == ABOUT_TEACHER[verb]


@pytest.mark.parametrize("verb", ABOUT_DIRECTOR)
def test_verbs_about_a_director(world: World, actors: dict[str, Any], verb: str) -> None:
    assert allowed(verb, actors, world.director) == ABOUT_DIRECTOR[verb]


@pytest.mark.parametrize("verb", ABOUT_NEWCOMER)
def test_verbs_about_a_school_and_a_role_that_wait(world: World, actors: dict[str, Any], verb: str) -> None:
    newcomer = make_member(world.network, "Nia New", is_facilitator=True)
    assert allowed(verb, actors, newcomer) == set(), "nothing waits"
    change_place(newcomer, newcomer, role="coach", site_id=world.cedar.id, grades=0)
    assert allowed(verb, actors, newcomer) == ABOUT_NEWCOMER[verb]
    assert not getattr(policy, verb)(newcomer, newcomer)


@pytest.mark.parametrize("verb", ABOUT_FORMER)
def test_verbs_about_somebody_who_left(actors: dict[str, Any], verb: str) -> None:
    found = allowed(verb, actors, actors["former"]) - {"former"}
    assert found == ABOUT_FORMER[verb] - {"former"}


def test_every_verb_is_in_a_table() -> None:
    verbs = {name for name in vars(policy) if name.startswith("can_")}
    alone = {"can_start_network", "can_enrol"}
    assert verbs - alone == {*ABOUT_NETWORK, *ABOUT_TEACHER, *ABOUT_DIRECTOR, *ABOUT_NEWCOMER, *ABOUT_FORMER}


@pytest.mark.parametrize("who", WHO)
def test_only_the_operator_starts_networks_and_enrols(actors: dict[str, Any], who: str) -> None:
    assert policy.can_start_network(actors[who]) is (who == "operator")
    assert policy.can_enrol(actors[who]) is (who == "operator")


def test_mail_is_for_directors_of_the_network_that_was_set_up(world: World, actors: dict[str, Any]) -> None:
    world.network.settings = {**world.network.settings, "keeps_mail": True}
    assert allowed("can_set_mail", actors, world.network) == {"director", "operator"}
    world.network.is_demo = True
    assert allowed("can_set_mail", actors, world.network) == set()


def test_a_paused_member_comes_back(actors: dict[str, Any]) -> None:
    paused = actors["paused_facilitator"]
    assert policy.can_return(paused, paused)
    assert policy.can_leave(paused, paused)
    assert not policy.can_change_own_place(paused, paused)
