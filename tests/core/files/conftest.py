"""An application with files and a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core import db, files
from tests.core.tiny import tiny_app, with_tables


@pytest.fixture
def in_app(tmp_path: Path) -> Iterator[Flask]:
    yield from with_tables(tiny_app(tmp_path, db, files))  # type: ignore[arg-type]
