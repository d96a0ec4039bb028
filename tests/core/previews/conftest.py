"""An application with files, previews and a database; everybody may open everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core import db, files, previews
from app.core.files import files as port
from tests.core.tiny import tiny_app, with_tables


@pytest.fixture
def in_app(tmp_path: Path) -> Iterator[Flask]:
    app = tiny_app(tmp_path, db, files, previews)  # type: ignore[arg-type]
    for _app in with_tables(app):
        port.allow("test", lambda account, stored: account.is_authenticated)
        yield _app
