"""Where one is in a talk: forwards as one reads, back only on purpose, and nobody else's."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from app.contributions import actions
from app.contributions.actions import posting
from app.contributions.models import Contribution
from app.contributions.queries.checks import positions
from app.contributions.queries.reading import place_of
from app.core.access import NotFound
from app.core.db import db
from app.networks.models import Member
from tests.support.clients import Client
from tests.support.factories import World, make_group, make_reply
from tests.threads.conftest import Thread
from tests.threads.test_pages import here

Browser = Callable[[Any], Client]


def test_a_place_moves_forwards_only(world: World, thread: Thread) -> None:
    root = thread(replies=5)
    assert place_of(world.principal, root.id) is None
    assert actions.read_up_to(world.principal, root, 3) == 3
    assert actions.read_up_to(world.principal, root, 2) == 3
    assert actions.read_up_to(world.principal, root, 99) == 5
    assert place_of(world.principal, root.id) == 5


def test_mark_unread_is_the_one_way_back(world: World, thread: Thread) -> None:
    root = thread(replies=5)
    actions.read_up_to(world.principal, root, 5)
    assert actions.unread_from(world.principal, root, 2) == 1
    assert place_of(world.principal, root.id) == 1
    actions.unread_from(world.principal, root, 1)
    assert place_of(world.principal, root.id) == 0


def test_who_had_read_all_has_read_their_own_reply(world: World, thread: Thread) -> None:
    root = thread(replies=2)
    actions.read_up_to(world.teacher, root, 2)
    actions.read_up_to(world.colleague, root, 1)
    make_reply(world.teacher, root)
    make_reply(world.colleague, root)
    assert place_of(world.teacher, root.id) == 3
    assert place_of(world.colleague, root.id) == 1


def test_a_place_in_what_one_does_not_see_is_none(world: World, thread: Thread) -> None:
    root = thread(replies=2, space=make_group(world, world.teacher, world.colleague, access="secret"))
    for viewer in (world.principal, world.facilitator, world.outsider):
        with pytest.raises(NotFound):
            actions.read_up_to(viewer, root, 1)
        with pytest.raises(NotFound):
            actions.unread_from(viewer, root, 1)


def test_the_page_tells_where_one_is(world: World, thread: Thread, as_member: Browser) -> None:
    root = thread(replies=4)
    browser = as_member(world.principal)
    script = {"Accept": "application/json"}
    answer = browser.post(here(world, root, "/place"), data={"position": "3"}, headers=script)
    assert answer.json == {"position": 3, "unread": 1}
    reply = make_reply(world.teacher, root)
    answer = browser.post(f"/n/{world.network.slug}/c/{reply.id}/unread", headers=script)
    assert answer.json == {"position": 4, "unread": 1, "root_id": root.id}
    assert browser.post(here(world, root, "/place")).status_code == 303
    assert place_of(world.principal, root.id) == 5


@pytest.mark.parametrize("position", ["-1", "x", "1.5", "٣", "9" * 12])
def test_a_nonsense_place_is_refused(position: str, world: World, thread: Thread, as_member: Browser) -> None:
    root = thread(replies=1)
    answer = as_member(world.teacher).post(here(world, root, "/place"), data={"position": position})
    assert answer.status_code == 422


def test_lists_show_what_is_unread(world: World, thread: Thread, as_member: Browser) -> None:
    read, begun, untouched = thread(replies=2), thread(replies=5), thread(replies=1)
    actions.read_up_to(world.principal, read, 2)
    actions.read_up_to(world.principal, begun, 2)
    browser = as_member(world.principal)
    html = browser.get(f"/n/{world.network.slug}/threads/").text
    lines = {
        root.id: html.split(f'data-thread-line="{root.id}"')[1].split("</li>")[0]
        for root in (read, begun, untouched)
    }
    assert "3 new" in lines[begun.id]
    assert "New<" in lines[untouched.id]
    assert "hidden" in lines[read.id]
    feed = browser.get(f"/n/{world.network.slug}/").text
    assert (
        f"&#34;unread&#34;: {{&#34;{begun.id}&#34;: 3}}" in feed or f'"unread": {{"{begun.id}": 3}}' in feed
    )


def test_what_is_held_or_gone_is_not_counted_and_its_position_not_told(
    world: World, thread: Thread, as_member: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in lists nor on the page; when it is let out it is unread for all, whatever came meanwhile."""
    root, script = thread(replies=1), {"Accept": "application/json"}
    browser, list_page = as_member(world.principal), f"/n/{world.network.slug}/threads/"
    actions.read_up_to(world.principal, root, 1)

    def told() -> tuple[int, str, str]:
        line = browser.get(list_page).text.split(f'data-thread-line="{root.id}"')[1].split("</li>")[0]
        page = browser.get(here(world, root)).text
        marks = [re.findall(rf'data-{mark}="(\d*)"', page)[0] for mark in ("last", "newest")]
        position = browser.post(here(world, root, "/place"), data={"position": "9"}, headers=script).json
        return line.count(" new<"), "/".join(marks), str(position)

    same = (0, "1/1", "{'position': 1, 'unread': 0}")

    def wait(_actor: Member, made: Contribution, **_how: Any) -> None:
        made.state, made.state_reason = "held", "watch list"

    with monkeypatch.context() as held:
        held.setattr(posting, "ask_to_wait", wait)
        first, second = (make_reply(world.colleague, root, words) for words in ("Held", "Taken back"))
    assert told() == same
    actions.remove_contribution(world.colleague, second)
    assert told() == same
    gone = make_reply(world.teacher, root, "Not for long")
    assert "1 new" in browser.get(list_page).text or "one new" in browser.get(list_page).text
    actions.remove_contribution(world.teacher, gone)
    assert told() == same
    make_reply(world.teacher, root, "Seen")
    browser.post(here(world, root, "/place"), headers=script)
    place = place_of(world.principal, root.id)
    actions.restore(first)
    db.session.refresh(first)
    assert first.position is not None
    assert place is not None
    assert first.position > place
    assert "Held" in browser.get(here(world, root)).text
    assert "one new" in browser.get(list_page).text
    assert list(positions()) == []


def test_nobody_else_learns_where_one_is(world: World, thread: Thread, as_member: Browser) -> None:
    """Two pages of another reader, before and after, are the same but for what changes by itself."""
    root = thread(replies=3)
    browser = as_member(world.teacher)

    def page() -> str:
        html = browser.get(here(world, root)).text
        return html[html.index('data-thread="') : html.index('id="reply-form"')].split("csrf")[0]

    before = page()
    actions.read_up_to(world.principal, root, 2)
    assert page() == before
