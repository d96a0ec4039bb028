"""Jobs: work that waits its turn, in the worker process.

Nouns: a *job* is a function with `@job`; `later()` queues it, calling it runs it here. A *periodic* one
runs by the clock. The *queue* is a file in DATA_DIR, or Redis.
Rules: a job may run twice and must bear it; its arguments are ids and short words, never what people
wrote; a failure is tried again, each time later, and given up after TRIES. In tests `later()` runs at
once.
Neighbours: what must follow a commit goes through the outbox, not here; `worker` runs the queue with
`working`.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

import structlog
from flask import Flask, current_app
from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey, crontab
from huey.api import Task
from huey.consumer import Consumer
from huey.serializer import SignedSerializer

from app.core.db import db, forbid_while_writing
from app.core.health import check
from app.core.metrics import JOBS, gauge

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 6
FIRST_PAUSE = 20
"""Seconds before the second try."""
PAUSE_GROWS = 4
"""Each further pause is so many times as long."""
BEAT = "worker-beat"
FRESH = 60.0
"""Seconds after which a silent worker counts as down."""

_jobs: dict[str, "Job[..., Any]"] = {}
_periodic: dict[str, Any] = {}
log = structlog.get_logger()


class TryAgain(Exception):
    """Tells the queue that a job failed and has tries left; what failed is in the log already."""


class Job(Generic[P, R]):
    """A function that can also wait in the queue."""

    def __init__(self, function: Callable[P, R]) -> None:
        self.function = function
        self.name = f"{function.__module__}.{function.__qualname__}"
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run it here and now."""
        return self.function(*args, **kwargs)

    def later(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Queue it. Not inside a command: a queue knows nothing of a rollback."""
        forbid_while_writing("queueing a job")
        _enqueue(self.name, args, kwargs, delay=0)

    def after(self, seconds: float, *args: P.args, **kwargs: P.kwargs) -> None:
        """Queue it to run no sooner than in `seconds`."""
        forbid_while_writing("queueing a job")
        _enqueue(self.name, args, kwargs, delay=seconds)


def job(function: Callable[P, R]) -> Job[P, R]:
    """Make a function a job."""
    made = Job(function)
    _jobs[made.name] = made
    return made


def periodic(**when: str) -> Callable[[Callable[[], R]], Job[[], R]]:
    """Make a function a job that runs by the clock (UTC), such as `hour="3", minute="10"`."""

    def register(function: Callable[[], R]) -> Job[[], R]:
        made = job(function)
        _periodic[made.name] = crontab(**when)
        return made

    return register


def init_app(app: Flask) -> None:
    """Make this application's queue; called when every feature has registered its jobs."""
    queue = app.extensions["jobs"] = _make_queue(app)
    retrying = {"retries": TRIES - 1, "retry_delay": FIRST_PAUSE, "retry_backoff": PAUSE_GROWS}
    app.extensions["jobs.run"] = queue.task(name="run_job", context=True, **retrying)(_runner(app))
    for name, when in _periodic.items():
        queue.periodic_task(when, name=f"by_the_clock_{name}")(lambda name=name: _clocked(app, name))


@contextmanager
def working(app: Flask, threads: int = 2) -> Iterator[None]:
    """Run the queue in threads of this process, until the end of the block (the worker's main loop)."""
    consumer = _QuietConsumer(
        app.extensions["jobs"], workers=threads, check_worker_health=False, max_delay=1.0
    )
    consumer.start()
    try:
        yield
    finally:
        consumer.stop(graceful=True)


def beat() -> None:
    """Say that the worker is alive; its loop calls this every few seconds."""
    _queue().storage.put_data(BEAT, str(time.time()).encode())


def last_beat() -> float:
    """When the worker was last heard of, in seconds since 1970; 0 for never."""
    known = _queue().storage.peek_data(BEAT)
    return float(known) if isinstance(known, bytes) else 0.0


def waiting() -> int:
    """How many jobs wait, those for later included."""
    return int(_queue().pending_count() + _queue().scheduled_count())


@check("jobs")
def _worker_is_alive() -> bool:
    return _queue().immediate or time.time() - last_beat() < FRESH


gauge("jobs_waiting", "Jobs that wait for the worker", lambda: float(waiting()))


class _QuietConsumer(Consumer):
    """Huey's consumer, which leaves signals to the worker."""

    def _set_signal_handlers(self) -> None:
        pass


def _queue() -> Huey:
    return current_app.extensions["jobs"]


def _make_queue(app: Flask) -> Huey:
    signed = SignedSerializer(secret=app.config["SECRET_KEY"], salt="jobs")
    common: dict[str, Any] = {"results": False, "utc": True, "serializer": signed}
    if app.testing and not app.config.get("JOBS_QUEUED"):
        return MemoryHuey("throughline", immediate=True, **common)
    if app.config.get("REDIS_URL"):
        return RedisHuey("throughline", url=app.config["REDIS_URL"], **common)
    folder = Path(app.config["DATA_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("throughline", filename=str(folder / "jobs.sqlite3"), fsync=True, **common)


def _enqueue(name: str, args: tuple[Any, ...], kwargs: dict[str, Any], delay: float) -> None:
    if _queue().immediate:
        _jobs[name].function(*args, **kwargs)
    elif delay:
        current_app.extensions["jobs.run"].schedule(args=(name, args, kwargs), delay=delay)
    else:
        current_app.extensions["jobs.run"](name, args, kwargs)


def _runner(app: Flask) -> Callable[..., None]:
    def run_job(name: str, args: tuple[Any, ...], kwargs: dict[str, Any], task: Task) -> None:
        with app.app_context():
            run(name, args, kwargs, tries_left=task.retries)

    return run_job


def _clocked(app: Flask, name: str) -> None:
    with app.app_context():
        _enqueue(name, (), {}, delay=0)


def run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any], tries_left: int) -> None:
    """Run one job from the queue and say how it went. Raises TryAgain while there are tries left."""
    known = _jobs.get(name)
    began = time.monotonic()
    try:
        if known is None:
            raise LookupError("no such job in this version")
        log.debug("job_started", job=name)
        known.function(*args, **kwargs)
    except Exception:
        JOBS.labels(name, "failed" if tries_left else "given_up").inc()
        log.exception("job_failed", job=name, tries_left=tries_left)
        if tries_left:
            raise TryAgain from None
    else:
        JOBS.labels(name, "done").inc()
        log.info("job_done", job=name, ms=round((time.monotonic() - began) * 1000, 1))
    finally:
        db.session.remove()
