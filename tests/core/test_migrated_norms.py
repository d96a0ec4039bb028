"""What the migration of norms makes of what was written before, and gives back on the way down."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from app.core.db import db
from tests.core.test_migrations import migrations
from tests.support.filler import fill

__all__ = ["migrations"]
FIRST = [
    {"title": "All voices", "meaning": "Everybody.", "example": ""},
    {"title": "Listen", "meaning": "To the end."},
]
SECOND = [{"title": "Listen well", "meaning": "To the end."}, {"title": "New"}, {"title": "All voices"}]
RICH = "<ul><li>Bring <b>one</b> slip &amp; a pen.</li><li></li></ul><p>" + "Very long words. " * 9 + "</p>"


def rewrite(table: str, where: str, **values: object) -> None:
    metadata = sa.MetaData()
    found = sa.Table(table, metadata, autoload_with=db.engine)
    with db.engine.begin() as connection:
        connection.execute(found.update().where(sa.text(where)).values(**values))


def read(table: str, column: str) -> list[object]:
    found = sa.Table(table, sa.MetaData(), autoload_with=db.engine)
    with db.engine.connect() as connection:
        return list(connection.scalars(sa.select(found.c[column]).order_by(found.c[found.columns.keys()[0]])))


def test_old_norms_get_refs_and_group_texts_become_norms(migrations: Config) -> None:
    command.upgrade(migrations, "0001")
    fill(db.engine)
    rewrite("norms_version", "id = 1", network_id=1, version=1, norms=FIRST)
    rewrite("norms_version", "id = 2", network_id=1, version=2, norms=SECOND)
    rewrite("group", "space_id = 1", norms=RICH)
    rewrite("group", "space_id = 2", norms="")
    command.upgrade(migrations, "0006")
    first, second = read("norms_version", "norms")
    assert [norm["ref"] for norm in first] == ["n1", "n2"]  # type: ignore[attr-defined]
    assert [norm["ref"] for norm in second] == ["n2", "n3", "n1"]  # type: ignore[attr-defined]
    (made,) = read("group_norms", "norms")
    assert [norm["ref"] for norm in made] == ["g1.1", "g1.2"]  # type: ignore[attr-defined]
    assert made[0]["title"] == "Bring one slip & a pen."  # type: ignore[index]
    assert made[1]["title"] == "Very long words."  # type: ignore[index]
    assert made[1]["meaning"].startswith("Very long words. Very")  # type: ignore[index]
    command.downgrade(migrations, "0001")
    assert read("norms_version", "norms") == [FIRST, SECOND]
    assert "<li>Bring one slip &amp; a pen.</li>" in str(read("group", "norms")[0])
    assert read("group", "norms")[1] == ""
