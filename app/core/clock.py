"""The clock: the one place that knows what time it is.

Nouns: an instant is an aware UTC datetime; a zone is an IANA name such as ``America/New_York``.
Rule: nothing else calls ``datetime.now``, so that a test can stop the time or move it.
Neighbours: everything that keeps an instant; templates show it through ``in_zone``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_shown: ContextVar[datetime | None] = ContextVar("clock_shown", default=None)
_moved: ContextVar[timedelta] = ContextVar("clock_moved", default=timedelta())


def now() -> datetime:
    """The present instant, aware, in UTC."""
    shown = _shown.get()
    return (shown if shown is not None else datetime.now(UTC)) + _moved.get()


def in_zone(instant: datetime, zone: str) -> datetime:
    """The same instant on the wall clock of `zone`; UTC where the name is unknown.

    A naive instant is refused with ValueError: it would be a guess.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(_zone(zone))


def local_time(zone: str) -> datetime:
    """What a person in `zone` reads on the wall now."""
    return in_zone(now(), zone)


def known_zone(zone: str) -> bool:
    """Whether `zone` is an IANA name that this machine knows."""
    return zone == "UTC" or _zone(zone) is not UTC


@contextmanager
def freeze(at: datetime) -> Iterator[None]:
    """Stop the clock at an aware instant (tests only)."""
    held = _shown.set(in_zone(at, "UTC"))
    still = _moved.set(timedelta())
    try:
        yield
    finally:
        _moved.reset(still)
        _shown.reset(held)


@contextmanager
def travel(delta: timedelta) -> Iterator[None]:
    """Move the clock on (or back) by `delta`, from wherever it stands (tests only)."""
    held = _moved.set(_moved.get() + delta)
    try:
        yield
    finally:
        _moved.reset(held)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
