"""What changed and is not in the index yet: the index's own outbox, and what a query leaves out.

A row is written in the transaction that changed the thing, with `note`. The worker takes rows in
batches and deletes them after the index has them on disk, so that a crash repeats harmlessly and
loses nothing. Until then the owner is in nobody's reach: nothing is found that was moved, held,
removed or edited a moment ago.

Neighbours: `feeding` is the worker's side; `reach_of` callers read `changed`.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, String, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.command import command
from app.core.db import BigId, Model, Moment, db

MOST = 5_000
"""More changes than this are no small set to leave out: search says that it is catching up."""


class SearchChange(Model):
    __tablename__ = "search_change"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    owner: Mapped[str] = mapped_column(String(60))
    changed_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


def note(owners: Iterable[str], connection: Connection | None = None) -> None:
    """Say, inside the command that changed them, that these look different now."""
    rows = [{"owner": owner, "changed_at": clock.now()} for owner in owners]
    if rows:
        (connection or db.session).execute(insert(SearchChange), rows)


def changed() -> frozenset[str] | None:
    """Every owner whose document is older than its row; None when they are too many.

    Read it before the index is opened: what is missing here is in the index by then.
    """
    owners = db.session.scalars(select(SearchChange.owner).limit(MOST + 1)).all()
    return None if len(owners) > MOST else frozenset(owners)


def next_batch(size: int) -> tuple[list[int], list[str]]:
    """The oldest rows, and their owners without repeats."""
    rows = db.session.execute(
        select(SearchChange.id, SearchChange.owner).order_by(SearchChange.id).limit(size)
    )
    pairs = [(row.id, row.owner) for row in rows]
    return [number for number, _owner in pairs], list(dict.fromkeys(owner for _number, owner in pairs))


def waiting() -> int:
    """How many rows wait."""
    return db.session.scalar(select(func.count(SearchChange.id))) or 0


@command
def settle(ids: list[int]) -> None:
    """The index has them on disk."""
    db.session.execute(delete(SearchChange).where(SearchChange.id.in_(ids)))
