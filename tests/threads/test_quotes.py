"""Quotes by reference: filled in when shown, true to what stands there now."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.contributions import actions
from app.contributions.actions import Excerpt
from app.contributions.actions.quoting import BadExcerpt
from app.contributions.models import Contribution
from app.contributions.queries.replies import reply_row
from app.core.access import NotFound
from app.core.realtime import registry
from tests.support.clients import Client
from tests.support.factories import World, make_group, make_reply
from tests.threads.conftest import Thread
from tests.threads.test_pages import here

Browser = Callable[[Any], Client]


def quoting(world: World, root: Contribution, of: Contribution, words: str) -> Contribution:
    start = of.text.index(words)
    excerpt = Excerpt(of.id, start, start + len(words))
    return make_reply(world.teacher, root, "I see it as you do.", excerpt=excerpt)


def shown(reply: Contribution) -> str:
    payload = registry.payload("reply:posted", reply.id)
    assert payload is not None
    return str(payload["html"])


def test_a_quote_shows_the_words_and_whose_they_are(world: World, thread: Thread, app: Flask) -> None:
    root = thread()
    first = make_reply(world.colleague, root, "Tables first, then the double number line.")
    html = shown(quoting(world, root, first, "double number line"))
    assert "<blockquote>double number line</blockquote>" in html
    assert "Cole Colleague wrote:" in html


def test_the_opening_can_be_quoted_too(world: World, thread: Thread, app: Flask) -> None:
    root = thread(words="Begin with paint, or with trail mix?")
    assert "<blockquote>trail mix</blockquote>" in shown(quoting(world, root, root, "trail mix"))


def test_a_quote_goes_along_when_the_words_move(world: World, thread: Thread, app: Flask) -> None:
    root = thread()
    first = make_reply(world.colleague, root, "Tables first.")
    answer = quoting(world, root, first, "Tables first")
    version = answer.version
    actions.edit_contribution(world.colleague, first, html="<p>If I may: Tables first. Then talk.</p>")
    assert "<blockquote>Tables first</blockquote>" in shown(answer)
    row = reply_row(answer.id)
    assert row is not None
    assert row.version > version


def test_a_quote_says_when_its_words_are_gone(world: World, thread: Thread, app: Flask) -> None:
    root = thread()
    first = make_reply(world.colleague, root, "CANARY tables first.")
    answer = quoting(world, root, first, "CANARY tables")
    actions.edit_contribution(world.colleague, first, html="<p>Something else.</p>")
    assert "CANARY" not in shown(answer)
    assert "were changed since" in shown(answer)


@pytest.mark.parametrize("verb", ["remove", "hold"])
def test_what_is_taken_back_is_in_no_quote(
    verb: str, world: World, thread: Thread, as_member: Browser
) -> None:
    root = thread()
    first = make_reply(world.colleague, root, "CANARY tables first.")
    answer = quoting(world, root, first, "CANARY tables")
    if verb == "remove":
        actions.remove_contribution(world.colleague, first)
    else:
        actions.hold(first, reason="privacy")
    assert "CANARY" not in shown(answer)
    assert "CANARY" not in as_member(world.principal).get(here(world, root)).text
    actions.restore(first)
    assert "<blockquote>CANARY tables</blockquote>" in shown(answer)


def test_only_the_same_talk_can_be_quoted(world: World, thread: Thread) -> None:
    secret = make_group(world, world.teacher, world.colleague, access="secret")
    hidden, root = thread(replies=1, space=secret), thread(replies=1)
    for of in (hidden, root):
        for reply_to in (thread(), root if of is hidden else hidden):
            with pytest.raises(NotFound):
                make_reply(world.teacher, reply_to, "See", excerpt=Excerpt(of.id, 0, 3))


@pytest.mark.parametrize(("start", "stop"), [(0, 0), (5, 2), (-1, 3), (0, 10_000), (0, 1001)])
def test_nonsense_is_no_excerpt(start: int, stop: int, world: World, thread: Thread) -> None:
    root = thread()
    first = make_reply(world.colleague, root, "Tables. " * 200)
    with pytest.raises(BadExcerpt):
        make_reply(world.teacher, root, "See", excerpt=Excerpt(first.id, start, stop))


@pytest.mark.parametrize(
    "quote",
    ["x", 3, [1], {}, {"quote_id": "x"}, {"quote_id": True, "from": 0, "to": 3}, {"quote_id": 1, "from": 0},
     {"quote_id": 1, "from": 1.5, "to": 3}, {"quote_id": 2**80, "from": 0, "to": 3}],
)  # fmt: skip
def test_a_client_s_nonsense_is_refused_with_a_sentence(
    quote: Any, world: World, thread: Thread, as_member: Browser
) -> None:
    root = thread()
    browser = as_member(world.teacher)
    answer = browser.post(
        here(world, root, "/reply"),
        json={"text": "See", "quote": quote},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code in (200, 400, 404, 422), answer.text
    assert answer.status_code == 200 if quote == {} else answer.json["error"]


def test_a_form_quotes_by_its_fields(world: World, thread: Thread, as_member: Browser) -> None:
    root = thread()
    first = make_reply(world.colleague, root, "Tables first.")
    browser = as_member(world.teacher)
    page = browser.get(here(world, root, f"?quote={first.id}&answer={first.id}")).text
    assert f'name="quote_id" value="{first.id}"' in page
    fields = {"text": "Yes.", "quote_id": first.id, "quote_from": "0", "quote_to": "6", "parent_id": first.id}
    browser.post(here(world, root, "/reply"), data=fields)
    assert "<blockquote>Tables</blockquote>" in browser.get(here(world, root)).text
