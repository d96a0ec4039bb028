"""Another program holds the database for longer than a person should wait: a backup, a mistake."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import requests
import sqlalchemy as sa

from tests.faults.conftest import Rows, in_good_health
from tests.faults.visitors import Visitor
from tests.journeys.people import FEED
from tests.support import environment
from tests.support.servers import Server

pytestmark = pytest.mark.durable
Visit = Callable[[str], Visitor]
HOLD = "LOCK TABLE contribution IN SHARE MODE" if environment.ON_POSTGRESQL else "BEGIN EXCLUSIVE"


@contextmanager
def held(rows: Rows) -> Iterator[None]:
    """Nobody else writes during the block."""
    with rows.engine.connect() as connection:
        if not environment.ON_POSTGRESQL:
            connection.connection.driver_connection.isolation_level = None  # type: ignore[union-attr]
        connection.execute(sa.text(HOLD))
        try:
            yield
        finally:
            connection.rollback()


def test_while_it_is_locked_people_read_and_keep_their_words(
    own_server: Server, visit: Visit, rows: Rows
) -> None:
    own_server.start()
    teacher, colleague = visit("teacher"), visit("colleague")
    space = teacher.spaces()["The whole network"]
    root = teacher.share("What opens your Mondays?")
    before = rows.one("SELECT count(*) FROM contribution")

    def by_script() -> requests.Response:
        return colleague.post(f"{FEED}c/{root}/reply", "key-of-the-reply", text="A riddle.")

    def by_form() -> requests.Response:
        return teacher.submit(f"{FEED}share/update", body="Words of the form", space=space)

    def by_edit() -> requests.Response:
        return teacher.submit(f"{FEED}c/{root}/edit-post", body="Words of the edit", seen="first")

    with ThreadPoolExecutor() as pool, held(rows):
        writes = [pool.submit(write) for write in (by_script, by_form, by_edit)]
        for path in (FEED, f"{FEED}c/{root}", "/healthz"):
            assert colleague.get(path).status_code == 200
        assert not any(write.done() for write in writes), "they were read while others waited"
        script, form, edit = (write.result() for write in writes)
    for answer in (script, form, edit):
        assert answer.status_code == 503, answer.text
        assert int(answer.headers["Retry-After"]) > 0
    assert "kept" in script.json()["error"]
    assert "Words of the form</textarea>" in form.text
    assert "Words of the edit</textarea>" in edit.text
    assert rows.one("SELECT count(*) FROM contribution") == before
    assert colleague.reply(root, "A riddle.", "key-of-the-reply") > root
    assert (
        teacher.submit(f"{FEED}c/{root}/edit-post", body="Words of the edit", seen="first").status_code == 303
    )
    in_good_health(own_server)
    assert "Traceback" not in own_server.log
