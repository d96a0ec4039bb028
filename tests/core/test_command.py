"""Commands: one transaction, one drain, nothing slow inside, no half-written anything."""

import dataclasses
import threading
from dataclasses import dataclass
from typing import Any

import greenlet
import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Account
from app.core import db as core_db
from app.core import events, streams, worker
from app.core.command import command
from app.core.db import Busy, WroteWhileWriting, forbid_while_writing, is_writing
from app.core.doors import closed
from app.core.drain import drain, drain_all, retry_stuck
from app.core.events import Entry, Event, on, publish
from app.core.outbox import TRIES, OutboxRow, lag, stuck
from app.core.streams import StreamEvent


@dataclass(frozen=True)
class Rang(Event):
    number: int

    def entries(self) -> list[Entry]:
        return [Entry("bell:1", "bell:rang", self.number), Entry("attic:1", "bell:rang", self.number)]


heard: list[tuple[str, int, bool]] = []
broken = {"now": False}


@on(Rang)
def hear_inside(event: Rang) -> None:
    heard.append(("inside", event.number, is_writing()))


@on(Rang, after=True)
@closed("a bell has no words")
def hear_after(event: Rang) -> None:
    if broken["now"]:
        raise OSError("the bell tower is closed")
    heard.append(("after", event.number, is_writing()))


@on(Rang, slow=True)
@closed("a bell has no words")
def hear_slowly(event: Rang) -> None:
    heard.append(("slow", event.number, is_writing()))


@pytest.fixture(autouse=True)
def _quiet() -> None:
    heard.clear()
    broken["now"] = False


@command
def ring(number: int, *, fail: bool = False) -> None:
    core_db.db.session.add(Account(name=f"ringer {number}"))
    publish(Rang(number))
    if fail:
        raise RuntimeError("the rope broke")


def lines(db: Any, stream: str) -> list[int]:
    query = select(StreamEvent.seq).where(StreamEvent.stream == stream).order_by(StreamEvent.seq)
    return list(db.session.scalars(query))


def test_what_is_true_together_is_written_together(db: Any) -> None:
    ring(1)
    assert heard == [("inside", 1, True)]
    assert lines(db, "bell:1") == lines(db, "attic:1") == [1]
    assert db.session.scalar(select(func.count(OutboxRow.id))) == 2


def test_a_failing_command_leaves_nothing_and_uses_no_number(db: Any) -> None:
    with pytest.raises(RuntimeError):
        ring(1, fail=True)
    assert db.session.scalar(select(func.count(Account.id))) == 0
    assert db.session.scalar(select(func.count(OutboxRow.id))) == 0
    ring(2)
    assert lines(db, "bell:1") == [1]


def test_a_command_inside_a_command_joins_it(db: Any) -> None:
    @command
    def both() -> None:
        ring(1)
        ring(2)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        both()
    assert db.session.scalar(select(func.count(Account.id))) == 0


def test_slow_listeners_have_a_lane_of_their_own(db: Any) -> None:
    ring(3)
    assert drain(slow=False) == 1
    assert heard[-1] == ("after", 3, True)
    assert drain(slow=True) == 1
    assert heard[-1] == ("slow", 3, False)
    assert "slow listeners" in worker._duties


def test_the_outbox_runs_each_listener_once_and_slow_ones_outside(db: Any) -> None:
    ring(7)
    assert drain_all() == 2
    assert drain_all() == 0
    assert sorted(heard[1:]) == [("after", 7, True), ("slow", 7, False)]


def test_a_failing_listener_waits_and_is_tried_again(db: Any, clock: Any) -> None:
    ring(1)
    broken["now"] = True
    drain_all()
    assert ("after", 1, True) not in heard
    assert lag()[0] == 1
    broken["now"] = False
    assert drain_all() == 0, "not before its time"
    clock.move(minutes=2)
    drain_all()
    assert ("after", 1, True) in heard


def test_what_fails_ten_times_waits_for_the_operator(db: Any, clock: Any) -> None:
    ring(1)
    broken["now"] = True
    for _ in range(TRIES):
        drain_all()
        clock.move(hours=2)
    assert [row.attempts for row in stuck()] == [TRIES]
    broken["now"] = False
    assert retry_stuck() == 1
    drain_all()
    assert ("after", 1, True) in heard


def test_publishing_outside_a_command_is_a_mistake(db: Any) -> None:
    with pytest.raises(RuntimeError, match="outside a command"):
        publish(Rang(1))


