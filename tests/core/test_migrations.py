"""Migrations go up and down on both databases without losing a row."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask

from app.core.db import db
from tests.support.databases import ROOT, Databases, fresh_name
from tests.support.filler import counts, fill
from tests.support.isolation import working_on

REBUILD = '''"""Change a parent in a way that makes SQLite build it anew."""
import sqlalchemy as sa
from alembic import op

revision = "test_rebuild"
down_revision = "{head}"


def upgrade():
    with op.batch_alter_table("account", recreate="auto") as batch:
        batch.alter_column("name", existing_type=sa.String(80), type_=sa.String(120))
        batch.add_column(sa.Column("nickname", sa.String(20), server_default="none", nullable=False))
    {more}


def downgrade():
    with op.batch_alter_table("account") as batch:
        batch.drop_column("nickname")
        batch.alter_column("name", existing_type=sa.String(120), type_=sa.String(80))
'''
ORPHAN = 'op.execute("DELETE FROM account WHERE id = 1")'


def prepared(application: Flask, databases: Databases) -> Iterator[Config]:
    address = databases.empty(fresh_name("migrated"))
    with working_on(application, address):
        yield application.extensions["migrate"].migrate.get_config(directory=str(ROOT / "migrations"))
    databases.drop(address)


@pytest.fixture
def migrations(application: Flask, databases: Databases) -> Iterator[Config]:
    """Alembic's configuration, on an empty database of the engine under test."""
    yield from prepared(application, databases)


@pytest.fixture
def migrations_of_a_file(application: Flask, databases: Databases) -> Iterator[Config]:
    """The same on SQLite, whichever engine is under test."""
    yield from prepared(application, Databases(databases.run, None))


def revisions(config: Config) -> list[str]:
    """All revisions, oldest first."""
    return [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def columns(engine: sa.Engine) -> set[str]:
    return {column["name"] for column in sa.inspect(engine).get_columns("account")}


def with_rebuild(config: Config, folder: Path, more: str = "") -> None:
    """Add a revision, for this test only, that rebuilds a parent with cascading children."""
    (folder / "rebuild.py").write_text(REBUILD.format(head=revisions(config)[-1], more=more))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{ROOT / 'migrations' / 'versions'}\n{folder}")


def test_the_models_are_what_the_migrations_make(migrations: Config) -> None:
    command.upgrade(migrations, "head")
    command.check(migrations)


def test_every_step_goes_up_down_and_up_again_with_rows(migrations: Config) -> None:
    for revision in revisions(migrations):
        before = counts(db.engine)
        command.upgrade(migrations, revision)
        after = counts(db.engine)
        assert {name: after[name] for name in before.keys() & after.keys()} == {
            name: before[name] for name in before.keys() & after.keys()
        }
        command.downgrade(migrations, "-1")
        assert {name: count for name, count in counts(db.engine).items() if name in before} == before
        command.upgrade(migrations, revision)
        fill(db.engine)


def test_all_the_way_down_leaves_nothing(migrations: Config) -> None:
    command.upgrade(migrations, "head")
    fill(db.engine)
    command.downgrade(migrations, "base")
    assert counts(db.engine) == {"alembic_version": 0}


def test_rebuilding_a_parent_keeps_its_cascading_children(migrations: Config, tmp_path: Path) -> None:
    command.upgrade(migrations, "head")
    fill(db.engine)
    before = counts(db.engine)
    assert before["account"] == before["session"] == before["password_reset"] == 2

    with_rebuild(migrations, tmp_path)
    command.upgrade(migrations, "head")
    assert counts(db.engine) == before
    assert "nickname" in columns(db.engine)
    command.downgrade(migrations, "-1")
    assert counts(db.engine) == before


def test_foreign_keys_hold_again_after_a_migration(migrations: Config) -> None:
    command.upgrade(migrations, "head")
    fill(db.engine)
    statement = sa.text("INSERT INTO password_reset (account_id, token_hash, created_at, expires_at)"
                        " VALUES (99, 'x', '2025-03-04', '2025-03-04')")  # fmt: skip
    with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
        connection.execute(statement)


def test_a_migration_that_breaks_references_changes_nothing(
    migrations_of_a_file: Config, tmp_path: Path
) -> None:
    """SQLite has its keys off during a migration, so the check before the commit must find it."""
    command.upgrade(migrations_of_a_file, "head")
    fill(db.engine)
    before = counts(db.engine)
    with_rebuild(migrations_of_a_file, tmp_path, more=ORPHAN)
    with pytest.raises(RuntimeError, match="nothing was changed"):
        command.upgrade(migrations_of_a_file, "head")
    assert counts(db.engine) == before
    assert "nickname" not in columns(db.engine)


def test_a_file_is_copied_before_it_is_changed(migrations_of_a_file: Config, tmp_path: Path) -> None:
    command.upgrade(migrations_of_a_file, "head")
    fill(db.engine)
    before = counts(db.engine)
    with_rebuild(migrations_of_a_file, tmp_path)
    command.upgrade(migrations_of_a_file, "head")
    copy = sa.create_engine(f"sqlite:///{db.engine.url.database}.before-migration")
    assert counts(copy) == before
    assert "nickname" not in columns(copy)
    copy.dispose()
