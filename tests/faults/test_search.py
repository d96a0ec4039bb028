"""The search's worker dies while it indexes, or somebody spoils its index: all is found again."""

import shutil
import time
from collections.abc import Callable

import pytest

from tests.faults.conftest import Rows, until
from tests.faults.visitors import Visitor
from tests.journeys.people import FEED
from tests.support.environment import ON_POSTGRESQL
from tests.support.servers import Server

pytestmark = pytest.mark.durable
Visit = Callable[[str], Visitor]
WRITTEN = 24


def finds(visitor: Visitor, word: str) -> bool:
    """Whether one result holds exactly this word."""
    return "1 result" in visitor.get(f'{FEED}search?q="{word}"').text


def ready(visitor: Visitor) -> bool:
    page = visitor.get(f"{FEED}search?q=ratio").text
    return "getting ready" not in page and "results" in page


def test_a_worker_that_is_killed_while_it_indexes_loses_nothing(
    own_server: Server, visit: Visit, rows: Rows
) -> None:
    own_server.start()
    teacher = visit("teacher")
    until(lambda: ready(teacher), "a first index")
    root = rows.one(
        "SELECT id FROM contribution WHERE kind = 'question' AND root_id IS NULL AND state = 'published'"
    )
    words = [f"quokka{chr(97 + number)}{number}" for number in range(WRITTEN)]
    for number, word in enumerate(words):
        answer = teacher.post(
            f"{FEED}c/{root}/reply", f"search-key-{number:04}", text=f"I saw a {word} today"
        )
        assert answer.status_code == 200, answer.text
        if number % 4 == 3:
            # Somewhere between reading the changes and deleting their rows.
            time.sleep(0.03 * (number % 7))
            own_server.kill("worker")
            own_server.start("worker")
    until(lambda: rows.one("SELECT count(*) FROM search_change") == 0, "everything indexed")
    assert [word for word in words if not finds(teacher, word)] == []


def test_an_index_that_was_spoilt_is_made_again(own_server: Server, visit: Visit, rows: Rows) -> None:
    own_server.start()
    teacher = visit("teacher")
    until(lambda: ready(teacher), "a first index")
    own_server.kill("worker")
    spoil(own_server, rows)
    own_server.start("worker")
    until(lambda: ready(teacher), "a new index")


def spoil(server: Server, rows: Rows) -> None:
    """As a disk would, or somebody who cleans up."""
    if ON_POSTGRESQL:
        rows.change("DELETE FROM search_state")
        return
    folder = server.data / "search"
    current = folder / (folder / "current").read_text()
    part = next(current.glob("*.seg"))
    shutil.copyfile(part, folder / "spoilt")
    data = bytearray((folder / "spoilt").read_bytes())
    data[len(data) // 2] ^= 0xFF
    part.write_bytes(data)
