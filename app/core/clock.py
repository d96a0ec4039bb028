"""Time: `now()` is aware UTC. Placeholder until the ports branch lands."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
