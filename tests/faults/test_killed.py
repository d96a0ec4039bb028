"""The server dies in the middle of posting: what it had said yes to is there, once, and whole."""

import itertools
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from tests.faults.conftest import PATIENCE, Rows, in_good_health, until
from tests.faults.visitors import Visitor
from tests.journeys.people import FEED
from tests.support.servers import Server

pytestmark = pytest.mark.durable
Visit = Callable[[str], Visitor]
PEOPLE = ("teacher", "colleague", "coach", "facilitator")
INTERRUPTED_AT_LEAST = 3
KILLS_AT_MOST = 8


@dataclass
class Writer:
    """One person who writes without a pause, and sends what had no answer again under the same key."""

    visitor: Visitor
    root: int
    space: str
    stop: threading.Event
    said: dict[str, int] = field(default_factory=dict)
    """The words of what was acknowledged, and the id that came back."""
    neighbour: "Writer | None" = None
    """Whose newest words this one learns from."""
    thanked: set[int] = field(default_factory=set)
    interrupted: int = 0
    trouble: list[str] = field(default_factory=list)

    def run(self) -> None:
        for number in itertools.count():
            if self.stop.is_set():
                return
            self._write(number)

    def _write(self, number: int) -> None:
        words, key = f"{self.visitor.who} says {number:05}.", f"{self.visitor.who}-key-{number:05}"
        newest = max(self.neighbour.said.values(), default=0) if self.neighbour else 0
        if number % 3 == 2 and newest:
            path, fields = f"{FEED}c/{newest}/react/learned", {"on": "1"}
        elif number % 2:
            path, fields = f"{FEED}share/update", {"body": words, "space": self.space}
        else:
            path, fields = f"{FEED}c/{self.root}/reply", {"text": words}
        answer = self._insist(path, key, fields)
        if answer.status_code != 200:
            self.trouble.append(f"{path}: {answer.status_code} {answer.text[:300]}")
        elif "react" in path:
            self.thanked.add(newest)
        else:
            self.said[words] = answer.json()["id"]

    def _insist(self, path: str, key: str, fields: dict[str, str]) -> requests.Response:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.visitor.post(path, key, **fields)
            except requests.ConnectionError:
                self.interrupted += 1
                assert time.monotonic() < end, f"{path} never answered"
                # A refused connection is no interruption: the server is simply not there yet.
                while not self._there() and time.monotonic() < end:
                    time.sleep(0.1)

    def _there(self) -> bool:
        host, port = self.visitor.url.removeprefix("http://").split(":")
        try:
            socket.create_connection((host, int(port)), timeout=5).close()
        except OSError:
            return False
        return True


@pytest.fixture
def writers(own_server: Server, visit: Visit) -> list[Writer]:
    """Four people at one thread; the processes run."""
    own_server.start()
    first = visit(PEOPLE[0])
    root, stop = first.share("Where do your students get stuck?"), threading.Event()
    space = first.spaces()["The whole network"]
    visitors = [first, *(visit(who) for who in PEOPLE[1:])]
    made = [Writer(visitor, root, space, stop) for visitor in visitors]
    for writer, neighbour in zip(made, [*made[1:], made[0]], strict=True):
        writer.neighbour = neighbour
    return made


