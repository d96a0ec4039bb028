"""The worker process: drains the outbox, runs jobs, and does the duties that features give it.

`flask worker` starts it beside the web process. It is plain threads: no sockets, no gevent.
Stopping it is safe at any moment: what was not finished runs again.

Nouns: a *duty* is run over and over in a thread of its own, such as feeding the search index; it says
whether there was something to do.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

import structlog
from flask import Flask

from app.core import jobs
from app.core.db import db
from app.core.drain import drain

IDLE = 0.2
"""Seconds between looks when there is nothing to do."""
BEAT = 10.0
"""Seconds between signs of life, which `/readyz` looks for."""
AFTER_FAILURE = 5.0
"""Seconds that a duty rests after it failed."""
YIELDING = 5
"""How far the worker stands back (as `nice` counts) when the web process wants the same core."""
_next_beat: dict[str, float] = {}
_duties: dict[str, Callable[[], bool]] = {}
_at_start: dict[str, Callable[[], None]] = {}
log = structlog.get_logger()


def duty(name: str) -> Callable[[Callable[[], bool]], Callable[[], bool]]:
    """Give the worker a duty; it is called in an application context, again at once while it says True."""

    def register(function: Callable[[], bool]) -> Callable[[], bool]:
        _duties[name] = function
        return function

    return register


def at_start(function: Callable[[], None]) -> Callable[[], None]:
    """Have the worker do this once, before its duties."""
    _at_start[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def run(app: Flask) -> None:
    """Work until told to stop (TERM or INT)."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    os.nice(YIELDING)
    log.info("worker_started")
    with app.app_context():
        for function in _at_start.values():
            function()
    threads = [
        threading.Thread(target=_serve, args=(app, name, stop), name=name, daemon=True) for name in _duties
    ]
    for thread in threads:
        thread.start()
    with jobs.working(app):
        while not stop.is_set():
            _beat(app)
            if not _drain_once(app):
                stop.wait(IDLE)
    for thread in threads:
        thread.join(timeout=IDLE)
    log.info("worker_stopped")


@duty("slow listeners")
def _drain_slow() -> bool:
    return drain(slow=True) > 0


def _beat(app: Flask) -> None:
    if time.monotonic() < _next_beat.get("at", 0):
        return
    _next_beat["at"] = time.monotonic() + BEAT
    try:
        with app.app_context():
            jobs.beat()
    except Exception:
        log.exception("worker_beat_failed")


def _serve(app: Flask, name: str, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            with app.app_context():
                worked = _duties[name]()
        except Exception:
            log.exception("worker_duty_failed", duty=name)
            stop.wait(AFTER_FAILURE)
        else:
            if not worked:
                stop.wait(IDLE)
        finally:
            with app.app_context():
                db.session.remove()


def _drain_once(app: Flask) -> int:
    try:
        with app.app_context():
            return drain(slow=False)
    except Exception:
        log.exception("worker_failed")
        return 0
    finally:
        with app.app_context():
            db.session.remove()
