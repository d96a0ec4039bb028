"""Jobs: they run once queued, are tried again when they fail, and say nothing about their arguments."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, current_app

from app.core import db, jobs, logs
from app.core.command import command
from app.core.db import WroteWhileWriting
from app.core.jobs import TRIES, TryAgain, job, periodic
from tests.core.tiny import tiny_app

ran: list[str] = []


@job
def note(word: str) -> str:
    ran.append(f"{current_app.name}:{word}")
    return word


@job
def fail(word: str) -> None:
    ran.append(word)
    raise ValueError(f"could not take {word}")


# The thirtieth of February: only a test runs it.
@periodic(month="2", day="30")
def by_the_clock() -> None:
    ran.append("clock")


@pytest.fixture(autouse=True)
def _empty() -> None:
    ran.clear()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    yield from running(tiny_app(tmp_path, db, logs, jobs))


@pytest.fixture
def queued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    # Features register their own by being imported, and some run every minute.
    monkeypatch.setattr(jobs, "_periodic", {by_the_clock.name: jobs._periodic[by_the_clock.name]})
    yield from running(tiny_app(tmp_path, db, logs, jobs, JOBS_QUEUED=True))


def running(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app
        db.db.engine.dispose()


def until(condition: object, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if callable(condition) and condition():
            return True
        time.sleep(0.02)
    return False


def test_in_tests_a_job_runs_at_once_and_its_error_shows(app: Flask) -> None:
    note.later("a")
    assert ran == ["app:a"]
    assert note("b") == "b"
    with pytest.raises(ValueError, match="could not"):
        fail.later("x")


def test_a_queued_job_waits_for_the_worker(queued: Flask) -> None:
    note.later("a")
    assert ran == []
    assert jobs.waiting() == 1
    with jobs.working(queued):
        assert until(lambda: ran == ["app:a"])
    assert jobs.waiting() == 0


def test_the_queue_survives_its_process(queued: Flask, tmp_path: Path) -> None:
    note.later("a")
    other = tiny_app(tmp_path, logs, jobs, JOBS_QUEUED=True)
    with jobs.working(other):
        assert until(lambda: ran == ["app:a"])


def test_a_queue_with_another_key_is_not_believed(queued: Flask, tmp_path: Path) -> None:
    note.later("a")
    other = tiny_app(tmp_path, logs, jobs, JOBS_QUEUED=True, SECRET_KEY="somebody else's key")
    with pytest.raises(ValueError, match="mismatch"):
        other.extensions["jobs"].dequeue()
    assert ran == []


def test_a_failing_job_is_tried_again_later(queued: Flask) -> None:
    fail.later("x")
    with jobs.working(queued):
        assert until(lambda: ran == ["x"] and jobs.waiting() == 1)
    (task,) = queued.extensions["jobs"].scheduled()
    assert task.retries == TRIES - 2
    assert task.retry_delay == jobs.FIRST_PAUSE * jobs.PAUSE_GROWS


def test_it_is_given_up_in_the_end(app: Flask) -> None:
    with pytest.raises(TryAgain):
        jobs.run(fail.name, ("x",), {}, tries_left=1)
    jobs.run(fail.name, ("x",), {}, tries_left=0)
    assert ran == ["x", "x"]


def test_a_job_of_another_version_is_no_crash(app: Flask) -> None:
    jobs.run("app.gone.job", (), {}, tries_left=0)


def test_the_log_names_the_job_and_not_its_arguments(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    jobs.run(note.name, ("CNRY-1",), {}, tries_left=0)
    jobs.run(fail.name, ("CNRY-2",), {}, tries_left=0)
    said = capsys.readouterr()
    assert "job_done" in said.out
    assert "job_failed" in said.out
    assert note.name in said.out
    assert "ValueError" in said.out
    assert "CNRY" not in said.out + said.err


def test_by_the_clock(queued: Flask) -> None:
    registry = queued.extensions["jobs"]._registry
    (task,) = [task for task in registry.periodic_tasks if by_the_clock.name in task.name]
    task.execute()
    with jobs.working(queued):
        assert until(lambda: ran == ["clock"])


def test_nothing_is_queued_inside_a_command(app: Flask) -> None:
    with pytest.raises(WroteWhileWriting):
        command(note.later)("a")
    with pytest.raises(WroteWhileWriting):
        command(note.after)(5, "a")


def test_a_job_for_later_is_not_run_now(queued: Flask) -> None:
    note.after(3600, "a")
    with jobs.working(queued):
        assert not until(lambda: bool(ran), seconds=0.5)
    assert jobs.waiting() == 1


def test_a_silent_worker_counts_as_down(queued: Flask) -> None:
    assert not jobs._worker_is_alive()
    jobs.beat()
    assert jobs._worker_is_alive()
    queued.extensions["jobs"].storage.put_data(jobs.BEAT, str(time.time() - 61).encode())
    assert not jobs._worker_is_alive()
