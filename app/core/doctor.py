"""The doctor: checks that what is kept twice is still the same.

Counters, positions, sequences and files are written together with what they count; a check
recounts them. Features register theirs; `flask doctor` runs all, and so do tests.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.db import db
from app.core.streams import Stream, StreamEvent

Check = Callable[[], Iterable[str]]
_checks: dict[str, Check] = {}
SHOWN = 20
"""Complaints that one check lists; the rest is counted."""


@dataclass(frozen=True)
class Finding:
    check: str
    complaint: str


def check(name: str) -> Callable[[Check], Check]:
    """Register a check: it yields a sentence for each thing that is wrong."""

    def register(function: Check) -> Check:
        _checks[name] = function
        return function

    return register


def names() -> list[str]:
    return sorted(_checks)


def examine() -> list[Finding]:
    """Run every check; an empty list is good health."""
    return [Finding(name, complaint) for name in names() for complaint in _first(_checks[name]())]


def _first(complaints: Iterable[str]) -> list[str]:
    found = list(complaints)
    return found[:SHOWN] + ([f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else [])


@check("streams: numbers without gaps")
def streams_are_whole() -> Iterable[str]:
    """Old lines are forgotten from the front, so the last number and the count from the first agree."""
    query = (
        select(
            Stream.name,
            Stream.seq,
            func.min(StreamEvent.seq).label("first"),
            func.max(StreamEvent.seq).label("last"),
            func.count(StreamEvent.id).label("lines"),
        )
        .join(StreamEvent, StreamEvent.stream == Stream.name)
        .group_by(Stream.name, Stream.seq)
    )
    for row in db.session.execute(query):
        if row.last != row.seq:
            yield f"{row.name} says {row.seq}, its last line is {row.last}"
        if row.last - row.first + 1 != row.lines:
            yield f"{row.name} has {row.lines} lines from {row.first} to {row.last}"
