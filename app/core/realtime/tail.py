"""The tail: each web process reads new stream events and tells its own clients.

It is poked after this process's own commits and polls at least every 500 ms for those of
others. On PostgreSQL ids may become visible out of order; an id that is missing is waited for
(a moment later it appears, or its transaction was rolled back) while later ones are told.

Four kinds are the tail's own: `access:lost` (stream `member:<id>`, subject a space),
`access:checked` (stream `access:<space>`, which nobody hears: all who sit through the space are asked
again), `access:changed` (any stream: it is of another scope now) and `session:ended` (stream
`account:<id>`, subject a session): they end delivery before anything else of the same batch is told.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from app.core import events, streams
from app.core.db import db
from app.core.realtime import presence, registry, relay, socketio
from app.core.realtime.seats import room, seats

POLL = 0.5
GAP_PATIENCE = 10.0
"""Seconds after which a missing id is taken for a rolled-back one."""
BATCH = 500
log = structlog.get_logger()


class Tail:
    """Where this process has read to: `low`, and the ids above it that were already told."""

    def __init__(self, low: int) -> None:
        self.low = low
        self.told: set[int] = set()
        self.gap_since: float | None = None

    def read(self) -> list[streams.StreamEvent]:
        """New events, oldest first."""
        query = select(streams.StreamEvent).where(streams.StreamEvent.id > self.low)
        found = list(db.session.scalars(query.order_by(streams.StreamEvent.id).limit(BATCH + len(self.told))))
        fresh = [event for event in found if event.id not in self.told]
        self.told.update(event.id for event in fresh)
        self._advance()
        return fresh

    def _advance(self) -> None:
        while self.low + 1 in self.told:
            self.low += 1
            self.told.discard(self.low)
        if not self.told:
            self.gap_since = None
        elif self.gap_since is None:
            self.gap_since = time.monotonic()
        elif time.monotonic() - self.gap_since > GAP_PATIENCE:
            self.low, self.gap_since = min(self.told) - 1, None
            self._advance()


_started = threading.Lock()


def init_app(app: Flask) -> None:
    app.extensions["tail"] = None


def start(app: Flask) -> None:
    """Start this process's tail once, before the first client joins anything."""
    with _started:
        if app.extensions["tail"] is not None:
            return
        tail = app.extensions["tail"] = Tail(streams.last_event_id())
    socketio.start_background_task(_run, app, tail)
    relay.start(app)
    presence.start(app)


def _run(app: Flask, tail: Tail) -> None:
    while True:
        events.wake.wait(POLL)
        events.wake.clear()
        try:
            with app.app_context():
                _one_view_of_the_rows()
                deliver(tail.read())
        except Exception:
            log.exception("tail_failed")
            socketio.sleep(POLL)


def _one_view_of_the_rows() -> None:
    """What is told comes from the same moment as the batch; on SQLite a transaction has that by itself."""
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def deliver(fresh: list[streams.StreamEvent]) -> None:
    """Tell this process's clients of `fresh` events: what ends delivery first, then the others in order.

    Rows are told as they are now, so who was shut out later in this batch would hear what was said after it.
    """
    for event in fresh:
        if event.kind in ENDINGS:
            ENDINGS[event.kind](event)
    made: dict[tuple[str, int, str], Any] = {}
    for event in fresh:
        if event.kind not in SILENT:
            _tell(event, made)


def _tell(event: streams.StreamEvent, made: dict[tuple[str, int, str], Any]) -> None:
    for language in seats.languages(event.stream):
        key = (event.kind, event.subject_id, language)
        if key not in made:
            made[key] = render(event, language)
        _seat_within(event.stream, made[key])
        socketio.emit(event.kind, wrap(event, made[key]), to=room(event.stream, language))


def _seat_within(stream: str, payload: Any) -> None:
    """Words written after a move may be told with a number from before it: only to who sees them now."""
    scope = payload.get(registry.WITHIN) if payload else None
    if scope is not None and not registry.is_scope(stream, scope) and seats.scopes(stream) - {scope}:
        _reseat(stream)


def render(event: streams.StreamEvent, language: str) -> Any:
    """The payload of an event in a language, from the current rows; None if all is gone."""
    with force_locale(language):
        return registry.payload(event.kind, event.subject_id)


def wrap(event: streams.StreamEvent, payload: Any) -> dict[str, Any]:
    """The envelope of the protocol: stream, number and id are always there."""
    told = dict(registry.shown_in(event.stream, payload) or {})
    told.pop(registry.WITHIN, None)
    return {"id": event.subject_id, **told, "stream": event.stream, "seq": event.seq}


def _recheck(member_id: int | None, scope: str) -> None:
    from app.core.realtime.sockets import still_allowed

    for sitting, stream, _seat in seats.holding(member_id=member_id, scope=scope):
        if not still_allowed(sitting, stream):
            drop(sitting.sid, stream, sitting.language)


def _reseat(stream: str) -> None:
    """What the stream is about went to another scope: seats are given anew, or end."""
    for sitting in seats.all():
        if stream not in sitting.seats:
            continue
        account = registry.find_account(sitting.account_id)
        seat = registry.authorize(account, stream) if account is not None else None
        if seat is None:
            drop(sitting.sid, stream, sitting.language)
        else:
            seats.take(sitting.sid, stream, seat)


ENDINGS: dict[str, Callable[[streams.StreamEvent], None]] = {
    "session:ended": lambda event: _end_session(event.subject_id),
    "access:lost": lambda event: _recheck(int(event.stream.partition(":")[2]), f"space:{event.subject_id}"),
    "access:checked": lambda event: _recheck(None, f"space:{event.subject_id}"),
    "access:changed": lambda event: _reseat(event.stream),
}
SILENT = frozenset({"session:ended", "access:lost", "access:checked"})
"""Kinds that are told to nobody as they are."""


def drop(sid: str, stream: str, language: str) -> None:
    """End one socket's hearing of one stream, and say so."""
    seats.leave(sid, stream)
    socketio.server.leave_room(sid, room(stream, language), namespace="/")
    socketio.emit("access:lost", {"stream": stream}, to=sid)


def _end_session(session_id: int) -> None:
    for sitting in seats.of_session(session_id):
        socketio.server.disconnect(sitting.sid, namespace="/")
