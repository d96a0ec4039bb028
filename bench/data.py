"""The demo in bulk, loaded once for each scale and used by copies: rows, files and the search index.

The index is part of it because the worker makes a missing one at once, and would measure against us.
"""

import json
import shutil
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.figures import say
from tests.support.databases import flask
from tests.support.environment import of_a_process
from tests.support.servers import Server

PATIENCE = 3600.0
"""Seconds that an index may take."""


def loaded(scale: int, kept: str | None) -> Path:
    """A data folder with the demo at `scale`; in `kept`, or where the system keeps passing files."""
    place = Path(kept or tempfile.gettempdir()) / f"throughline-demo-{scale}"
    if not (place / "loaded").exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        env = of_a_process(place, APP_ENV="development")
        flask("db", "upgrade", env=env)
        started = time.monotonic()
        flask("demo", "load", "--scale", str(scale), env=env)
        say(f"load[{scale}].seconds", f"{time.monotonic() - started:.0f}")
        (place / "loaded").touch()
    if not (place / "indexed").exists():
        started = time.monotonic()
        _index(place)
        say(f"index[{scale}].seconds", f"{time.monotonic() - started:.0f}")
        (place / "indexed").touch()
    return place


def _index(place: Path) -> None:
    server = Server(place, APP_ENV="development").start()
    try:
        until = time.monotonic() + PATIENCE
        while not _is_indexed(server):
            if time.monotonic() > until:
                raise RuntimeError("the index did not get ready")
            time.sleep(1)
    finally:
        server.stop()


def _is_indexed(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/readyz", timeout=60) as answer:
            checks = json.load(answer)["checks"]
    except urllib.error.HTTPError as refused:
        checks = json.load(refused)["checks"]
    return bool(checks["search"] == "ok")
