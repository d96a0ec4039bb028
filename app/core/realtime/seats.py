"""Who sits where in this process: sockets, their session, language and streams.

Rules: a socket's rooms are `<stream>|<language>`, because a payload is rendered once for each
language that has listeners. A seat remembers the member and the scope it was given for, so
that losing a space ends exactly what came through it.
"""

import threading
from dataclasses import dataclass, field

from app.core.realtime.registry import Seat

SOCKETS_AT_MOST = 50
"""Open sockets of one account in one process: many open pages, and not without end."""


@dataclass
class Sitting:
    """One connected socket."""

    sid: str
    account_id: int
    session_id: int
    language: str
    seats: dict[str, Seat] = field(default_factory=dict)


class Seats:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sittings: dict[str, Sitting] = {}
        self._listeners: dict[str, dict[str, int]] = {}

    def connect(self, sitting: Sitting) -> bool:
        """Take one more socket in; False when its account has as many as it may."""
        with self._lock:
            theirs = sum(other.account_id == sitting.account_id for other in self._sittings.values())
            if theirs >= SOCKETS_AT_MOST:
                return False
            self._sittings[sitting.sid] = sitting
            return True

    def open_count(self) -> int:
        """Sockets connected to this process now."""
        return len(self._sittings)

    def get(self, sid: str) -> Sitting | None:
        return self._sittings.get(sid)

    def take(self, sid: str, stream: str, seat: Seat) -> bool:
        """Sit down; False when the socket is gone."""
        with self._lock:
            sitting = self._sittings.get(sid)
            if sitting is None:
                return False
            if stream not in sitting.seats:
                self._count(stream, sitting.language, 1)
            sitting.seats[stream] = seat
            return True

    def leave(self, sid: str, stream: str) -> None:
        with self._lock:
            sitting = self._sittings.get(sid)
            if sitting and sitting.seats.pop(stream, None):
                self._count(stream, sitting.language, -1)

    def disconnect(self, sid: str) -> Sitting | None:
        with self._lock:
            sitting = self._sittings.pop(sid, None)
            for stream in sitting.seats if sitting else ():
                self._count(stream, sitting.language if sitting else "", -1)
            return sitting

    def languages(self, stream: str) -> list[str]:
        """The languages in which somebody here listens to `stream`."""
        with self._lock:
            return [language for language, count in self._listeners.get(stream, {}).items() if count > 0]

    def scopes(self, stream: str) -> set[str]:
        """The scopes through which somebody here hears `stream`."""
        with self._lock:
            given = (sitting.seats.get(stream) for sitting in self._sittings.values())
            return {seat.scope for seat in given if seat is not None}

    def holding(
        self, *, member_id: int | None = None, scope: str | None = None
    ) -> list[tuple[Sitting, str, Seat]]:
        """Every seat given to a member, or for a scope, or both."""
        with self._lock:
            return [
                (sitting, stream, seat)
                for sitting in self._sittings.values()
                for stream, seat in sitting.seats.items()
                if (member_id is None or seat.member_id == member_id)
                and (scope is None or seat.scope == scope)
            ]

    def of_session(self, session_id: int) -> list[Sitting]:
        with self._lock:
            return [sitting for sitting in self._sittings.values() if sitting.session_id == session_id]

    def all(self) -> list[Sitting]:
        with self._lock:
            return list(self._sittings.values())

    def _count(self, stream: str, language: str, by: int) -> None:
        counts = self._listeners.setdefault(stream, {})
        counts[language] = counts.get(language, 0) + by
        if counts[language] <= 0:
            del counts[language]
        if not counts:
            self._listeners.pop(stream, None)


seats = Seats()


def room(stream: str, language: str) -> str:
    return f"{stream}|{language}"
