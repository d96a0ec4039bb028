"""The matrix for conversations: every door, for everybody in every position, by canary.

Its messages are replies, so the canary is in them, in a file and in an edited word; that anybody talks
at all is a secret too, so the doors are also searched for who and how many.
"""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions import actions
from app.contributions.models import Contribution
from app.conversations.actions import begin_conversation, leave_conversation
from app.core import clock
from app.core.files import files
from app.core.realtime import registry
from app.networks.actions import pause
from app.networks.models import Member
from app.spaces.models import Space
from tests.doors.probes import PROBES, Visit
from tests.support.clients import Client
from tests.support.factories import World, make_reply

CANARY = "CNRY-51ab77"
Browser = Callable[[Member], Client]
OUTSIDE = ("neighbour", "colleague", "facilitator", "director", "outsider")
SHOWS_TEXT = {"page", "notification", "socket join", "live event", "conversations", "export"}
"""Doors through which the people of a conversation read what was said; `export` for the author."""
OWN_ONLY = {"export"}


@pytest.fixture
def pair(world: World) -> tuple[Contribution, Contribution]:
    """The root, and a message by the teacher that carries the canary in words, earlier words and a file."""
    begin_conversation(world.principal, [world.teacher.id], html="<p>Hello</p>")
    root = _root(world)
    file = files.put(
        f"{CANARY} inside".encode(),
        name=f"{CANARY}.txt",
        media_type="text/plain",
        scope="contribution",
        network_id=world.network.id,
        uploader_id=world.teacher.id,
    )
    message = make_reply(world.teacher, root, f"{CANARY} first words", file_keys=[file.key])
    actions.edit_contribution(world.teacher, message, html=f"<p>{CANARY} again</p>")
    return root, message


def _root(world: World) -> Contribution:
    from app.core.db import db

    query = select(Contribution).where(
        Contribution.kind == "conversation", Contribution.network_id == world.network.id
    )
    return db.session.scalars(query).one()


def _opened(
    as_member: Browser, world: World, who: str, door: str, pair: tuple[Contribution, Contribution]
) -> str:
    viewer = getattr(world, who)
    return PROBES[door](Visit(viewer, as_member(viewer), *pair))


def test_its_people_read_it_through_some_doors(
    world: World, as_member: Browser, pair: tuple[Contribution, Contribution]
) -> None:
    for door in sorted(PROBES):
        for who in ("teacher", "principal"):
            shown = CANARY in _opened(as_member, world, who, door, pair)
            if door in OWN_ONLY:
                assert shown == (who == "teacher"), (door, who)
            elif door in SHOWS_TEXT - {"notification"}:
                assert shown, (door, who)
            elif door in ("feed", "space feed", "profile", "notification mail", "first step", "commitments"):
                assert not shown, (door, who)


@pytest.mark.parametrize("door", sorted(PROBES))
def test_everybody_else_finds_every_door_closed(
    door: str, world: World, as_member: Browser, pair: tuple[Contribution, Contribution]
) -> None:
    for who in OUTSIDE:
        out = _opened(as_member, world, who, door, pair)
        assert CANARY not in out, who
        assert pair[0].space.slug not in out, who


@pytest.mark.parametrize("door", sorted(set(PROBES) - {"export"}))
def test_who_left_finds_every_door_closed(
    door: str, world: World, as_member: Browser, pair: tuple[Contribution, Contribution]
) -> None:
    assert CANARY in _opened(as_member, world, "principal", "page", pair)
    leave_conversation(world.principal, pair[0])
    assert CANARY not in _opened(as_member, world, "principal", door, pair)


@pytest.mark.parametrize("standing", ["asked", "former"])
def test_who_has_no_standing_finds_every_door_closed(
    standing: str, db: Any, world: World, as_member: Browser, pair: tuple[Contribution, Contribution]
) -> None:
    world.principal.standing = standing
    db.session.commit()
    for door in sorted(PROBES):
        assert CANARY not in _opened(as_member, world, "principal", door, pair), door


def test_a_suspended_account_hears_nothing(
    db: Any, world: World, as_member: Browser, pair: tuple[Contribution, Contribution]
) -> None:
    from app.accounts.sockets import account_of_socket

    assert CANARY in _opened(as_member, world, "principal", "page", pair)
    browser = as_member(world.principal)
    world.principal.account.suspended_at = clock.now()  # type: ignore[union-attr]
    db.session.commit()
    for door in sorted(set(PROBES) - {"socket join", "live event", "export"}):
        assert CANARY not in PROBES[door](Visit(world.principal, browser, *pair)), door
    assert account_of_socket(world.principal.account_id) is None


def test_a_break_still_reads(
    world: World, as_member: Browser, pair: tuple[Contribution, Contribution]
) -> None:
    pause(world.principal, world.principal)
    assert CANARY in _opened(as_member, world, "principal", "page", pair)


def test_the_hub_learns_neither_that_it_exists_nor_how_many_there_are(
    db: Any, world: World, as_member: Browser, new_client: Callable[[], Client], app: Any
) -> None:
    """The pages of the hub are the same, byte for byte, before and after people talked."""
    pages = ("groups/hub", "groups/", "settings/people/", "members/", "", f"members/{world.teacher.id}")

    def seen() -> list[str]:
        browser = as_member(world.director)
        return [_still(browser.get(f"/n/{world.network.slug}/{page}").text) for page in pages]

    before = seen()
    begin_conversation(world.teacher, [world.principal.id], html=f"<p>{CANARY}</p>")
    root = _root(world)
    assert seen() == before
    account = world.director.account
    assert registry.authorize(account, f"contribution:{root.id}") is None
    assert registry.authorize(account, f"space:{root.space_id}") is None
    there = as_member(world.director).get(f"/n/{world.network.slug}/c/{root.id}")
    nowhere = as_member(world.director).get(f"/n/{world.network.slug}/c/999999")
    assert (there.status_code, _still(there.text)) == (404, _still(nowhere.text))
    assert db.session.scalar(select(Space.id).where(Space.kind == "conversation")) is not None


def _still(html: str) -> str:
    """A page without what differs each time that it is made."""
    import re

    html = re.sub(r'(csrf_token" value|nonce|content|data-csrf)="[^"]*"', "", html)
    html = re.sub(r"/c/\d+", "/c/0", html)
    html = re.sub(r'data-streams="[^"]*"|"(space|member|contribution):\d+": ?\d+', "", html)
    return re.sub(r"\b[0-9a-f]{16,}\b|until=[^&\"]*", "", html)
