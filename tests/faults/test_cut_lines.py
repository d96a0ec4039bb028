"""Lines that drop, delay, tear and half-close in the middle of a thread: each page ends with its replies.

Three pages listen through bad lines, at one web process or at two, while several people write. One writer
repeats each message, as an impatient browser does.
"""

import random
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.faults.conftest import BETWEEN, PATIENCE, Rows, beside, in_good_health
from tests.faults.visitors import Visitor
from tests.journeys.people import FEED, sign_in
from tests.support.browser import launch_arguments
from tests.support.line import Line, Mood
from tests.support.servers import Server

pytestmark = [pytest.mark.durable, pytest.mark.browser]
Visit = Callable[[str], Visitor]
EACH = 8
"""Replies of each writer."""
MOODS: list[Mood] = ["late", "torn", "half"]
PAGES = ("teacher", "colleague", "coach")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_arguments()}


@pytest.fixture
def lines() -> Iterator[Callable[[Server], Line]]:
    with ExitStack() as ends:

        def draw(server: Server) -> Line:
            line = Line(urlsplit(server.url).port or 80)
            ends.callback(line.close)
            return line

        yield draw


@pytest.fixture(params=["one", *BETWEEN])
def servers(own_server: Server, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Server]]:
    """One web process; or two, with nothing between them or a Redis."""
    if request.param == "one":
        yield [own_server.start("web")]
        return
    with beside(own_server, tmp_path if request.param == "redis" else None) as other:
        yield [own_server, other]


class Writer(threading.Thread):
    """Says its sentences one after another, each of them again when `insists`."""

    def __init__(self, visitor: Visitor, root: int, name: str, insists: bool = False) -> None:
        super().__init__(daemon=True)
        self.visitor, self.root, self.insists = visitor, root, insists
        self.sentences = [f"{name} says {number}." for number in range(EACH)]
        self.failed: Exception | None = None

    def run(self) -> None:
        try:
            for sentence in self.sentences:
                key = uuid.uuid4().hex
                first = self.visitor.reply(self.root, sentence, key)
                if self.insists:
                    assert self.visitor.reply(self.root, sentence, key) == first
        except Exception as error:
            self.failed = error


def rows_of(page: Page) -> list[str]:
    found: list[str] = page.locator("#replies [data-reply]").evaluate_all("rows => rows.map(row => row.id)")
    return found


def open_pages(
    browser: Browser, servers: list[Server], lines: Callable[[Server], Line], root: int
) -> list[tuple[Page, Line]]:
    """Each at a line of its own, in turn at the servers."""
    opened = []
    for number, who in enumerate(PAGES):
        line = lines(servers[number % len(servers)])
        page = sign_in(browser, line.url, who).page
        page.goto(f"{FEED}c/{root}")
        expect(page.locator("html")).to_have_attribute("data-live", "open", timeout=60_000)
        opened.append((page, line))
    return opened


def trouble(opened: list[tuple[Page, Line]], writers: list[Writer]) -> None:
    """While anybody writes: another mood, a cut, a mend. The pages' own scripts run meanwhile."""
    chance = random.Random(11)
    while any(writer.is_alive() for writer in writers):
        page, line = chance.choice(opened)
        line.mood = chance.choice(MOODS)
        page.wait_for_timeout(chance.uniform(50, 250))
        if chance.random() < 0.6:
            line.cut()
            page.wait_for_timeout(chance.uniform(50, 400))
            line.mend()
        line.mood = "fair"


def test_every_page_ends_with_exactly_the_replies(
    servers: list[Server],
    visit: Visit,
    lines: Callable[[Server], Line],
    browser: Browser,
    rows: Rows,
) -> None:
    people = [visit(who) for who in ("facilitator", "colleague", "principal")]
    root = people[0].start_thread("What did your class do with the number line?")
    opened = open_pages(browser, servers, lines, root)
    writers = [
        Writer(one.at(servers[number % len(servers)].url), root, one.who, insists=number == 0)
        for number, one in enumerate(people)
    ]
    for writer in writers:
        writer.start()
    trouble(opened, writers)
    for writer in writers:
        writer.join(PATIENCE)
        assert writer.failed is None, writer.failed
    last = people[1].reply(root, "And that was it.")

    written = rows.all("SELECT id, text FROM contribution WHERE root_id = :root ORDER BY position", root=root)
    said = [sentence for writer in writers for sentence in writer.sentences]
    assert sorted(text for _id, text in written) == sorted([*said, "And that was it."])
    for page, line in opened:
        line.mood = "fair"
        line.mend()
        expect(page.locator(f"#reply-{last}")).to_be_visible(timeout=90_000)
        assert rows_of(page) == [f"reply-{number}" for number, _text in written]
    in_good_health(servers[0])


def test_a_process_killed_in_the_middle_loses_nothing_acknowledged(
    own_server: Server, visit: Visit, lines: Callable[[Server], Line], browser: Browser, rows: Rows
) -> None:
    with beside(own_server) as other:
        teacher, colleague = visit("teacher"), visit("colleague")
        root = teacher.start_thread("Which manipulatives do you keep out all year?")
        ((page, _line), *_more) = open_pages(browser, [own_server], lines, root)
        acknowledged = [teacher.reply(root, f"Before {number}.") for number in range(3)]
        writer = Writer(colleague.at(other.url), root, "colleague")
        writer.start()
        own_server.kill("web")
        writer.join(PATIENCE)
        assert writer.failed is None, writer.failed
        own_server.start("web")
        acknowledged.append(teacher.reply(root, "After."))
        expect(page.locator(f"#reply-{acknowledged[-1]}")).to_be_visible(timeout=90_000)
        written = rows.all("SELECT id FROM contribution WHERE root_id = :root ORDER BY position", root=root)
        assert rows_of(page) == [f"reply-{number}" for (number,) in written]
        assert set(acknowledged) <= {number for (number,) in written}
        assert len(written) == len(acknowledged) + EACH
