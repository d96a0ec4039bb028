"""What becomes of places in talks without a name, and of positions that are none of their talk."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from app.core.db import db
from tests.core.test_migrated_norms import rewrite
from tests.core.test_migrations import migrations
from tests.support.filler import fill

__all__ = ["migrations"]
UNSEEN = 1_000_000_000
TALK, SEALED, BEFORE, OUT, OUT_TOO, HELD, LAST = range(11, 18)


def copies(table: str, *rows: dict[str, object]) -> None:
    """More rows like the first one of a table."""
    found = sa.Table(table, sa.MetaData(), autoload_with=db.engine)
    with db.engine.begin() as connection:
        first = connection.execute(sa.select(found).order_by(found.c.id)).mappings().first()
        for row in rows:
            connection.execute(found.insert().values({**(first or {}), **row}))


def rows(sql: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql))]


def test_places_and_positions_are_put_right(migrations: Config) -> None:
    command.upgrade(migrations, "0009")
    fill(db.engine)
    talk: dict[str, object] = {"root_id": TALK, "state": "published", "version": 1}
    copies(
        "contribution",
        {"id": TALK, "reply_seq": 7, "position": None},
        {"id": SEALED, "reply_seq": 3, "position": None, "seal": "5" * 64},
        {**talk, "id": BEFORE, "position": 7},
        {**talk, "id": OUT, "position": UNSEEN + OUT},
        {**talk, "id": OUT_TOO, "position": UNSEEN + OUT_TOO},
        {**talk, "id": HELD, "position": UNSEEN + HELD, "state": "held"},
        {**talk, "id": LAST, "root_id": SEALED, "position": UNSEEN + LAST},
    )
    rewrite("read_place", "id = 1", member_id=1, contribution_id=TALK, position=UNSEEN + OUT)
    rewrite("read_place", "id = 2", member_id=2, contribution_id=TALK, position=5)
    copies(
        "read_place",
        {"id": 3, "member_id": 1, "contribution_id": SEALED, "position": 3},
        {"id": 4, "member_id": 2, "contribution_id": SEALED, "position": 0},
    )
    command.upgrade(migrations, "0010")
    replies = "SELECT id, position, version FROM contribution WHERE root_id IS NOT NULL ORDER BY id"
    assert rows(replies) == [
        (BEFORE, 7, 1), (OUT, 8, 2), (OUT_TOO, 9, 2), (HELD, UNSEEN + HELD, 1), (LAST, 4, 2)
    ]  # fmt: skip
    talks = "SELECT id, reply_seq FROM contribution WHERE root_id IS NULL AND id > 2 ORDER BY id"
    assert rows(talks) == [(TALK, 9), (SEALED, 4)]
    places = "SELECT member_id, contribution_id, position FROM read_place ORDER BY id"
    assert rows(places) == [(1, TALK, 9), (2, TALK, 5)]
    command.downgrade(migrations, "0009")
    assert len(rows(replies)) == 5
