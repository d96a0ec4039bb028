"""Each way into a talk, for everybody: the page and its windows, lists, words, summaries, the move."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions import actions
from app.contributions.models import Contribution
from app.core.realtime import registry
from app.threads.actions import sum_up
from tests.contributions.test_visibility import EVERYONE, SEES, space_called
from tests.support.clients import Client
from tests.support.factories import World, make_reply
from tests.threads.conftest import Thread

Browser = Callable[[Any], Client]
CANARY = "CNRY-5d03e7"
SHOWING = ("", "/window", "/head", "/words", "/summaries", "/card", "?reply={reply}", "?quote={reply}")
STEWARDS_ONLY = ("/summary", "/move", "/edit-thread")


@pytest.fixture
def planted(world: World, db: Any, thread: Thread) -> Callable[[str], tuple[Contribution, Contribution]]:
    """A thread and a reply in the space called so, by the teacher, the canary in every text."""

    def plant(kind: str) -> tuple[Contribution, Contribution]:
        space = space_called(world, db, kind)
        root = thread(space=space, words=f"{CANARY} opening", title=f"{CANARY} title")
        reply = make_reply(world.teacher, root, f"{CANARY} reply")
        make_reply(world.teacher, root, "See above", excerpt=actions.Excerpt(reply.id, 0, len(CANARY)))
        sum_up(world.teacher, root, html=f"<p>{CANARY} in short</p>")
        return root, reply

    return plant


def opened(browser: Client, world: World, root: Contribution, reply: Contribution, rest: str) -> str:
    at = f"/n/{world.network.slug}/c/{root.id}{rest.format(reply=reply.id)}"
    return browser.get(at, follow_redirects=True).text


@pytest.mark.parametrize("kind", SEES)
def test_who_sees_the_space_sees_its_threads_and_nobody_else(
    kind: str, world: World, as_member: Browser, planted: Any
) -> None:
    root, reply = planted(kind)
    for who in EVERYONE:
        browser = as_member(getattr(world, who))
        seen = who in SEES[kind]
        for rest in SHOWING:
            assert (CANARY in opened(browser, world, root, reply, rest)) == seen, (who, rest)
        for rest in STEWARDS_ONLY:
            shown = CANARY in opened(browser, world, root, reply, rest)
            hub_in_commons = kind == "commons" and who in ("facilitator", "director")
            steward = who == "teacher" or (hub_in_commons and rest != "/edit-thread")
            assert shown == (seen and steward), (who, rest)
        mine = browser.get(f"/n/{world.network.slug}/threads/").text
        theirs = browser.get(f"/n/{world.network.slug}/spaces/{root.space.slug}/threads/").text
        assert (CANARY in theirs) == seen, who
        assert seen or CANARY not in mine, who


@pytest.mark.parametrize("verb", ["lock", "answer", "move", "place", "unread", "summary", "edit-thread"])
def test_what_one_may_not_see_one_may_not_touch(
    verb: str, world: World, as_member: Browser, planted: Any
) -> None:
    root, reply = planted("secret group")
    fields = {"on": "1", "position": "1", "space": world.commons.id, "html": "<p>x</p>", "title": "x"}
    about = reply if verb in ("answer", "unread") else root
    for who in ("neighbour", "facilitator", "director", "outsider"):
        browser = as_member(getattr(world, who))
        answer = browser.post(f"/n/{world.network.slug}/c/{about.id}/{verb}", data=fields)
        nowhere = browser.post(f"/n/{world.network.slug}/c/999999/{verb}", data=fields)
        assert (answer.status_code, nowhere.status_code) == (404, 404), who
    assert not root.locked
    assert root.space_id != world.commons.id


@pytest.mark.parametrize("state", ["held", "removed"])
def test_what_is_held_or_removed_leaves_the_talk(
    state: str, world: World, as_member: Browser, planted: Any
) -> None:
    root, reply = planted("commons")
    make_reply(world.colleague, root, "By somebody else")
    browser = as_member(world.colleague)
    for gone in (reply, root):
        assert CANARY in opened(browser, world, root, reply, "")
        (actions.hold if state == "held" else actions.take_down)(gone, reason="privacy")
    for rest in SHOWING:
        assert CANARY not in opened(browser, world, root, reply, rest), rest
    for place in ("threads/", "spaces/commons/threads/", ""):
        assert CANARY not in browser.get(f"/n/{world.network.slug}/{place}").text


def test_a_place_is_told_to_its_own_member_alone(world: World, planted: Any) -> None:
    root, _reply = planted("commons")
    actions.read_up_to(world.principal, root, 1)
    from sqlalchemy import select

    from app.core.db import db
    from app.core.streams import StreamEvent

    told = db.session.scalars(select(StreamEvent).where(StreamEvent.kind == "place:moved")).one()
    assert told.stream == f"member:{world.principal.id}"
    assert registry.payload("place:moved", told.subject_id) == {
        "root_id": root.id,
        "position": 1,
        "unread": 1,
        "back": False,
    }
    for who in EVERYONE:
        seat = registry.authorize(getattr(world, who).account, told.stream)
        assert (seat is not None) == (who == "principal"), who
