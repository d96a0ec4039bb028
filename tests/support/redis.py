"""A Redis of a test's own, where the machine has one: nothing is kept, nobody else finds it."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers import free_port

REDIS = shutil.which("redis-server")
READY_WITHIN = 30.0
"""Seconds in which it must answer."""


@contextmanager
def redis(place: Path) -> Iterator[str]:
    """Its address, for as long as it runs; its files lie in `place`."""
    assert REDIS is not None, "ask REDIS before"
    port = free_port()
    keep_nothing = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--dir", str(place)]
    with (place / "redis.log").open("ab") as log:
        process = subprocess.Popen([REDIS, "--port", str(port), *keep_nothing], stdout=log, stderr=log)
    try:
        _until_up(port, process)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()


def _until_up(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("Redis did not start")
