"""Streams: the gap-free, numbered record behind everything live.

Nouns: a *stream* (`space:3`, `contribution:7`, `member:9`) has a row with its last number;
a *stream event* is one numbered line of it and names a kind and a subject, never any HTML.

Rules: numbers come from the stream's own row inside the writing transaction, streams locked
in sorted order, so that order is commit order. Lines are kept thirty days.

Neighbours: `events.settle` appends; `tail` and `realtime` read.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment, db, on_sqlite
from app.core.events import Entry

KEPT = timedelta(days=30)
REPLAYED_AT_MOST = 300
"""Lines that a client may be given to catch up, over all its streams; a longer gap is a reload."""


class Stream(Model):
    __tablename__ = "stream"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(BigId)


class StreamEvent(Model):
    __tablename__ = "stream_event"
    __table_args__ = (UniqueConstraint("stream", "seq"), Index(None, "created_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    stream: Mapped[str] = mapped_column(String(60), ForeignKey("stream.name", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column(BigId)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigId)
    created_at: Mapped[datetime] = mapped_column(Moment)


def append(entries: Iterable[Entry]) -> None:
    """Number and store `entries` in the open transaction, keeping their order per stream."""
    by_stream: dict[str, list[Entry]] = {}
    for entry in entries:
        by_stream.setdefault(entry.stream, []).append(entry)
    now = clock.now()
    rows = []
    for name in sorted(by_stream):
        lines = by_stream[name]
        last = _advance(name, len(lines))
        for offset, entry in enumerate(lines):
            seq = last - len(lines) + 1 + offset
            rows.append(
                {
                    "stream": name,
                    "seq": seq,
                    "kind": entry.kind,
                    "subject_id": entry.subject_id,
                    "created_at": now,
                }
            )
    if rows:
        db.session.execute(insert(StreamEvent), rows)


def _advance(name: str, by: int) -> int:
    upsert = sqlite.insert if on_sqlite() else postgresql.insert
    fresh = upsert(Stream).values(name=name, seq=by)
    advanced = fresh.on_conflict_do_update(index_elements=[Stream.name], set_={"seq": Stream.seq + by})
    return int(db.session.execute(advanced.returning(Stream.seq)).scalar_one())


def seqs(names: Iterable[str]) -> dict[str, int]:
    """The last number of each stream, 0 for one that has none. Read it before the rows."""
    wanted = list(names)
    found = db.session.execute(select(Stream.name, Stream.seq).where(Stream.name.in_(wanted)))
    numbers = {row.name: row.seq for row in found}
    return {name: numbers.get(name, 0) for name in wanted}


def missed(name: str, after: int, *, at_most: int = REPLAYED_AT_MOST) -> list[StreamEvent] | None:
    """What came after number `after`, oldest first; None when it is more than `at_most`, or too old."""
    last = seqs([name])[name]
    if after > last:
        return None
    if after == last:
        return []
    query = select(StreamEvent).where(StreamEvent.stream == name, StreamEvent.seq > after)
    rows = list(db.session.scalars(query.order_by(StreamEvent.seq).limit(at_most + 1)))
    whole = bool(rows) and rows[0].seq == after + 1 and len(rows) <= at_most
    return rows if whole else None


def last_event_id() -> int:
    """The newest line of any stream: where a starting tail begins."""
    return db.session.scalar(select(func.max(StreamEvent.id))) or 0


def forget_old() -> int:
    """Delete lines older than thirty days; returns how many. Inside a command."""
    result = db.session.execute(delete(StreamEvent).where(StreamEvent.created_at < clock.now() - KEPT))
    return int(getattr(result, "rowcount", 0))
