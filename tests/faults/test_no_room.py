"""No room, as the engine and the system say it: the same as on a disk that is full, on every machine."""

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from app.contributions.models import Contribution
from app.core.files.models import StoredFile
from app.core.streams import StreamEvent
from tests.support.factories import World, make_post

WORDS = "database or disk is full", "No space left on device", "disk I/O error", "database is locked"


@contextmanager
def refusing(engine: Any, words: str) -> Iterator[None]:
    """New contributions are written, and then the engine says `words`: something is there to be undone."""

    def refuse(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("INSERT INTO contribution"):
            raise OperationalError(statement, {}, Exception(words))

    event.listen(engine, "after_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(engine, "after_cursor_execute", refuse)


def count(db: Any, model: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)))


@pytest.mark.durable
@pytest.mark.parametrize("words", WORDS)
def test_a_post_without_room_is_undone_and_told(words: str, world: World, as_member: Any, db: Any) -> None:
    browser, here = as_member(world.teacher), f"/n/{world.network.slug}/"
    root = make_post(world.colleague, world.commons)
    fields = {"body": "Kept in the form", "space": world.commons.id}
    reply = {"text": "Kept in the row", "key": "key-of-the-reply"}
    json = {"Accept": "application/json"}
    before = count(db, Contribution), count(db, StreamEvent)
    status = 507 if words in WORDS[:2] else 503
    with refusing(db.engine, words):
        form = browser.post(f"{here}share/update", data=fields)
        script = browser.post(f"{here}c/{root.id}/reply", data=reply, headers=json)
    assert (form.status_code, script.status_code) == (status, status)
    assert "Kept in the form</textarea>" in form.text
    assert "kept" in script.json["error"]
    assert ("Retry-After" in script.headers) == (status == 503)
    assert (count(db, Contribution), count(db, StreamEvent)) == before
    again = browser.post(f"{here}c/{root.id}/reply", data=reply, headers=json)
    assert again.status_code == 200
    assert again.json["position"] == 1, "the number that was undone is used again"


@pytest.mark.durable
def test_a_file_without_room_leaves_nothing(
    world: World, as_member: Any, db: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, browser = io.BytesIO(), as_member(world.teacher)
    Image.new("RGB", (40, 30), "teal").save(made, "PNG")
    folder = Path(app.config["FILES_DIR"])

    def upload() -> Any:
        file = (io.BytesIO(made.getvalue()), "photo.png", "image/png")
        return browser.post(f"/n/{world.network.slug}/uploads", data={"file": file})

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = {path for path in folder.rglob("*") if path.is_file()}
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        refused = upload()
    assert refused.status_code == 507
    assert "room" in refused.json["error"]
    assert {path for path in folder.rglob("*") if path.is_file()} == before
    assert count(db, StoredFile) == 0
    assert upload().status_code == 200
    assert count(db, StoredFile) == 1
