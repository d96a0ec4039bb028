"""A live page without a browser: Flask-SocketIO's test client, apart from the test's own context.

`Ear` is one connected socket; `tell(app)` does what the tail of a web process does all the time.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from flask import Flask

from app.core import streams
from app.core.realtime import socketio
from app.core.realtime.tail import Tail, deliver
from app.networks.models import Member
from tests.support.clients import apart, signed_in

Listen = Callable[[Member], "Ear"]


@contextmanager
def listening(app: Flask) -> Iterator[Listen]:
    """`listen(member)` opens a page's ear; all are closed at the end, and the tail begins here."""
    app.extensions["tail"] = Tail(streams.last_event_id())
    with ExitStack() as ends:

        def listen(member: Member) -> Ear:
            ear = Ear(app, member)
            ends.callback(ear.close)
            return ear

        yield listen


class Ear:
    """A member's open page: what it is told, in order."""

    def __init__(self, app: Flask, member: Member) -> None:
        browser = signed_in(app.test_client(), member.account)  # type: ignore[arg-type]
        self._socket = apart(socketio.test_client, app, flask_test_client=browser)

    @property
    def is_open(self) -> bool:
        return bool(self._socket.is_connected())

    def ask(self, event: str, data: Any) -> Any:
        """Send an event; its answer."""
        return apart(self._socket.emit, event, data, callback=True)

    def join(self, **after: int | None) -> dict[str, dict[str, Any]]:
        """Join streams, as in `join(space_3=4)`; the answer of each by its name."""
        asked = [{"stream": name.replace("_", ":"), "after": last} for name, last in after.items()]
        return {said["stream"]: said for said in self.ask("stream:join", {"streams": asked})["streams"]}

    def heard(self) -> list[tuple[str, dict[str, Any]]]:
        """Kind and payload of what came since the last time."""
        return [(said["name"], said["args"][0]) for said in self._socket.get_received()]

    def close(self) -> None:
        if self.is_open:
            apart(self._socket.disconnect)


def tell(app: Flask) -> None:
    """Deliver what happened since the last time to all who listen."""
    tail: Tail = app.extensions["tail"]
    deliver(tail.read())
