"""Socket handlers of the core: connect, join and leave streams.

Rules: a socket belongs to a session that is still good, comes from our own origin, and every
one of its events reads session and membership again. A refused stream answers `not_found`,
whether it exists or not.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from flask import current_app, request
from flask_login import current_user
from flask_socketio import SocketIO, disconnect, join_room, leave_room

from app.core import streams
from app.core.db import db
from app.core.doors import closed, door
from app.core.realtime import registry, tail
from app.core.realtime.registry import Seat
from app.core.realtime.seats import Sitting, room, seats

STREAMS_AT_MOST = 100
"""Streams in one `stream:join`, and that one socket may sit in at a time times three."""
handlers: dict[str, Callable[..., Any]] = {}
"""Every socket event by name, for the test that walks the doors."""


def handles(event: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a signed-in socket handler: `(account, data) -> answer`."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        handlers[event] = function
        return function

    return register


def register(socketio: SocketIO) -> None:
    """Attach connect, disconnect and everything that features have registered so far."""
    socketio.on_event("connect", _connect)
    socketio.on_event("disconnect", _disconnect)
    for event in list(handlers):
        attach(socketio, event)


def attach(socketio: SocketIO, event: str) -> None:
    socketio.on_event(event, _guarded(event))


def _guarded(event: str) -> Callable[..., Any]:
    function = handlers[event]

    @wraps(function)
    def run(*args: Any) -> Any:
        if not current_user.is_authenticated:
            disconnect()
            return {"error": "signed_out"}
        data = args[0] if args else None
        if not isinstance(data, dict):
            return {"error": "bad_request"}
        try:
            return function(current_user._get_current_object(), data)
        finally:
            db.session.rollback()

    return run


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


def _connect(_auth: Any = None) -> bool:
    session = getattr(current_user, "current_session", None)
    if not current_user.is_authenticated or session is None:
        return False
    tail.start(current_app._get_current_object())  # type: ignore[attr-defined]
    return seats.connect(Sitting(_sid(), current_user.id, session.id, current_user.language))


def _disconnect(*_reason: Any) -> None:
    seats.disconnect(_sid())


@handles("stream:join")
@door("socket join", "live event")
def join_streams(account: Any, data: dict[str, Any]) -> dict[str, Any]:
    """`{streams: [{stream, after}]}` -> per stream what came after, or reload, or not_found."""
    wanted = data.get("streams")
    if not isinstance(wanted, list) or len(wanted) > STREAMS_AT_MOST:
        return {"error": "bad_request"}
    asked = {item.get("stream"): item.get("after") for item in wanted if _is_asked(item)}
    sitting = seats.get(_sid())
    if sitting is None:
        return {"error": "signed_out"}
    full = _sit_down(account, sitting, list(asked))
    # What follows reads anew: what happened before everybody sat down is in the numbers, what
    # happens after it is told; and whoever lost a space in between does not stay in it.
    db.session.rollback()
    allowed = registry.seats_of(account, asked)
    return {"streams": _answers(sitting, asked, allowed, full)}


def _is_asked(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("stream"), str)


def _sit_down(account: Any, sitting: Sitting, names: list[str]) -> set[str]:
    """Take the seats that the account may have; the streams for which there was no room."""
    full = set()
    for name, seat in registry.seats_of(account, names).items():
        if len(sitting.seats) >= STREAMS_AT_MOST * 3 and name not in sitting.seats:
            full.add(name)
        else:
            # A client that went meanwhile has no room to enter, and hears no answer.
            with suppress(ValueError):
                join_room(room(name, sitting.language))
            seats.take(sitting.sid, name, seat)
    return full


def _answers(
    sitting: Sitting, asked: dict[str, Any], allowed: dict[str, Seat], full: set[str]
) -> list[dict[str, Any]]:
    last = streams.seqs(allowed)
    catching_up = CatchingUp(sitting.language)
    answers = []
    for name, after in asked.items():
        if name not in allowed:
            _stand_up(sitting, name)
            answers.append({"stream": name, "error": "not_found"})
        elif name in full:
            answers.append({"stream": name, "error": "too_many"})
        else:
            answers.append({"stream": name, **catching_up.after(name, after, last[name])})
    return answers


class CatchingUp:
    """What one client missed, rendered once for each subject, and not without end."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.left = streams.REPLAYED_AT_MOST
        self._made: dict[tuple[str, int], Any] = {}

    def after(self, name: str, after: Any, last: int) -> dict[str, Any]:
        if not isinstance(after, int) or isinstance(after, bool) or after < 0 or after == last:
            return {"seq": last, "events": []}
        missed = streams.missed(name, after, at_most=self.left)
        if missed is None:
            return {"seq": last, "reload": True}
        self.left -= len(missed)
        return {"seq": missed[-1].seq if missed else last, "events": [self._told(event) for event in missed]}

    def _told(self, event: streams.StreamEvent) -> dict[str, Any]:
        key = (event.kind, event.subject_id)
        if key not in self._made:
            self._made[key] = tail.render(event, self.language)
        return {"event": event.kind, **tail.wrap(event, self._made[key])}


def _stand_up(sitting: Sitting, name: str) -> None:
    if name in sitting.seats:
        leave_room(room(name, sitting.language))
        seats.leave(sitting.sid, name)


@handles("stream:leave")
@closed("only ends what was joined")
def leave_streams(_account: Any, data: dict[str, Any]) -> dict[str, Any]:
    names = data.get("streams")
    sitting = seats.get(_sid())
    for name in names if isinstance(names, list) else []:
        if isinstance(name, str) and sitting is not None:
            _stand_up(sitting, name)
    return {"ok": True}


def still_allowed(sitting: Sitting, stream: str) -> bool:
    """Whether a seat would be given again now."""
    account = registry.find_account(sitting.account_id)
    return account is not None and registry.authorize(account, stream) is not None
