"""The worker process: drains the outbox, runs jobs, and nothing else.

`flask worker` starts it beside the web process. It is plain threads: no sockets, no gevent.
Stopping it is safe at any moment: what was not finished runs again.
"""

import signal
import threading
import time
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
_next_beat: dict[str, float] = {}
log = structlog.get_logger()


def run(app: Flask) -> None:
    """Work until told to stop (TERM or INT)."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    log.info("worker_started")
    with jobs.working(app):
        while not stop.is_set():
            _beat(app)
            if not _drain_once(app):
                stop.wait(IDLE)
    log.info("worker_stopped")


def _beat(app: Flask) -> None:
    if time.monotonic() < _next_beat.get("at", 0):
        return
    _next_beat["at"] = time.monotonic() + BEAT
    try:
        with app.app_context():
            jobs.beat()
    except Exception:
        log.exception("worker_beat_failed")


def _drain_once(app: Flask) -> int:
    try:
        with app.app_context():
            return drain()
    except Exception:
        log.exception("worker_failed")
        return 0
    finally:
        with app.app_context():
            db.session.remove()
