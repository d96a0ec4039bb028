"""Real processes on either database, people who use them, and what their database holds."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest
import sqlalchemy as sa

from tests.faults.visitors import Visitor
from tests.support import environment
from tests.support.databases import ROOT, Databases, flask, once
from tests.support.redis import REDIS, redis
from tests.support.servers import Server

PATIENCE = 90.0
"""Seconds that a test waits for what must happen; nothing is asserted about the time itself."""
DEMO = "demo_of_the_run"
BETWEEN = ["nothing", "redis"] if REDIS else ["nothing"]
"""What two processes may have between them; a machine without Redis tries the first only."""
_numbers = itertools.count(1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the server keeps its data; not made yet."""
    return tmp_path / "data"


@pytest.fixture
def own_server(databases: Databases, place: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The real processes with the demo, on the database of this run; not yet started."""
    settings = {}
    if environment.ON_POSTGRESQL:
        source = _demo_on_postgresql(databases)
        name = f"faults_{next(_numbers)}"
        databases._execute(f'CREATE DATABASE "{name}" TEMPLATE {DEMO}')
        settings["DATABASE_URL"] = databases._address(name)
    else:
        source = request.getfixturevalue("demo_data")
    shutil.copytree(source, place, dirs_exist_ok=True)
    running = Server(place, **settings)
    yield running
    running.stop()
    if settings:
        databases.drop(settings["DATABASE_URL"])


def _demo_on_postgresql(databases: Databases) -> Path:
    place = databases.run / DEMO
    with once(databases.run / "demo-on-postgresql") as first:
        if first:
            place.mkdir()
            env = environment.of_a_process(place, APP_ENV="development", DATABASE_URL=databases.empty(DEMO))
            flask("db", "upgrade", env=env)
            flask("demo", "load", env=env)
    return place


@contextmanager
def beside(server: Server, redis_place: Path | None = None) -> Iterator[Server]:
    """A second web process on the data of `server`, beside the first; with a Redis between them or not."""
    with ExitStack() as ends:
        more = {name: server.env[name] for name in ("DATABASE_URL",) if name in server.env}
        if redis_place is not None:
            more["REDIS_URL"] = server.env["REDIS_URL"] = ends.enter_context(redis(redis_place))
        server.start("web")
        other = Server(server.data, **more).start("web")
        ends.callback(other.stop)
        yield other
        # Whoever still talks to the Redis stops before it does.
        server.stop()


class Rows:
    """The database of a server, read from outside."""

    def __init__(self, server: Server) -> None:
        address = server.env.get("DATABASE_URL") or f"sqlite:///{server.data / 'throughline.sqlite3'}"
        self.engine = sa.create_engine(address)

    def all(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(statement), values)]

    def one(self, statement: str, **values: Any) -> Any:
        """The first column of the first row."""
        found = self.all(statement, **values)
        return found[0][0] if found else None

    def change(self, statement: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(sa.text(statement), values)


@pytest.fixture
def rows(own_server: Server) -> Iterator[Rows]:
    read = Rows(own_server)
    yield read
    read.engine.dispose()


@pytest.fixture
def visit(own_server: Server) -> Iterator[Callable[[str], Visitor]]:
    """`visit("teacher")`: somebody of the demo, signed in at the running server."""
    with ExitStack() as ends:
        yield lambda who: ends.enter_context(closing(Visitor(own_server.url, who)))


def until(true: Callable[[], Any], what: str) -> Any:
    """Wait for something to be so; gives what it was. Fails with `what` when it never is."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"never: {what}")


def in_the_application(server: Server, lines: str, *, dies: bool = False) -> None:
    """Run lines of Python in a process of its own, beside the server; with `dies`, until it kills itself."""
    code = "from app import create_app\nwith create_app().app_context():\n" + indent(dedent(lines), "    ")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=server.env, capture_output=True, text=True, check=False
    )
    assert done.returncode == (-signal.SIGKILL if dies else 0), (done.stdout, done.stderr)


def in_good_health(server: Server) -> None:
    """Counters, positions, sequences and files are what they count. Raises with the complaints."""
    flask("doctor", env=server.env)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A disk of its own needs Linux and root; elsewhere `test_no_room` shows the same without one."""
    if sys.platform.startswith("linux") and os.geteuid() == 0:
        return
    left_out = [item for item in items if item.path.name == "test_full_disk.py"]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
