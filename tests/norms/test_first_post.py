"""The norms beside a first post: until something is shared, or they are put away."""

from collections.abc import Callable
from typing import Any

from app.networks.models import Member
from tests.support.clients import Client
from tests.support.factories import World, make_post

Browser = Callable[[Member], Client]
HINT = "Your first one: how we talk here"


def test_they_stand_beside_the_first_post_only(world: World, as_member: Browser) -> None:
    browser, home = as_member(world.teacher), f"/n/{world.network.slug}"
    for page in ("share/question", "threads/new"):
        shown = browser.get(f"{home}/{page}").text
        assert HINT in shown
        assert "All voices" in shown
    make_post(world.teacher, world.commons)
    assert HINT not in browser.get(f"{home}/share/question").text
    assert HINT in as_member(world.colleague).get(f"{home}/share/question").text


def test_they_can_be_put_away(world: World, as_member: Browser, db: Any) -> None:
    browser, home = as_member(world.teacher), f"/n/{world.network.slug}"
    answer = browser.post(f"{home}/norms/hint", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.data) == (200, b"")
    assert HINT not in browser.get(f"{home}/share/question").text