def all_at_once(writers: list[Writer], disturb: Callable[[], None]) -> None:
    """Everybody writes while `disturb` runs, and then ends what they are at."""
    threads = [threading.Thread(target=writer.run, daemon=True) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        disturb()
    finally:
        for writer in writers:
            writer.stop.set()
        for thread in threads:
            thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    assert not [line for writer in writers for line in writer.trouble]


def wait_for_more(writers: list[Writer], more: int = 6) -> None:
    before = sum(len(writer.said) for writer in writers)
    until(lambda: sum(len(writer.said) for writer in writers) >= before + more, "they go on writing")


def everything_is_there_once(writers: list[Writer], server: Server, rows: Rows) -> None:
    for writer in writers:
        pattern = f"{writer.visitor.who} says %"
        kept = rows.all("SELECT text, id FROM contribution WHERE text LIKE :pattern", pattern=pattern)
        assert len(kept) == len(dict(kept)), "something is there twice"
        assert dict(kept) == writer.said, "what is kept is not what was acknowledged"
        for liked in writer.thanked:
            assert rows.one("SELECT count(*) FROM reaction WHERE contribution_id = :id", id=liked) == 1
    until(lambda: not owed(rows), "the outbox is empty")
    assert not rows.all("SELECT id, subscriber, error FROM outbox WHERE error IS NOT NULL")
    in_good_health(server)


def owed(rows: Rows) -> int:
    return int(rows.one("SELECT count(*) FROM outbox WHERE done_at IS NULL"))


def half_applied(rows: Rows) -> list[Any]:
    """Contributions of the test without their key, their line in a stream, or what is owed for them."""
    return rows.all(
        "SELECT c.id FROM contribution c WHERE c.text LIKE '% says 0%' AND ("
        " NOT EXISTS (SELECT 1 FROM idempotency_key k WHERE k.contribution_id = c.id)"
        " OR NOT EXISTS (SELECT 1 FROM stream_event e WHERE e.subject_id = c.id"
        "  AND e.kind IN ('contribution:posted', 'reply:posted')))"
    )


def test_web_is_killed_while_people_post(writers: list[Writer], own_server: Server, rows: Rows) -> None:
    def kill_until_it_hurt() -> None:
        for _ in range(KILLS_AT_MOST):
            wait_for_more(writers)
            own_server.kill("web")
            own_server.start("web")
            if sum(writer.interrupted for writer in writers) >= INTERRUPTED_AT_LEAST:
                break
        wait_for_more(writers)

    all_at_once(writers, kill_until_it_hurt)
    assert sum(writer.interrupted for writer in writers) >= INTERRUPTED_AT_LEAST, "no kill met a request"
    everything_is_there_once(writers, own_server, rows)
    assert not half_applied(rows)


def test_the_worker_is_killed_while_people_post(
    writers: list[Writer], own_server: Server, rows: Rows
) -> None:
    def kill_twice() -> None:
        for _ in range(2):
            wait_for_more(writers)
            own_server.kill("worker")
            wait_for_more(writers)
            own_server.start("worker")

    all_at_once(writers, kill_twice)
    # The row that a dead worker held is free again after its lease; nobody needs to wait for that here.
    rows.change("UPDATE outbox SET due_at = created_at WHERE done_at IS NULL")
    everything_is_there_once(writers, own_server, rows)
    twice = "SELECT through_id FROM notification_actor GROUP BY notification_id, through_id, member_id, how"
    assert not rows.all(f"{twice} HAVING count(*) > 1")


def test_an_answer_that_never_came_is_asked_for_again(own_server: Server, visit: Visit, rows: Rows) -> None:
    """The reply is in the database, the server dies before anybody hears of it."""
    own_server.start()
    teacher = visit("teacher")
    root = teacher.share("Do you give partial credit?")
    sent = teacher.raw(f"{FEED}c/{root}/reply", "a-key-of-the-test", text="Half a point.")
    with socket.create_connection(("127.0.0.1", own_server.port)) as line:
        line.sendall(sent)
        stood = until(
            lambda: rows.one("SELECT id FROM contribution WHERE text = 'Half a point.'"), "it is kept"
        )
        own_server.kill()
    own_server.start()
    assert teacher.reply(root, "Half a point.", "a-key-of-the-test") == stood
    assert rows.one("SELECT count(*) FROM contribution WHERE text = 'Half a point.'") == 1
    assert rows.one("SELECT reply_count FROM contribution WHERE id = :root", root=root) == 1
    assert teacher.post(f"{FEED}c/{root}/reply", "a-key-of-the-test", text="A point.").status_code == 422
    # Without its key the same reply would be another one, said twice: it is the key that this test is about.
    assert teacher.post(f"{FEED}c/{root}/reply", text="Half a point.").status_code == 422
    in_good_health(own_server)
