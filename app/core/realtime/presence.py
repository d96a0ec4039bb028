"""Who is here now: the people who have a page open, of every web process, and nothing kept.

A page says that it is looked at (`arrive`) and when it is not any more; a socket that stands up
or goes is not here either. Each process writes whom it has into a row per stream, a few
seconds at a time and only when that changed or the row grows old, and tells its own clients
who is here in all processes. It has no number: who missed one is told the next time. Who hid is
nowhere: in no row, no number, no name.
"""

import threading
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import JSON, Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.command import command
from app.core.db import Model, Moment, db
from app.core.realtime import socketio
from app.core.realtime.relay import tell_now
from app.core.realtime.seats import room, seats

EVERY = 2.0
"""Seconds between two rounds."""
FRESH = timedelta(seconds=45)
"""A row that is older belongs to a process that is gone."""
RENEWED = 20.0
"""Seconds after which an unchanged row is written again."""
NAMED = 12
"""People who are named; the rest is a number."""
KEPT = 500

Naming = Callable[[Sequence[int]], list[dict[str, Any]]]
Hiding = Callable[[Sequence[int]], Sequence[int]]
log = structlog.get_logger()


class Presence(Model):
    """The members who have the page of a stream open in one process."""

    __tablename__ = "presence"
    __table_args__ = (Index(None, "stream"), Index(None, "at"))

    process: Mapped[str] = mapped_column(String(40), primary_key=True)
    stream: Mapped[str] = mapped_column(String(60), primary_key=True)
    members: Mapped[list[int]] = mapped_column(JSON, default=list)
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class Room:
    """What this process knows of who is where."""

    def __init__(self) -> None:
        self.process = uuid.uuid4().hex
        self._lock = threading.Lock()
        self._sids: dict[str, set[str]] = {}
        self._written: dict[str, tuple[list[int], float]] = {}
        self._told: dict[str, list[int]] = {}

    def arrive(self, sid: str, stream: str) -> None:
        with self._lock:
            self._sids.setdefault(stream, set()).add(sid)

    def leave(self, sid: str, stream: str) -> None:
        with self._lock:
            self._sids.get(stream, set()).discard(sid)

    def members(self, stream: str) -> list[int]:
        """Whom this process has there now: who still sits in that stream."""
        with self._lock:
            sids = self._sids.get(stream, set())
            seated = {
                sid: sitting.seats[stream]
                for sid in sids
                if (sitting := seats.get(sid)) and stream in sitting.seats
            }
            sids.intersection_update(seated)
            if not sids:
                self._sids.pop(stream, None)
        return sorted({seat.member_id for seat in seated.values()})[:KEPT]

    def streams(self) -> list[str]:
        with self._lock:
            return sorted({*self._sids, *self._written, *self._told})

    def due(self, stream: str, members: list[int]) -> bool:
        """Whether the row of this process says something else, or grows old."""
        before, at = self._written.get(stream, ([], 0.0))
        return members != before or (bool(members) and time.monotonic() - at > RENEWED)

    def wrote(self, stream: str, members: list[int]) -> None:
        if members:
            self._written[stream] = (members, time.monotonic())
        else:
            self._written.pop(stream, None)

    def tells(self, stream: str, everybody: list[int], *, somebody: bool) -> bool:
        """Whether this is news for the clients of this process."""
        news = self._told.get(stream, []) != everybody and somebody
        if somebody:
            self._told[stream] = everybody
        else:
            self._told.pop(stream, None)
        return news


here = Room()
_naming: list[Naming] = []
_hiding: list[Hiding] = []


def naming(function: Naming) -> Naming:
    """Register `member ids -> [{id, name, ...}]` for `presence` events."""
    _naming[:] = [function]
    return function


def hiding(function: Hiding) -> Hiding:
    """Register `member ids -> those of them who do not want to be seen as here`."""
    _hiding[:] = [function]
    return function


def _seen(members: set[int]) -> list[int]:
    """Without those who hid."""
    hidden = _hiding[0](sorted(members)) if _hiding and members else ()
    return sorted(members.difference(hidden))


def everybody(stream: str) -> list[int]:
    """Who is there and does not mind, in every process."""
    return _seen({*here.members(stream), *_elsewhere(stream)})


def _elsewhere(stream: str) -> set[int]:
    rows = select(Presence.members).where(
        Presence.stream == stream,
        Presence.process != here.process,
        Presence.at > clock.now() - FRESH,
    )
    return {member_id for members in db.session.scalars(rows) for member_id in members}


def payload(stream: str) -> dict[str, Any]:
    """`{stream, count, people}`: some of them by name."""
    members = everybody(stream)
    people = _naming[0](members[:NAMED]) if _naming and members else []
    return {"stream": stream, "count": len(members), "people": people}


def tell_again(member_id: int) -> None:
    """Somebody hid, or shows again: the clients of all processes hear at once who is where they are."""
    rows = select(Presence.stream, Presence.members).where(Presence.at > clock.now() - FRESH)
    found = {stream for stream, members in db.session.execute(rows) if member_id in members}
    found.update(stream for stream in here.streams() if member_id in here.members(stream))
    for stream in sorted(found):
        tell_now(stream, "presence", payload(stream))


def go_round() -> None:
    """Write what changed here, and tell this process's clients what changed anywhere."""
    now = {stream: here.members(stream) for stream in here.streams()}
    seen = set(_seen({member_id for members in now.values() for member_id in members}))
    shown = {stream: [each for each in members if each in seen] for stream, members in now.items()}
    changed = {stream: members for stream, members in shown.items() if here.due(stream, members)}
    if changed:
        _write(changed)
    for stream, members in now.items():
        if here.tells(stream, everybody(stream) if members else [], somebody=bool(members)):
            said = payload(stream)
            for language in seats.languages(stream):
                socketio.emit("presence", said, to=room(stream, language))
    db.session.rollback()


@command
def _write(changed: dict[str, list[int]]) -> None:
    own = Presence.process == here.process
    db.session.execute(delete(Presence).where(own, Presence.stream.in_(list(changed))))
    db.session.execute(delete(Presence).where(Presence.at < clock.now() - 2 * FRESH))
    for stream, members in changed.items():
        if members:
            db.session.add(Presence(process=here.process, stream=stream, members=members, at=clock.now()))
        here.wrote(stream, members)


def start(app: Flask) -> None:
    """Go round for as long as this process serves."""
    socketio.start_background_task(_run, app)


def _run(app: Flask) -> None:
    while True:
        socketio.sleep(EVERY)
        if not here.streams():
            continue
        try:
            with app.app_context():
                go_round()
        except Exception:
            log.exception("presence_failed")