def test_ports_refuse_to_work_inside_a_transaction(db: Any) -> None:
    @command
    def slow() -> None:
        forbid_while_writing("a long walk")

    with pytest.raises(WroteWhileWriting, match="long walk"):
        slow()
    forbid_while_writing("a long walk")


def test_files_mail_and_hashing_refuse_inside_a_transaction(app: Flask, db: Any) -> None:
    from app.core.files import files
    from app.core.hashing import hash_password
    from app.core.mail import send_mail

    ports = (
        lambda: files.put(b"x", name="x.txt", media_type="text/plain", scope="contribution"),
        lambda: hash_password("five quiet otters"),
        lambda: send_mail("a@example.org", "Hello", "Hello"),
    )
    for port in ports:
        with pytest.raises(WroteWhileWriting):
            command(port)()


def test_nothing_yields_between_begin_and_commit(db: Any, world: Any) -> None:
    """The whole of posting runs in one greenlet, without a switch, from BEGIN to COMMIT."""
    from tests.support.factories import make_post, make_reply

    switches: list[str] = []

    def watch(event: str, _args: object) -> None:
        if is_writing():
            switches.append(event)

    before = greenlet.settrace(watch)
    try:
        root = make_post(world.teacher, world.commons)
        make_reply(world.colleague, root)

        @command
        def yields() -> None:
            greenlet.greenlet(lambda: None).switch()

        assert switches == []
        yields()
        assert switches, "a yield inside a command would be seen"
    finally:
        greenlet.settrace(before)


@pytest.mark.durable
def test_two_writers_take_turns_and_numbers_have_no_gaps(app: Flask, db: Any) -> None:
    def many(first: int) -> None:
        with app.app_context():
            for number in range(first, first + 15):
                ring(number)

    threads = [threading.Thread(target=many, args=(100 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert lines(db, "bell:1") == list(range(1, 61))
    assert lines(db, "attic:1") == list(range(1, 61))


@pytest.mark.durable
def test_a_database_that_stays_locked_is_said_and_nothing_is_lost(
    app: Flask, db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "sqlite":
        return
    monkeypatch.setattr(core_db, "WAIT_FOR_WRITER", 0.2)
    other = db.engine.raw_connection()
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Busy):
            ring(1)
        assert db.session.scalar(select(func.count(Account.id))) == 0, "reading goes on"
    finally:
        other.execute("ROLLBACK")
        other.close()
    ring(1)
    assert lines(db, "bell:1") == [1]


def test_a_gap_that_is_too_long_or_too_old_is_a_reload(db: Any) -> None:
    for number in range(5):
        ring(number)
    assert [event.seq for event in streams.missed("bell:1", 2) or []] == [3, 4, 5]
    assert streams.missed("bell:1", 5) == []
    assert streams.missed("bell:1", 9) is None, "a number from the future"
    db.session.execute(StreamEvent.__table__.delete().where(StreamEvent.seq < 3))
    assert streams.missed("bell:1", 1) is None
    assert [event.seq for event in streams.missed("bell:1", 2) or []] == [3, 4, 5]


def test_the_tail_waits_for_a_missing_id_and_goes_on(db: Any) -> None:
    """As on PostgreSQL, where a line may become visible after one with a higher id."""
    from app.core.realtime.tail import Tail

    for number in range(3):
        ring(number)
    rows = list(db.session.scalars(select(StreamEvent).order_by(StreamEvent.id)))
    tail = Tail(rows[0].id - 1)
    late, rows_seen = rows[1], []
    keep = {column.name: getattr(late, column.name) for column in StreamEvent.__table__.columns}
    db.session.delete(late)
    db.session.commit()
    rows_seen += [event.id for event in tail.read()]
    assert tail.low == rows[0].id, "it does not pass the gap"
    db.session.execute(StreamEvent.__table__.insert().values(**keep))
    db.session.commit()
    rows_seen += [event.id for event in tail.read()]
    assert sorted(rows_seen) == [row.id for row in rows]
    assert rows_seen.count(late.id) == 1
    assert tail.read() == []
    assert not tail.told


def test_events_hold_no_text_that_a_person_wrote() -> None:
    """Every event's fields are numbers (or several), flags and short words."""
    import app.contributions.events as contributions
    import app.networks.events as networks
    import app.spaces.events as spaces

    allowed = {int, bool, str, "int", "bool", "str", "int | None", int | None, str | None, list[int]}
    for module in (contributions, networks, spaces):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, events.Event) and kind is not events.Event:
                for field in dataclasses.fields(kind):
                    assert field.type in allowed, (kind, field.name)
                    assert field.name not in ("html", "text", "title", "name", "body"), (kind, field.name)
