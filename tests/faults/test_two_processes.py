"""Two web processes on one database, with nothing between them or a Redis: both tell, both fall silent."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import socketio
from redis import Redis

from tests.faults.conftest import BETWEEN, Rows, beside, in_the_application, until
from tests.faults.visitors import Ear, Visitor
from tests.journeys.people import FEED
from tests.support.servers import Server

pytestmark = pytest.mark.durable
Visit = Callable[[str], Visitor]
Listen = Callable[..., Ear]
SAID = 12


@pytest.fixture
def second(own_server: Server, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """Another web process on the data of the first, on a port of its own; both run."""
    with beside(own_server, tmp_path if getattr(request, "param", "") == "redis" else None) as other:
        yield other


@pytest.fixture
def listen() -> Iterator[Listen]:
    with ExitStack() as ends:

        def open_ear(visitor: Visitor, **options: Any) -> Ear:
            ear = visitor.socket(**options)
            ends.callback(ear.close)
            return ear

        yield open_ear


@pytest.mark.parametrize("second", BETWEEN, indirect=True)
def test_what_is_said_at_one_is_heard_at_the_other(second: Server, visit: Visit, listen: Listen) -> None:
    teacher, colleague = visit("teacher"), visit("colleague")
    root = teacher.share("What do you do with early finishers?")
    stream = f"contribution:{root}"
    near, far = listen(teacher), listen(colleague.at(second.url), transports=["polling"])
    for ear in (near, far):
        assert ear.join(stream, after=0) == [{"stream": stream, "seq": 0, "events": []}]
    # From both sides in turn: the numbers come from the database, whoever asks.
    said = [
        (teacher if number % 2 else colleague.at(second.url)).reply(root, f"Idea {number}.")
        for number in range(SAID)
    ]
    for ear in (near, far):
        until(lambda ear=ear: said[-1] in ear.ids("reply:posted"), "the last reply is heard")  # type: ignore[misc]
        assert ear.ids("reply:posted") == said
        assert [
            data["seq"] for name, data in ear.heard if "seq" in data and data["stream"] == stream
        ] == list(range(1, SAID + 1))


@pytest.mark.parametrize("second", [it for it in BETWEEN if it == "redis"], indirect=True)
def test_a_redis_carries_who_is_writing(second: Server, visit: Visit, listen: Listen) -> None:
    teacher, colleague = visit("teacher"), visit("colleague")
    root = teacher.share("Rulers or paces?")
    stream = f"contribution:{root}"
    writer, near, far = listen(teacher), listen(colleague), listen(colleague.at(second.url))
    for ear in (writer, near, far):
        ear.join(stream, after=0)
    for nonsense in (b"not json", b"[]", b"{}", b'{"process": "x", "kind": "now"}', b"null"):
        shout(second.env["REDIS_URL"], nonsense)
    writer.line.call("typing", {"stream": stream})
    for ear in (near, far):
        until(lambda ear=ear: "typing" in ear.names, "both hear who is writing")  # type: ignore[misc]
    assert [ear.names.count("typing") for ear in (writer, near, far)] == [0, 1, 1]


def shout(url: str, message: bytes) -> None:
    """Say something on every channel that anybody listens to."""
    with Redis.from_url(url) as line:
        channels = line.pubsub_channels()
        assert channels
        for channel in channels:
            line.publish(channel, message)


def test_who_comes_late_gets_what_was_missed(second: Server, visit: Visit, listen: Listen) -> None:
    teacher, colleague = visit("teacher"), visit("colleague")
    root = teacher.share("Calculators?")
    stream = f"contribution:{root}"
    said = [teacher.reply(root, f"Thought {number}.") for number in range(3)]
    (answer,) = listen(colleague.at(second.url)).join(stream, after=1)
    assert [event["id"] for event in answer["events"]] == said[1:]


def leaves(leaver: Visitor, _server: Server, _rows: Rows) -> None:
    assert leaver.submit(f"{FEED}membership/leave", sure="1").is_redirect


def is_sent_away(_leaver: Visitor, server: Server, rows: Rows) -> None:
    """By a facilitator, at the other process."""
    member = rows.one(
        "SELECT m.id FROM member m JOIN account a ON a.id = m.account_id"
        " JOIN network n ON n.id = m.network_id"
        " WHERE a.email = 'coach@demo.example' AND n.slug = 'middle-grades-math'"
    )
    with closing(Visitor(server.url, "facilitator")) as facilitator:
        assert facilitator.submit(f"{FEED}settings/people/{member}/end", sure="1").is_redirect


def is_suspended(_leaver: Visitor, server: Server, _rows: Rows) -> None:
    """By the operator, in a process without any socket."""
    in_the_application(
        server,
        """
        from app.accounts.actions import suspend_account
        from app.accounts.queries import account_of_address
        suspend_account(None, account_of_address("coach@demo.example"))
        """,
    )


def signs_out(leaver: Visitor, _server: Server, _rows: Rows) -> None:
    assert leaver.submit("/sign-out").is_redirect


@pytest.mark.parametrize("ending", [leaves, is_sent_away, is_suspended, signs_out])
def test_who_may_no_longer_hear_hears_nothing(
    ending: Callable[[Visitor, Server, Rows], None], second: Server, visit: Visit, listen: Listen, rows: Rows
) -> None:
    teacher, colleague, leaver = visit("teacher"), visit("colleague"), visit("coach")
    root = teacher.share("Homework: yes or no?")
    stream = f"contribution:{root}"
    ears = [listen(leaver), listen(leaver.at(second.url))]
    stays = listen(colleague.at(second.url))
    for ear in (*ears, stays):
        assert "error" not in ear.join(stream, after=0)[0]
    first = teacher.reply(root, "Before.")
    for ear in (*ears, stays):
        until(lambda ear=ear: first in ear.ids("reply:posted"), "all hear the first")  # type: ignore[misc]
    ending(leaver, second, rows)
    for ear in ears:
        until(lambda ear=ear: deaf(ear, stream), "delivery ends")  # type: ignore[misc]
    last = teacher.reply(root, "After.")
    until(lambda: last in stays.ids("reply:posted"), "who stays hears on")
    # A round trip on each socket that is still open: whatever was on its way has arrived by then.
    for ear in ears:
        if ear.line.connected:
            assert ear.join(stream, after=0) == [{"stream": stream, "error": "not_found"}]
        assert last not in ear.ids("reply:posted")


def deaf(ear: Ear, stream: str) -> bool:
    lost = any(name == "access:lost" and data["stream"] == stream for name, data in ear.heard)
    return lost or not ear.line.connected


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_foreign_page_gets_no_socket(
    transport: str, own_server: Server, visit: Visit, listen: Listen
) -> None:
    own_server.start("web")
    teacher = visit("teacher")
    listen(teacher, transports=[transport])
    for origin in ("https://evil.example", "null", own_server.url.replace("http:", "https:")):
        with pytest.raises(socketio.exceptions.ConnectionError):
            listen(teacher, transports=[transport], origin=origin)
    teacher.session.cookies.clear()
    with pytest.raises(socketio.exceptions.ConnectionError):
        listen(teacher, transports=[transport])


# The client's library drops the connection that the server closed in the middle of its message.
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_too_long_a_message_ends_only_its_own_line(
    transport: str, own_server: Server, visit: Visit, listen: Listen
) -> None:
    own_server.start("web")
    teacher, colleague = visit("teacher"), visit("colleague")
    root = teacher.share("Whole class or groups?")
    stream = f"contribution:{root}"
    stays, loud = listen(colleague), listen(teacher, transports=[transport])
    for ear in (stays, loud):
        ear.join(stream, after=0)
    loud.line.emit("reply:create", {"contribution_id": root, "html": "a" * 70_000, "key": "far-too-long"})
    until(lambda: not loud.line.connected, "the long message closes the line that sent it")
    said = teacher.reply(root, "Groups.")
    until(lambda: said in stays.ids("reply:posted"), "the other hears on")
    assert stays.ids("reply:posted") == [said]
