"""The database: one session, one way to write.

Nouns: `db` (Flask-SQLAlchemy), `Model` (declarative base with named constraints),
`writing()` (the write transaction that `command` opens), `is_writing()`, `empty_log()`.

Rules: SQLite runs in WAL with synchronous=FULL and foreign keys on; a transaction that
writes begins with BEGIN IMMEDIATE, admitted one at a time by a process-wide semaphore and
retried for at most ten seconds, so that no writer ever fails half way with "locked".
Nothing may yield between BEGIN and COMMIT: ports (files, mail, sockets, hashing) call
`forbid_while_writing()` first.

Neighbours: `command` is the only caller of `writing()`; migrations use the metadata.
"""

import contextvars
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, DateTime, Engine, Integer, MetaData, TypeDecorator, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase

WAIT_FOR_WRITER = 10.0
"""Seconds that a writer waits for its turn before the person is told to try again."""

_FOR_A_WHILE = ("locked", "busy", "lock timeout", "deadlock", "disk i/o error")
"""What passes by itself. SQLite calls it an I/O error when there is no room for the index of its log."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(
    model_class=Base,
    session_options={"expire_on_commit": False, "join_transaction_mode": "create_savepoint"},
)
if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True

else:
    Model = db.Model

BigId = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key. SQLite only makes its rowid the key when the type is spelt INTEGER."""


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime on every engine (SQLite forgets the zone, so it is put back)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone; use clock.now()")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class NotWritten(Exception):
    """The database could not take it; nothing was changed, and the same again may work later."""


class Busy(NotWritten):
    """The database stayed busy for longer than a person should wait."""


class NoRoom(NotWritten):
    """The disk under the database is full."""


class WroteWhileWriting(AssertionError):
    """Something slow or yielding was called between BEGIN and COMMIT."""


_one_writer = threading.Lock()
_depth: contextvars.ContextVar[int] = contextvars.ContextVar("write_depth", default=0)


def is_writing() -> bool:
    """Whether this thread or greenlet is inside a write transaction."""
    return _depth.get() > 0


def forbid_while_writing(what: str) -> None:
    """Called by every port that may be slow or yield; `what` names it in the error."""
    if is_writing():
        raise WroteWhileWriting(f"{what} was called inside a write transaction; do it before or after")


@contextmanager
def writing() -> Iterator[None]:
    """One write transaction: commits at the end, rolls back on an error.

    Rows read before it are forgotten, so that the policy checks inside see the present.
    Raises `Busy` when no turn came within ten seconds, `NoRoom` on a full disk.
    """
    db.session.commit()
    deadline = time.monotonic() + WAIT_FOR_WRITER
    if not _one_writer.acquire(timeout=WAIT_FOR_WRITER):
        raise Busy
    token = _depth.set(_depth.get() + 1)
    try:
        db.session.expire_all()
        try:
            db.session.connection(execution_options={"writing": deadline})
        except OperationalError as error:
            raise not_written(error) or Busy from error
        yield
        db.session.commit()
    except OperationalError as error:
        db.session.rollback()
        if (kind := not_written(error)) is not None:
            raise kind from error
        raise
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _depth.reset(token)
        _one_writer.release()


def not_written(error: OperationalError) -> type[NotWritten] | None:
    """What a database's own words mean to a person: no room, busy, or None for anything else."""
    words = str(error.orig).lower()
    if "is full" in words or "no space" in words:
        return NoRoom
    return Busy if any(word in words for word in _FOR_A_WHILE) else None


def _configure_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=0",
        "cache_size=-32000",
        "temp_store=MEMORY",
        "secure_delete=ON",
        # What refuses to delete a row refuses to replace one too (`moderation.models.record`).
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    deadline: float | None = connection.get_execution_options().get("writing")
    if deadline is None:
        connection.exec_driver_sql("BEGIN")
        return
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.005)


def _begin_postgresql(connection: Connection) -> None:
    if (deadline := connection.get_execution_options().get("writing")) is not None:
        left = max(1, round((deadline - time.monotonic()) * 1000))
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {left}")


def empty_log(patience: float = WAIT_FOR_WRITER) -> bool:
    """Write SQLite's log into its file and cut it to nothing, so that deleted words lie nowhere.

    False when somebody was reading or writing for all of `patience` (seconds). PostgreSQL looks
    after itself, and inside a transaction that somebody else holds there is nothing to do.
    """
    forbid_while_writing("emptying the log")
    db.session.commit()
    engine = db.engine
    if not on_sqlite() or not hasattr(engine, "raw_connection"):
        return True
    deadline = time.monotonic() + patience
    connection = engine.raw_connection()
    try:
        while connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True
    finally:
        connection.close()


def on_sqlite() -> bool:
    """Whether the bound engine is SQLite (for the few statements that differ)."""
    return db.engine.dialect.name == "sqlite"


def init_app(app: Flask) -> None:
    """Bind the database to the app and teach SQLite connections their manners."""
    db.init_app(app)
    with app.app_context():
        teach(db.engine)


def teach(engine: Engine) -> None:
    """Set the pragmas and the BEGIN of a SQLite engine; on PostgreSQL, how long a writer waits."""
    if engine.dialect.name == "postgresql" and not event.contains(engine, "begin", _begin_postgresql):
        event.listen(engine, "begin", _begin_postgresql)
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", _configure_sqlite):
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
