"""The environment under test: none of this machine's settings reach the application.

Nouns: the *run* is one pytest run with its own temporary folder, shared by its xdist workers; the *place*
is one worker's folder in it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import VARIABLES

CHOICE = "TEST_DATABASE"
WITHOUT_CONVERTER = "none"
"""Whether this machine has LibreOffice makes no difference to a test that does not ask for it."""
SEAL_KEY = "started-by-tests-4f1c9be2a07d5638"
"""Of every started process, so that a copied data folder opens what the first one sealed."""
ON_POSTGRESQL = os.environ.get(CHOICE, "sqlite").lower() in ("postgresql", "postgres", "pg")


def forget_settings() -> None:
    """Drop every variable that config.py knows from this process."""
    for variable in VARIABLES:
        os.environ.pop(variable.name, None)


def use(place: Path, database_url: str) -> None:
    """Point the application at a folder and a database of its own."""
    place.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        APP_ENV="testing", DATA_DIR=str(place), DATABASE_URL=database_url, CONVERTER=WITHOUT_CONVERTER
    )


@contextmanager
def left_as_found(place: Path) -> Iterator[None]:
    """Files that a test leaves in the data folder are gone for the next one."""
    before = set(place.rglob("*"))
    yield
    for path in set(place.rglob("*")) - before:
        if not path.is_dir():
            path.unlink(missing_ok=True)


def of_a_process(place: Path, **more: str) -> dict[str, str]:
    """The environment of a started process: this one's, without its settings, with `place` and `more`."""
    known = {variable.name for variable in VARIABLES}
    kept = {name: value for name, value in os.environ.items() if name not in known}
    ours = {"CONVERTER": WITHOUT_CONVERTER, "SEAL_KEY": SEAL_KEY}
    return {**kept, "DATA_DIR": str(place), **ours, **more}
