"""Draining the outbox: the worker's main duty.

Each due row runs in a command of its own: the listener's changes and the row's end are one
transaction, so that a crash repeats harmlessly and loses nothing. A *slow* listener (mail,
a thumbnail) runs outside any transaction and ends its row afterwards, at least once; the
worker gives those a thread of their own, so that they hold up each other and nothing else. A
failing row waits longer each time and, after ten tries, stays for the operator
(`flask outbox`). A lease keeps two workers from running one row at once; the lease of a
worker that died runs out.
"""

import importlib
from datetime import timedelta

import structlog
from sqlalchemy import delete, update

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import Event, Subscriber, subscriber
from app.core.outbox import OutboxRow, due_ids, stuck

LEASE = timedelta(seconds=8)
"""How long a row belongs to the worker that took it; a dead one's is taken again after that."""
SLOW_LEASE = timedelta(seconds=60)
KEPT = timedelta(days=7)
log = structlog.get_logger()


def drain(limit: int = 100, *, slow: bool | None = None) -> int:
    """Run what is due in this process; returns how many rows were run. `slow` as in `due_ids`."""
    ran = 0
    ids = due_ids(limit, slow=slow)
    db.session.commit()
    for row_id in ids:
        ran += _run(row_id)
    return ran


def drain_all() -> int:
    """Run until nothing is due: what a test or the command line wants."""
    total = 0
    while ran := drain():
        total += ran
    return total


def _run(row_id: int) -> int:
    row = _lease(row_id)
    if row is None:
        return 0
    listener = subscriber(row.subscriber)
    try:
        if listener is None:
            raise LookupError("no such listener in this version")
        event = _event(row)
        if listener.slow:
            listener.run(event)
        _finish(row_id, listener, event)
    except Exception as error:
        log.exception("outbox_failed", row=row_id, subscriber=row.subscriber)
        _fail(row_id, type(error).__name__)
    return 1


@command
def _lease(row_id: int) -> OutboxRow | None:
    taken = db.session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.done_at.is_(None), OutboxRow.due_at <= clock.now())
        .values(due_at=clock.now() + LEASE, attempts=OutboxRow.attempts + 1)
        .returning(OutboxRow.id)
    ).first()
    row = db.session.get(OutboxRow, row_id) if taken else None
    listener = subscriber(row.subscriber) if row is not None else None
    if row is not None and listener is not None and listener.slow:
        row.due_at = clock.now() + SLOW_LEASE
    return row


@command
def _finish(row_id: int, listener: Subscriber, event: Event) -> None:
    if event.passing:
        db.session.execute(delete(OutboxRow).where(OutboxRow.id == row_id))
    else:
        db.session.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(done_at=clock.now()))
    if not listener.slow:
        listener.run(event)


@command
def _fail(row_id: int, error: str) -> None:
    row = db.session.get(OutboxRow, row_id)
    if row is not None:
        row.error = error
        row.due_at = clock.now() + timedelta(seconds=min(3600, 2**row.attempts))


def _event(row: OutboxRow) -> Event:
    module, _, name = row.event.partition(":")
    kind: type[Event] = getattr(importlib.import_module(module), name)
    return kind(**row.payload)


@command
def retry_stuck() -> int:
    """Give every abandoned row its tries again; returns how many."""
    rows = stuck()
    for row in rows:
        row.attempts, row.due_at = 0, clock.now()
    return len(rows)


@command
def forget_done() -> None:
    """Delete rows that were finished more than a week ago."""
    db.session.execute(delete(OutboxRow).where(OutboxRow.done_at < clock.now() - KEPT))
