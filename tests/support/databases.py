"""Databases for tests: one template for the run, built by the migrations, and cheap copies of it.

Nouns: the *template* has every table and no row; a *copy* belongs to one xdist worker (tests roll back in
it) or to one `durable` test (which commits for real). Copies of SQLite are files; PostgreSQL copies a
database as fast as a folder.
"""

import fcntl
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.support.environment import of_a_process

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def once(marker: Path) -> Iterator[bool]:
    """True for the first process of the run that comes here; the others wait until it is done."""
    with marker.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        first = not marker.exists()
        yield first
        if first:
            marker.touch()


def flask(*arguments: str, env: dict[str, str]) -> None:
    """Run the application's command line in a process of its own; what it says is shown when it fails."""
    command = [sys.executable, "-m", "flask", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        said = f"{done.stdout}\n{done.stderr}"
        raise RuntimeError(f"flask {' '.join(arguments)} ended with {done.returncode}:\n{said}")


@dataclass(frozen=True)
class Databases:
    """The databases of one run. `server` is PostgreSQL's address, or None for SQLite."""

    run: Path
    server: str | None

    def empty(self, name: str) -> str:
        """The address of a new database without tables."""
        if self.server is None:
            return f"sqlite:///{self.run / name}.sqlite3"
        self._execute(f'CREATE DATABASE "{name}"')
        return self._address(name)

    def copy(self, name: str) -> str:
        """The address of a new copy of the template."""
        template = self._template()
        if self.server is None:
            file = self.run / f"{name}.sqlite3"
            shutil.copyfile(template.removeprefix("sqlite:///"), file)
            return f"sqlite:///{file}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE template_of_the_run')
        return self._address(name)

    def drop(self, address: str) -> None:
        """Forget a database that nobody is connected to any more."""
        url = sa.make_url(address)
        if self.server is None:
            for end in ("", "-wal", "-shm"):
                Path(f"{url.database}{end}").unlink(missing_ok=True)
        else:
            self._execute(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)')

    def _template(self) -> str:
        name = "template_of_the_run"
        with once(self.run / name) as first:
            address = self._address(name)
            if first:
                address = self.empty(name)
                flask(
                    "db",
                    "upgrade",
                    env=of_a_process(self.run / "template", DATABASE_URL=address, APP_ENV="testing"),
                )
                if self.server is None:
                    self._fold_wal(Path(address.removeprefix("sqlite:///")))
        return address

    def _address(self, name: str) -> str:
        if self.server is None:
            return f"sqlite:///{self.run / name}.sqlite3"
        return sa.make_url(self.server).set(database=name).render_as_string(hide_password=False)

    def _fold_wal(self, file: Path) -> None:
        """Everything into the one file that is copied."""
        engine = sa.create_engine(f"sqlite:///{file}")
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def _execute(self, statement: str) -> None:
        engine = sa.create_engine(self.server or "", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


_numbers = itertools.count(1)


def fresh_name(kind: str) -> str:
    """A database name that no other worker of this run uses."""
    return f"{kind}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{next(_numbers)}"
