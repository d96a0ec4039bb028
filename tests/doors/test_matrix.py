"""The matrix: viewer x space x state x door, by canary, with the author's side as the control.

A door that shows the author nothing of their own would pass every refusal; so for each door
some viewer must see the canary, or the test of that door fails.
"""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions import actions
from app.contributions.models import Contribution
from app.core.files import files
from app.networks.models import Member
from tests.contributions.test_visibility import EVERYONE, SEES, space_called
from tests.doors.probes import PROBES, Visit
from tests.support.clients import Client
from tests.support.factories import World, make_post, make_reply

CANARY = "CNRY-9f27c1"
SHOWS_TEXT = set(PROBES) - {
    "menu",
    "reactions",
    "typing",
    "first step",
    "export",
    "edit",
    "notification mail",
    "for leads",
    "conversations",
    "moderation",
}
"""Doors that show the text to whoever sees the contribution."""
NO_GROUP = {"commons", "convening", "coaching"}
"""Kinds of space without a group's pages."""
OWN_ONLY = {"edit", "export"}
"""Doors that show the text to its author alone."""
HISTORY = "history"

Browser = Callable[[Member], Client]


def post_with_everything(world: World, space: Any) -> tuple[Contribution, Contribution]:
    """A post and a reply whose every text carries the canary: title, words, file, earlier words."""
    file = files.put(
        f"{CANARY} inside the file".encode(),
        name=f"{CANARY}.txt",
        media_type="text/plain",
        scope="contribution",
        network_id=world.network.id,
        uploader_id=world.teacher.id,
    )
    post = make_post(
        world.teacher,
        space,
        f"{CANARY} words",
        title=f"{CANARY} title",
        kind="material",
        file_keys=[file.key],
    )
    reply = make_reply(world.teacher, post, f"{CANARY} reply")
    actions.edit_contribution(world.teacher, post, html=f"<p>{CANARY} again</p>", title=f"{CANARY} title")
    return post, reply


def shown(
    as_member: Browser, world: World, who: str, door: str, pair: tuple[Contribution, Contribution]
) -> bool:
    viewer = getattr(world, who)
    return CANARY in PROBES[door](Visit(viewer, as_member(viewer), *pair))


@pytest.mark.parametrize("kind", SEES)
def test_every_door_of_every_space_for_everybody(
    kind: str, world: World, db: Any, as_member: Browser
) -> None:
    pair = post_with_everything(world, space_called(world, db, kind))
    for door in sorted(PROBES):
        for who in EVERYONE:
            allowed = who == "teacher" if door in OWN_ONLY else who in SEES[kind] and door in SHOWS_TEXT
            if door == "group files" and kind in NO_GROUP:
                allowed = False
            if door in ("commitments", "report") and who == "teacher":
                allowed = False  # nobody commits to their own idea, or reports it
            assert shown(as_member, world, who, door, pair) == allowed, (door, who)


@pytest.mark.parametrize("state", ["held", "removed"])
@pytest.mark.parametrize("kind", ["commons", "site", "request group"])
def test_what_is_held_or_removed_leaves_every_door(
    kind: str, state: str, world: World, db: Any, as_member: Browser
) -> None:
    pair = post_with_everything(world, space_called(world, db, kind))
    colleague = "neighbour" if kind == "site" else "colleague"
    make_reply(getattr(world, colleague), pair[0], "by somebody else")
    assert shown(as_member, world, colleague, "page", pair)
    (actions.hold if state == "held" else actions.take_down)(pair[0], reason="privacy")
    if state == "removed":
        actions.take_down(pair[1], reason="privacy")
    for door in sorted(PROBES):
        for who in EVERYONE:
            if who == "teacher":
                continue
            assert not shown(as_member, world, who, door, pair), (door, who)


@pytest.mark.parametrize("standing", ["asked", "former"])
def test_who_has_left_finds_every_door_closed(
    standing: str, world: World, db: Any, as_member: Browser
) -> None:
    pair = post_with_everything(world, world.commons)
    assert shown(as_member, world, "colleague", "page", pair)
    world.colleague.standing = standing
    db.session.commit()
    for door in sorted(PROBES):
        assert not shown(as_member, world, "colleague", door, pair), door


def test_a_suspended_account_finds_every_door_closed(world: World, db: Any, as_member: Browser) -> None:
    from app.core import clock

    pair = post_with_everything(world, world.commons)
    browser = as_member(world.colleague)
    assert CANARY in PROBES["feed"](Visit(world.colleague, browser, *pair))
    world.colleague.account.suspended_at = clock.now()
    db.session.commit()
    for door in sorted(set(PROBES) - {"socket join", "live event", "export"}):
        assert CANARY not in PROBES[door](Visit(world.colleague, browser, *pair)), door


def test_another_network_and_none_answer_alike(world: World, as_member: Browser) -> None:
    """To an outsider a private thing and a thing that never was are the same 404."""
    post = make_post(world.teacher, world.commons)
    browser = as_member(world.outsider)
    there = browser.get(f"/n/{world.network.slug}/c/{post.id}")
    nowhere = browser.get(f"/n/{world.network.slug}/c/999999")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    own = world.outsider.network.slug
    assert browser.get(f"/n/{own}/c/{post.id}").status_code == 404
    assert browser.get(f"/n/{own}/").status_code == 200
