"""How migrations run, on both databases.

SQLite rebuilds a table to change it. With foreign keys on, dropping the old table would
silently empty every child that cascades; so the keys are off, outside the transaction, and
`foreign_key_check` must find nothing before the commit. A file database is copied first.
"""

import shutil
from pathlib import Path
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from app.core.db import Moment, db


def _spell(kind: str, thing: Any, autogen: Any) -> str | bool:
    """Migrations say plain SQLAlchemy types, so that they outlive the application's own."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def _configure(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        compare_type=True,
        render_as_batch=True,
        render_item=_spell,
        # One transaction for all, on SQLite too, or the check below would come after a commit.
        transactional_ddl=True,
        transaction_per_migration=False,
    )


def _keep_a_copy() -> None:
    path = db.engine.url.database
    if path and path != ":memory:" and Path(path).exists() and Path(path).stat().st_size:
        shutil.copy2(path, f"{path}.before-migration")


def _run_on_sqlite() -> None:
    with db.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _keep_a_copy()
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            _configure(connection)
            with context.begin_transaction():
                context.run_migrations()
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                if broken:
                    raise RuntimeError(f"migration would break {len(broken)} references; nothing was changed")
            connection.commit()
        finally:
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=ON")


def _run_on_postgresql() -> None:
    with db.engine.begin() as connection:
        _configure(connection)
        with context.begin_transaction():
            context.run_migrations()


if current_app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
    _run_on_sqlite()
else:
    _run_on_postgresql()
