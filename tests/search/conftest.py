"""Engines to ask: the embedded one always, PostgreSQL's where the run is on it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core.search.embedded import Embedded
from app.core.search.port import Engine
from app.core.search.postgresql import FullText
from tests.support.environment import ON_POSTGRESQL

ENGINES = ["embedded", "postgresql"] if ON_POSTGRESQL else ["embedded"]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, db: Any, tmp_path: Path) -> Engine:
    """Each engine in turn, empty and ready."""
    made: Engine = Embedded(tmp_path / "index") if request.param == "embedded" else FullText()
    made.rebuild(lambda: [])
    return made


@pytest.fixture
def index(app: Flask, engine: Engine) -> Iterator[Any]:
    """The application searches with this engine; `index()` does what the worker would do."""
    from app.core.search import feeding

    before, app.extensions["search"] = app.extensions["search"], engine
    yield lambda: feeding.catch_up(engine)
    app.extensions["search"] = before
