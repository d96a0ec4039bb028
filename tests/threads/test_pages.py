"""The page of a thread: where it opens, what it costs, and its windows."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, insert

from app.contributions import actions
from app.contributions.models import Contribution
from app.core import clock
from tests.support.clients import Client
from tests.support.factories import World, make_reply
from tests.threads.conftest import Thread

Browser = Callable[[Any], Client]


def here(world: World, root: Contribution, rest: str = "") -> str:
    return f"/n/{world.network.slug}/c/{root.id}{rest}"


def positions(html: str) -> list[int]:
    """Positions of the replies on a page, in order."""
    return [
        int(found) for found in re.findall(r'id="reply-\d+" data-reply="\d+" data-position="(\d+)"', html)
    ]


def many_replies(db: Any, world: World, root: Contribution, count: int) -> None:
    """Rows as `count` replies would leave them, in bulk."""
    now = clock.now()
    common = {
        "network_id": root.network_id,
        "space_id": root.space_id,
        "kind": "reply",
        "root_id": root.id,
        "author_id": world.colleague.id,
        "html": "<p>A thought.</p>",
        "text": "A thought.",
        "card": {},
        "published_at": now,
        "created_at": now,
    }
    db.session.execute(insert(Contribution), [{**common, "position": n} for n in range(1, count + 1)])
    root.reply_seq = root.reply_count = count
    db.session.commit()


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are run inside."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def test_a_thread_has_its_own_page(world: World, as_member: Browser, thread: Thread) -> None:
    root = thread(replies=3)
    html = as_member(world.colleague).get(here(world, root)).text
    assert "Ratio tables before cross multiplication" in html
    assert positions(html) == [1, 2, 3]
    assert f'data-thread="{root.id}"' in html


def test_it_opens_at_the_first_unread_reply(
    db: Any, world: World, as_member: Browser, thread: Thread
) -> None:
    root = thread()
    many_replies(db, world, root, 300)
    actions.read_up_to(world.teacher, root, 120)
    html = as_member(world.teacher).get(here(world, root)).text
    shown = positions(html)
    assert shown[0] == 111
    assert len(shown) == 50
    line = html.index("New since you were here")
    assert html.index('data-position="120"') < line < html.index('data-position="121"')


def test_who_was_never_there_begins_at_the_beginning(
    db: Any, world: World, as_member: Browser, thread: Thread
) -> None:
    root = thread()
    many_replies(db, world, root, 80)
    html = as_member(world.principal).get(here(world, root)).text
    assert positions(html) == list(range(1, 51))
    assert "New since you were here" not in html


def test_who_has_read_all_sees_the_newest(db: Any, world: World, as_member: Browser, thread: Thread) -> None:
    root = thread()
    many_replies(db, world, root, 80)
    actions.read_up_to(world.principal, root, 80)
    html = as_member(world.principal).get(here(world, root)).text
    assert positions(html) == list(range(31, 81))
    assert "New since you were here" not in html


def test_windows_cover_every_position_once(db: Any, world: World, as_member: Browser, thread: Thread) -> None:
    root = thread()
    many_replies(db, world, root, 130)
    browser, seen = as_member(world.colleague), []
    after = 0
    while True:
        html = browser.get(here(world, root, f"/window?after={after}")).text
        seen += positions(html)
        if "data-later" not in html:
            break
        after = int(re.search(r'data-last="(\d+)"', html)[1])  # type: ignore[index]
    assert seen == list(range(1, 131))
    before = browser.get(here(world, root, "/window?before=81")).text
    assert positions(before) == list(range(31, 81))
    assert 'data-first="31"' in before
    assert positions(browser.get(here(world, root, "/window?before=31")).text) == list(range(1, 31))


def test_ten_thousand_replies_cost_what_sixty_do(
    db: Any, world: World, as_member: Browser, thread: Thread
) -> None:
    short, long = thread(), thread()
    many_replies(db, world, short, 60)
    many_replies(db, world, long, 10_000)
    browser = as_member(world.teacher)
    asked = []
    for root, place in ((short, 0), (short, 5), (long, 0), (long, 9000)):
        actions.read_up_to(world.teacher, root, place)
        with counted() as said:
            answer = browser.get(here(world, root))
        asked.append((len(said), len(answer.data)))
    queries = {count for count, _size in asked}
    sizes = [size for _count, size in asked]
    assert len(queries) == 1, asked
    assert max(sizes) < 1.1 * min(sizes), asked


def test_a_link_to_a_reply_opens_the_page_around_it(
    db: Any, world: World, as_member: Browser, thread: Thread
) -> None:
    root = thread()
    many_replies(db, world, root, 200)
    last = make_reply(world.teacher, root, "The very last.")
    browser = as_member(world.principal)
    answer = browser.get(f"/n/{world.network.slug}/c/{last.id}")
    assert answer.headers["Location"].endswith(f"/c/{root.id}?at=201#reply-{last.id}")
    assert (
        browser.get(here(world, root, f"?reply={last.id}")).headers["Location"].endswith(f"#reply-{last.id}")
    )
    assert positions(browser.get(here(world, root, "?at=100")).text)[0] == 91


def test_nonsense_in_the_address_is_left_out(world: World, as_member: Browser, thread: Thread) -> None:
    root = thread(replies=2)
    browser = as_member(world.colleague)
    for rest in ("?at=-1", "?at=x", "?before=٣", "?after=99999999999", "?at=999999999", "?quote=zz"):
        assert browser.get(here(world, root, rest)).status_code == 200, rest
    for rest in ("?reply=999999", "?quote=999999"):
        assert browser.get(here(world, root, rest)).status_code == 404, rest


def test_a_taken_back_opening_leaves_the_talk(world: World, as_member: Browser, thread: Thread) -> None:
    root = thread(replies=1, words="CANARY opening", title="CANARY title")
    actions.remove_contribution(world.teacher, root)
    answer = as_member(world.colleague).get(here(world, root))
    assert answer.status_code == 200
    assert "CANARY" not in answer.text
    assert "Thought number 1." in answer.text
