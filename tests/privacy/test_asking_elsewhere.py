"""The author is asked where words stand beside contributions: suggestions, collections, profiles, groups."""

import html as entities
from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.queries.privacy import WHILE_WRITING
from app.core.db import db
from app.library.actions import collect, start_collection
from app.spaces.actions import set_who_starts
from app.spaces.models import GroupProposal
from tests.library.conftest import Make, resource
from tests.privacy.test_asking import again_as, fields_of, marks_of
from tests.support.clients import Client
from tests.support.factories import World

__all__ = ["resource"]
WORDS = "Tyrese got 4/10 on the quiz."
Browser = Callable[[Any], Client]


def sendings(world: World, resource: Make) -> dict[str, tuple[str, dict[str, Any]]]:
    """Address and fields of each place, sent by the colleague."""
    root = resource("Box plots")
    mine = start_collection(world.colleague, title="Mine", about="", space=None)
    kept = start_collection(world.colleague, title="Kept", about="", space=None)
    collect(world.colleague, kept, root)
    now = {"title": root.title, "what": "task", "grades": ["7"], "subject": "mathematics", "minutes": "20"}
    suggestion = {**now, "language": "en", "needs": "", "tags": "", "driver": ""}
    profile = {"name": world.colleague.name, "role": "teacher", "site_id": str(world.colleague.site_id or "")}
    return {
        "word of a suggestion": (f"c/{root.id}/suggest", {**suggestion, "title": "New", "word": WORDS}),
        "title of a suggestion": (f"c/{root.id}/suggest", {**suggestion, "title": WORDS}),
        "needs of a suggestion": (f"c/{root.id}/suggest", {**suggestion, "needs": WORDS}),
        "new collection": ("library/collections/new", {"title": "Best", "about": WORDS}),
        "collection": (f"library/collections/{mine.id}/edit", {"title": "Best", "about": WORDS}),
        "note in a list": (
            f"library/collections/{kept.id}/edit",
            {"title": "Kept", "about": "", f"note-{root.id}": WORDS},
        ),
        "note": (f"c/{root.id}/collect", {"collection": str(mine.id), "note": WORDS}),
        "profile": ("profile", {**profile, "story": WORDS}),
        "group": ("groups/new", {"name": "Plots", "purpose": WORDS, "access": "open"}),
    }


PLACES = (
    "word of a suggestion", "title of a suggestion", "needs of a suggestion", "new collection", "collection",
    "note in a list", "note", "profile", "group",
)  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
def test_the_words_stay_and_the_author_decides(
    where: str, world: World, as_member: Browser, resource: Make
) -> None:
    rest, fields = sendings(world, resource)[where]
    browser, address = as_member(world.colleague), f"/n/{world.network.slug}/{rest}"
    asked = browser.post(address, data=fields)
    assert asked.status_code == 422, asked.text
    assert WORDS in entities.unescape(asked.text)
    again = [*fields_of(asked.text), ("privacy_kept", marks_of(asked.text)[0])]
    assert browser.post(address, data=again_as(again)).status_code in (302, 303)


def test_what_stood_there_before_is_not_asked_about(world: World, as_member: Browser) -> None:
    world.colleague.story = WORDS
    browser, address = as_member(world.colleague), f"/n/{world.network.slug}/profile"
    fields = {"name": world.colleague.name, "role": "teacher", "site_id": str(world.colleague.site_id or "")}
    sent = browser.post(address, data={**fields, "story": WORDS, "working_on": "Ratios"})
    assert sent.status_code == 302, sent.text


def test_while_writing_so_many_letters_are_looked_at(world: World, as_member: Browser) -> None:
    browser, here = as_member(world.colleague), f"/n/{world.network.slug}"
    long = "Tiles, tiles. " * (WHILE_WRITING // 14 + 1)
    said = browser.post(f"{here}/look", json={"text": f"{WORDS} {long}", "file_keys": []}).json
    assert len(said["findings"]) == 1
    said = browser.post(f"{here}/look", json={"text": f"{long} {WORDS}", "file_keys": []}).json
    assert said["findings"] == []
    sent = browser.post(
        f"{here}/share/update", data={"body": f"{long[:8_400]}{WORDS}", "space": world.commons.id}
    )
    assert "Tyrese" in entities.unescape(sent.text)
    assert sent.status_code == 422


def test_a_proposed_group_is_asked_about_too(world: World, as_member: Browser) -> None:
    set_who_starts(world.facilitator, world.network, members=False)
    browser, address = as_member(world.colleague), f"/n/{world.network.slug}/groups/new"
    asked = browser.post(address, data={"name": "Plots", "purpose": WORDS, "access": "open"})
    assert asked.status_code == 422, asked.text
    assert db.session.query(GroupProposal).count() == 0
    again = [*fields_of(asked.text), ("privacy_kept", marks_of(asked.text)[0])]
    assert browser.post(address, data=again_as(again)).status_code in (302, 303)
    assert db.session.query(GroupProposal).count() == 1
