"""A secret group is not there: by name, count, search, mention or address.

For who may not know of it, every address of it takes the same queries and gives the same bytes as an
address that was never given to anything.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event as sa_event
from sqlalchemy.engine import Engine

from app.spaces import actions
from app.spaces.actions.groups import Words
from app.spaces.models import Space
from tests.spaces.making import group_of
from tests.support.clients import Client
from tests.support.factories import World, make_post

Browser = Callable[[Any], Client]
STRANGERS = ("colleague", "facilitator")
GETS = ("", "members", "members?q=a", "files", "files?show=photos", "leads", "change", "leave")
POSTS = (
    "join",
    "ask",
    "ask/withdraw",
    "invitation/accept",
    "invitation/decline",
    "leave",
    "told",
    "welcomed",
    "change",
    "archive",
    "restore",
    "step-down",
    "seen",
    "asks/1/accept",
    "invite/1",
    "members/1/lead",
)
SECRET_MARKS = re.compile(r'(name="csrf_token" value|name="(csrf-token|csp-nonce)" content|nonce)="[^"]*"')


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "SAVEPOINT" not in statement:  # the tests' own way to run a request apart
            statements.append(statement)

    sa_event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa_event.remove(Engine, "before_cursor_execute", note)


def answer_of(browser: Client, verb: str, path: str) -> tuple[int, str, list[str]]:
    """Status, body without what is new on every page, and the queries."""
    with counted() as statements:
        answer = (
            browser.get(path)
            if verb == "get"
            else browser.post(path, data={"answer": "a", "level": "nothing"})
        )
    return answer.status_code, SECRET_MARKS.sub("", answer.text), statements


def addresses(world: World, slug: str) -> list[tuple[str, str]]:
    group, space = f"/n/{world.network.slug}/groups/{slug}/", f"/n/{world.network.slug}/spaces/{slug}/"
    return [
        *(("get", group + rest) for rest in GETS),
        *(("get", path) for path in (space, f"{space}?kind=question", f"{space}audience")),
        *(("post", group + rest) for rest in POSTS),
    ]


@pytest.mark.parametrize("who", STRANGERS)
def test_no_address_tells_a_secret_group_from_nothing(who: str, world: World, as_member: Browser) -> None:
    space = group_of(world.teacher, access="secret", name="Gradebook pilot")
    make_post(world.teacher, space)
    nothing = space.slug[:-3] + ("abc" if not space.slug.endswith("abc") else "abd")
    browser = as_member(getattr(world, who))
    browser.get(f"/n/{world.network.slug}/groups/")
    there, nowhere = addresses(world, space.slug), addresses(world, nothing)
    for (verb, path), (_verb, other) in zip(there, nowhere, strict=True):
        real, never = answer_of(browser, verb, path), answer_of(browser, verb, other)
        assert real[0] == 404, path
        assert real[:2] == never[:2], path
        assert real[2] == never[2], path
    member = as_member(world.teacher)
    assert member.get(there[0][1]).status_code == 200, "the group is there"


@pytest.mark.parametrize("who", STRANGERS)
def test_no_list_search_or_count_knows_of_it(who: str, world: World, as_member: Browser) -> None:
    browser = as_member(getattr(world, who))
    pages = [f"/n/{world.network.slug}/groups/?show={show}" for show in ("mine", "suggested", "all")]
    pages += [
        f"/n/{world.network.slug}/groups/?show=all&q=gradebook",
        f"/n/{world.network.slug}/groups/?access=secret",
        f"/n/{world.network.slug}/spaces/mine",
        f"/n/{world.network.slug}/",
        f"/n/{world.network.slug}/share/update",
        f"/n/{world.network.slug}/members/{world.teacher.id}",
    ]
    before = [answer_of(browser, "get", page)[:2] for page in pages]
    space = group_of(world.teacher, access="secret", name="Gradebook pilot", grades=world.colleague.grades)
    make_post(world.teacher, space)
    assert [answer_of(browser, "get", page)[:2] for page in pages] == before
    assert "Gradebook pilot" in as_member(world.teacher).get(pages[0]).text


def test_a_name_that_a_secret_group_has_is_free(world: World) -> None:
    group_of(world.teacher, access="secret", name="Gradebook pilot")
    group = actions.start_group(world.colleague, Words("Gradebook pilot", "Ours"))
    assert group.space.slug == "gradebook-pilot"


def test_a_group_that_becomes_secret_leaves_its_address(world: World, as_member: Browser) -> None:
    space = group_of(world.teacher, access="request", name="Gradebook pilot")
    browser, old = as_member(world.colleague), f"/n/{world.network.slug}/groups/gradebook-pilot/"
    assert browser.get(old).status_code == 200
    actions.change_group(world.teacher, space, Words("Gradebook pilot", access="secret"))
    assert browser.get(old).status_code == 404
    assert actions.start_group(world.colleague, Words("Gradebook pilot")).space.slug == "gradebook-pilot"


def test_a_mention_reaches_nobody_outside(world: World, db: Any, outbox: Any) -> None:
    from app.contributions.actions import Piece, share
    from app.notifications.queries import lines_of
    from tests.notifications.world import mention

    space = group_of(world.teacher, world.neighbour, access="secret")
    words = mention(world.colleague) + mention(world.neighbour)
    share(world.teacher, space, Piece(kind="update", html=f"<p>{words}</p>"))
    outbox.drain()
    assert lines_of([world.colleague]).items == []
    assert [line.verb for line in lines_of([world.neighbour]).items] == ["mentioned"]


def test_the_hub_knows_that_it_exists_and_nothing_inside(world: World, as_member: Browser) -> None:
    space = group_of(
        world.teacher, world.colleague, access="secret", name="Gradebook pilot", purpose="PURPOSE-canary"
    )
    make_post(world.teacher, space, "WORDS-canary", title="TITLE-canary")
    page = as_member(world.facilitator).get(f"/n/{world.network.slug}/settings/groups").text
    assert "Gradebook pilot" in page
    assert "Tess Teacher" in page
    assert "Cole Colleague" not in page, "members are its own business while somebody leads it"
    assert "canary" not in page
    assert space.slug not in page


def test_the_hub_sees_no_conversation(world: World, db: Any, as_member: Browser) -> None:
    for kind in ("conversation", "coaching", "convening"):
        space = actions.open_group(world.network.id, name=f"Between us {kind}", access="closed")
        db.session.get(Space, space.id).kind = kind
        db.session.commit()
        actions.add_to_space(space, world.teacher)
    page = as_member(world.facilitator).get(f"/n/{world.network.slug}/settings/groups").text
    assert "Between us" not in page
