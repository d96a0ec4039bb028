"""Where nothing is yet, and what suits whom: empty feeds, the first step, the composer's line."""

from typing import Any

import pytest

from tests.support.factories import World, make_member, make_post

TRIED = "What did you try"


def page(as_member: Any, member: Any, rest: str = "") -> str:
    return str(as_member(member).get(f"/n/{member.network.slug}/{rest}").text)


def test_an_empty_feed_leads_the_hub_to_its_first_steps(world: World, as_member: Any) -> None:
    for keeper in (world.director, world.facilitator):
        shown = page(as_member, keeper)
        for step in ("Invite people", "Write the first post", "Look over the norms"):
            assert step in shown
    make_post(world.director, world.commons, "Here we go")
    assert "Invite people" not in page(as_member, world.director)


def test_an_empty_feed_says_to_others_what_it_is_for(world: World, as_member: Any) -> None:
    shown = page(as_member, world.teacher)
    assert "This is where your network thinks aloud" in shown
    assert "Share what you tried" in shown
    assert "Invite people" not in shown
    assert "by nobody else" in page(as_member, world.teacher, "spaces/cedar/")


@pytest.mark.parametrize("role", ["teacher", "teacher_leader", "coach", "principal", "researcher", None])
def test_only_who_teaches_is_asked_what_they_tried(role: str | None, world: World, as_member: Any) -> None:
    member = make_member(world.network, "Robin Role", role=role)
    asked = role not in ("principal", "researcher")
    assert (TRIED in page(as_member, member)) is asked
    first = as_member(member).get(f"/n/{world.network.slug}/share/").location
    assert first.endswith("/share/tried_it" if asked else "/share/update")
    step = page(as_member, member, "welcome/first-step")
    assert TRIED not in step
    for offer in ("Say hello", "Ask a question", "Read what was tried"):
        assert offer in step


def test_the_hub_is_not_asked_what_it_tried(world: World, as_member: Any) -> None:
    assert TRIED not in page(as_member, world.director)
    assert "What would you like to share" in page(as_member, world.director)


def test_all_filters_are_a_page_of_their_own_without_a_script(world: World, as_member: Any) -> None:
    address = f"/n/{world.network.slug}/filters"
    browser = as_member(world.teacher)
    assert "<html" in browser.get(address).text
    fragment = browser.get(address, headers={"HX-Request": "true"}).text
    assert "<html" not in fragment
    assert "Every school" in fragment
