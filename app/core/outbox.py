"""The outbox: what must still be told to the world after a commit.

A row is one listener of one event, written in the event's own transaction. Neighbours:
`command` appends, `drain` runs what is due, the operator sees what is stuck.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment, db
from app.core.events import Event, Subscriber, subscribers

TRIES = 10


class OutboxRow(Model):
    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "done_at", "due_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    subscriber: Mapped[str] = mapped_column(String(200))
    event: Mapped[str] = mapped_column(String(200))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str | None] = mapped_column(String(200))


def append(pairs: Iterable[tuple[Subscriber, Event]]) -> None:
    """Store what each listener is owed, in the open transaction."""
    now = clock.now()
    rows = [
        {
            "subscriber": listener.name,
            "event": f"{type(event).__module__}:{type(event).__qualname__}",
            "payload": event.payload(),
            "created_at": now,
            "due_at": now,
            "attempts": 0,
        }
        for listener, event in pairs
    ]
    if rows:
        db.session.execute(insert(OutboxRow), rows)


def due_ids(limit: int = 100, *, slow: bool | None = None) -> list[int]:
    """Rows to run now, oldest first; `slow` asks for those of slow listeners alone, or of the others."""
    waiting = [OutboxRow.done_at.is_(None), OutboxRow.due_at <= clock.now(), OutboxRow.attempts < TRIES]
    if slow is not None:
        names = [listener.name for listener in subscribers() if listener.slow]
        waiting.append(OutboxRow.subscriber.in_(names) if slow else OutboxRow.subscriber.not_in(names))
    return list(db.session.scalars(select(OutboxRow.id).where(*waiting).order_by(OutboxRow.id).limit(limit)))


def lag() -> tuple[int, float]:
    """How many rows wait, and the age in seconds of the oldest."""
    count, oldest = db.session.execute(
        select(func.count(OutboxRow.id), func.min(OutboxRow.created_at)).where(
            OutboxRow.done_at.is_(None), OutboxRow.attempts < TRIES
        )
    ).one()
    return count, (clock.now() - oldest).total_seconds() if count else 0.0


def stuck() -> list[OutboxRow]:
    """Rows that were given up on, for the operator."""
    return list(
        db.session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None), OutboxRow.attempts >= TRIES))
    )
