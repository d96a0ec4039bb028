"""Fixtures for every test. Two choices are made per test: `db` (rows that vanish) or, with the mark
`durable`, a database of its own; and `server`, the real processes, for browsers and faults.

`TEST_DATABASE=postgresql` runs the same tests on PostgreSQL; the default is SQLite.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import environment, postgres
from tests.support.clients import Client
from tests.support.databases import Databases, flask, once
from tests.support.servers import Server

RUN = pytest.StashKey[Path]()
SERVER = pytest.StashKey[str | None]()
ENDINGS = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """The run's folder and PostgreSQL belong to the process that the xdist workers start from."""
    environment.forget_settings()
    given: dict[str, Any] | None = getattr(config, "workerinput", None)
    if given is not None:
        config.stash[RUN], config.stash[SERVER] = Path(given["run"]), given["server"]
        return
    endings = config.stash[ENDINGS] = ExitStack()
    config.stash[RUN] = Path(tempfile.mkdtemp(prefix="throughline-tests-"))
    endings.callback(shutil.rmtree, config.stash[RUN], ignore_errors=True)
    config.stash[SERVER] = None
    if environment.ON_POSTGRESQL and not config.option.collectonly:
        config.stash[SERVER] = endings.enter_context(postgres.server())


def pytest_configure_node(node: Any) -> None:
    """Tell an xdist worker what the run has."""
    node.workerinput["run"] = str(node.config.stash[RUN])
    node.workerinput["server"] = node.config.stash[SERVER]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes may have the time in them, as archives do; all workers have to find the same names."""
    return argname if isinstance(val, bytes) else None


def pytest_unconfigure(config: pytest.Config) -> None:
    if ENDINGS in config.stash:
        config.stash[ENDINGS].close()


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Databases:
    return Databases(pytestconfig.stash[RUN], pytestconfig.stash[SERVER])


@pytest.fixture(scope="session")
def application(databases: Databases) -> Flask:
    """One application for each xdist worker; tests reach it through `app`."""
    from app import create_app
    from app.core.realtime.tail import Tail
    from tests.support.databases import fresh_name

    name = fresh_name("worker")
    environment.use(databases.run / name, databases.copy(name))
    app = create_app()
    app.test_client_class = Client
    # Delivery happens when a test asks for it (`live`), not in a thread.
    app.extensions["tail"] = Tail(0)
    return app


@pytest.fixture
def app(application: Flask, databases: Databases, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application in a context of the test, on rows (and drawn cards) that nobody else sees."""
    from app.contributions.queries.cards import forget_cards
    from tests.support import isolation

    forget_cards()

    durable = request.node.get_closest_marker("durable") is not None
    around = isolation.committed(application, databases) if durable else isolation.rolled_back(application)
    with around, environment.left_as_found(application.config["DATA_DIR"]):
        yield application


@pytest.fixture
def db(app: Flask) -> Any:
    """The database, in the test's own session."""
    from app.core.db import db

    return db


@pytest.fixture
def new_client(app: Flask) -> Callable[[], Client]:
    """Makes browsers without a screen, each with its own cookies."""
    return app.test_client  # type: ignore[return-value]


@pytest.fixture
def client(new_client: Callable[[], Client]) -> Client:
    return new_client()


class Clock:
    """The time of one test: it stands still until it is moved."""

    def __init__(self, held: ExitStack) -> None:
        self._held = held

    def freeze(self, at: datetime) -> None:
        """Stop at an aware instant."""
        from app.core import clock

        self._held.enter_context(clock.freeze(at))

    def move(self, **by: float) -> datetime:
        """Move on, as in `clock.move(minutes=5)`; gives the new time."""
        from app.core import clock

        self._held.enter_context(clock.travel(timedelta(**by)))
        return clock.now()

    @property
    def now(self) -> datetime:
        from app.core import clock

        return clock.now()


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock that stands still, at the present moment."""
    with ExitStack() as held:
        stopped = Clock(held)
        stopped.freeze(stopped.now)
        yield stopped


class Outbox:
    """What the worker would do, done here and now; what failed there fails the test."""

    def drain(self) -> int:
        """Run all that is due; gives how many listeners ran."""
        from sqlalchemy import select

        from app.core.db import db
        from app.core.drain import drain_all
        from app.core.outbox import OutboxRow

        ran = drain_all()
        db.session.expire_all()
        failed = db.session.scalars(select(OutboxRow).where(OutboxRow.error.is_not(None))).all()
        assert not failed, [(row.subscriber, row.error) for row in failed]
        return ran

    @property
    def mail(self) -> list[Any]:
        """The messages sent so far, oldest first."""
        from app.core.mail import kept

        return kept()[::-1]


@pytest.fixture
def outbox(app: Flask) -> Outbox:
    return Outbox()


@pytest.fixture(scope="session")
def demo_data(databases: Databases) -> Path:
    """A data folder with the demo network in it, loaded once per run; copy it, never use it."""
    place = databases.run / "demo"
    with once(databases.run / "demo-loaded") as first:
        if first:
            # What a load that was cut short has left is no start for another one.
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            env = environment.of_a_process(place, APP_ENV="development")
            flask("db", "upgrade", env=env)
            flask("demo", "load", env=env)
            # Else each server's worker would read the same files beside what a test looks at.
            flask("files", "read", env=env)
    return place


@pytest.fixture(scope="session")
def server(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real processes with the demo, shared by the browser tests of one worker.

    All of them write as the same few people: at a pace at which no one person does.
    """
    place = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(demo_data, place)
    running = Server(place, PACE="100")
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture
def own_server(demo_data: Path, tmp_path: Path) -> Iterator[Server]:
    """The real processes with the demo, for one test that kills or fills them; not yet started."""
    shutil.copytree(demo_data, tmp_path / "data")
    running = Server(tmp_path / "data")
    yield running
    running.stop()


@pytest.fixture
def world(db: Any) -> Any:
    """A network with two schools and somebody in every position; see `tests.support.factories`."""
    from tests.support.factories import make_world

    return make_world()


@pytest.fixture
def as_member(new_client: Callable[[], Client]) -> Callable[[Any], Client]:
    """`as_member(world.teacher)`: a browser in which that member is signed in."""
    from tests.support.clients import signed_in

    return lambda member: signed_in(new_client(), member.account)
