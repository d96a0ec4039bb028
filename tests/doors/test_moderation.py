"""What was reported, held, hidden or removed: gone from every door but the copy of those who judge it."""

from collections.abc import Callable
from typing import Any

import pytest

from app.moderation import actions
from app.moderation.actions.how import How
from app.networks.models import Member
from tests.contributions.test_visibility import EVERYONE
from tests.doors.probes import PROBES
from tests.doors.test_matrix import CANARY, post_with_everything, shown
from tests.support.clients import Client
from tests.support.factories import World, make_group

Browser = Callable[[Member], Client]


@pytest.mark.parametrize("verb", ["ask_edit", "hide", "remove"])
def test_after_an_act_only_the_judges_copy_is_left(
    verb: str, world: World, db: Any, as_member: Browser
) -> None:
    pair = post_with_everything(world, world.commons)
    case = actions.report_contribution(world.colleague, pair[0], ref="n1").case
    assert shown(as_member, world, "neighbour", "report", pair), "the form shows what it is about"
    other = actions.report_contribution(world.colleague, pair[1], ref="n1").case
    for each in (other, case):
        actions.act(world.facilitator, each, actions.Wanted(verb, ref="n1", letter="Dear Tess", how=How()))
    for door in sorted(PROBES):
        for who in EVERYONE:
            if who == "teacher" or (door == "moderation" and who in ("facilitator", "director")):
                continue
            assert not shown(as_member, world, who, door, pair), (door, who)
    assert shown(as_member, world, "facilitator", "moderation", pair)


def test_a_report_from_a_secret_group_opens_the_copy_and_no_other_door(
    world: World, db: Any, as_member: Browser
) -> None:
    group = make_group(world, world.teacher, world.neighbour, access="secret", name="Whispers")
    pair = post_with_everything(world, group)
    actions.report_contribution(world.neighbour, pair[0], ref="n1")
    for door in sorted(set(PROBES) - {"moderation"}):
        assert not shown(as_member, world, "facilitator", door, pair), door
    assert shown(as_member, world, "facilitator", "moderation", pair)
    assert not shown(as_member, world, "colleague", "moderation", pair)


def test_a_case_opens_the_file_that_was_reported_and_no_other(
    world: World, db: Any, as_member: Browser
) -> None:
    """What was reported may be the picture itself: those who judge open it through the case."""
    group = make_group(world, world.teacher, world.neighbour, access="secret", name="Whispers")
    post, another = (post_with_everything(world, group)[0] for _number in range(2))
    (key,), (beside,) = ([file["key"] for file in one.card["files"]] for one in (post, another))
    case = actions.report_contribution(world.neighbour, post, ref="n1").case
    judge, there = as_member(world.facilitator), f"/moderation/{case.id}/files"
    assert f"{there}/{key}" in judge.get(f"/moderation/{case.id}").text
    assert CANARY in judge.get(f"{there}/{key}").text
    for closed in (f"{there}/{beside}", f"{there}/nothing", f"/files/{key}"):
        assert judge.get(closed).status_code == 404, closed
    for who in ("teacher", "neighbour", "colleague", "principal", "outsider"):
        assert as_member(getattr(world, who)).get(f"{there}/{key}").status_code == 404, who
    actions.act(world.facilitator, case, actions.Wanted("none", ref="n1", letter="", how=How()))
    assert judge.get(f"{there}/{key}").status_code == 404, "it is judged"
    page = judge.get(f"/moderation/{case.id}").text
    assert f"{CANARY}.txt" in page
    assert key not in page
