"""Bad input to every page and form of groups: a clear answer or harmless text, never a server error."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from app.spaces import actions
from app.spaces.actions.groups import Words
from tests.networks.test_bad_input import ODD
from tests.spaces.making import group_of
from tests.support.clients import Client
from tests.support.factories import World

Browser = Callable[[Any], Client]
Places = dict[str, Any]
SAID = ("name", "purpose", "access", "driver_id", "question", "welcome", "cover")
FIELDS = {
    "groups/new": ("name", "purpose", "access", "driver_id", "grades"),
    "groups/{slug}/change": (
        "name",
        "purpose",
        "access",
        "driver_id",
        "question",
        "welcome",
        "cover",
    ),
    "groups/{slug}/norms": ("ref", "title", "meaning", "example", "after"),
    "groups/{slug}/told": ("level", "mute"),
    "groups/{slug}/asks/{asker}/decline": ("reason",),
    "groups/{slug}/leave": ("successor",),
    "groups/{slug}/step-down": ("without",),
    "settings/groups/follow": ("name", "purpose", "roles", "grades"),
    "settings/groups/who-starts": ("members",),
    "settings/groups/proposals/{proposal}/decline": ("reason",),
    "settings/groups/{space}/lead": ("member",),
}
GOOD = {
    "name": "Good",
    "purpose": "Good",
    "access": "open",
    "driver_id": "",
    "roles": "coach",
    "level": "mentions",
}
QUERIES = (
    "groups/?show=all&q={odd}",
    "groups/?show={odd}&driver={odd}&grade={odd}&form={odd}&access={odd}&archived={odd}",
    "groups/?show=all&after={odd}",
    "groups/{slug}/members?q={odd}&invite={odd}&after={odd}",
    "groups/{slug}/files?show={odd}&after={odd}",
    "groups/{odd}/",
    "settings/groups?after={odd}",
    "share/update?space={odd}",
)
BODIES: dict[str, dict[str, Any]] = {
    "json": {"json": {"name": {"a": [1]}}},
    "list": {"json": [1, 2]},
    "broken json": {"data": "{", "content_type": "application/json"},
    "text": {"data": "name=x", "content_type": "text/plain"},
    "nothing": {},
}


@pytest.fixture
def places(world: World) -> dict[str, Any]:
    """A group led by the director, who is also of the hub: every form is open to them."""
    space = group_of(world.director, world.teacher, question="Why?")
    actions.ask_to_join_group(world.colleague, space)
    actions.set_who_starts(world.director, world.network, members=False)
    proposal = actions.propose_group(world.teacher, Words("A proposal", "Why not"))
    return {
        "slug": space.slug,
        "space": space.id,
        "asker": world.colleague.id,
        "proposal": proposal.id,
    }


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_in_every_field(odd: str, world: World, places: Places, as_member: Browser) -> None:
    browser, base = as_member(world.director), f"/n/{world.network.slug}/"
    for path, fields in FIELDS.items():
        for field in fields:
            sent = {name: GOOD.get(name, "") for name in fields}
            words = ODD[odd].encode("utf-8", "surrogatepass")
            sent_bytes = {**{k: v.encode() for k, v in sent.items()}, field: words}
            answer = browser.post(base + path.format(**places), data=sent_bytes)
            assert answer.status_code < 500, (path, field)
            assert "<script>alert" not in answer.text, (path, field)


@pytest.mark.parametrize("body", BODIES)
def test_odd_bodies_for_every_form(body: str, world: World, places: Places, as_member: Browser) -> None:
    browser, base = as_member(world.director), f"/n/{world.network.slug}/"
    for path in FIELDS:
        assert browser.post(base + path.format(**places), **BODIES[body]).status_code < 500, path


def test_files_and_repeated_fields(world: World, places: Places, as_member: Browser) -> None:
    browser, base = as_member(world.director), f"/n/{world.network.slug}/"
    for path, fields in FIELDS.items():
        for field in fields:
            upload = {field: (BytesIO(b"bytes"), "x.txt")}
            assert browser.post(base + path.format(**places), data=upload).status_code < 500, (path, field)
            twice = {field: ["one", "two"], f"{field}-0-x": "nested"}
            assert browser.post(base + path.format(**places), data=twice).status_code < 500, (path, field)


@pytest.mark.parametrize("odd", ["number", "control", "emoji", "sql", "html", "empty", "template"])
def test_odd_words_in_every_address(odd: str, world: World, places: Places, as_member: Browser) -> None:
    from urllib.parse import quote

    browser, base = as_member(world.director), f"/n/{world.network.slug}/"
    for path in QUERIES:
        answer = browser.get(base + path.format(**places, odd=quote(ODD[odd][:600])))
        assert answer.status_code < 500, path
        assert "<script>alert" not in answer.text, path


@pytest.mark.parametrize("number", ["0", "9223372036854775808", "99999999999999999999999"])
def test_numbers_that_no_row_has(number: str, world: World, places: Places, as_member: Browser) -> None:
    browser, base = as_member(world.director), f"/n/{world.network.slug}/"
    group = f"{base}groups/{places['slug']}/"
    paths = (
        f"{group}asks/{number}/accept",
        f"{group}invite/{number}",
        f"{group}members/{number}/lead",
        f"{group}members/{number}/remove",
        f"{base}settings/groups/{number}/archive",
        f"{base}settings/groups/proposals/{number}/accept",
    )
    for path in paths:
        assert browser.post(path).status_code == 404, path
    assert browser.get(f"{base}groups/proposals/{number}").status_code == 404
    assert browser.post(f"{group}members/{number}/uninvite").status_code in (303, 404)
