"""Rows for any schema: made from what the database itself says about its tables.

Migration tests use it at every revision, whatever the models of today look like.
"""

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

ROWS = 2
NOON = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)


def fill(engine: sa.Engine) -> None:
    """Put two rows into every table that is empty, parents first."""
    metadata = sa.MetaData()
    metadata.reflect(engine)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name != "alembic_version" and not _count(connection, table):
                for number in range(1, ROWS + 1):
                    connection.execute(table.insert().values(_row(connection, table, number)))


def counts(engine: sa.Engine) -> dict[str, int]:
    """How many rows each table has."""
    metadata = sa.MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return {table.name: _count(connection, table) for table in metadata.sorted_tables}


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def _row(connection: sa.Connection, table: sa.Table, number: int) -> dict[str, Any]:
    return {
        column.name: _value(connection, table, column, number)
        for column in table.columns
        if not (column.primary_key and column.autoincrement is True)
    }


def _value(connection: sa.Connection, table: sa.Table, column: sa.Column[Any], number: int) -> Any:
    for key in column.foreign_keys:
        target = key.column
        if target.table is table:
            return None
        return connection.scalar(sa.select(target).order_by(target).limit(1).offset(number - 1))
    return _plain(column, number)


def _plain(column: sa.Column[Any], number: int) -> Any:
    kind = column.type
    if column.name == "seal":
        # What is sealed keeps fewer rows around it than what has a name.
        return None
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.JSON):
        return {}
    if isinstance(kind, sa.DateTime):
        return NOON.replace(tzinfo=UTC if kind.timezone else None)
    if isinstance(kind, sa.Date):
        return date(2025, 3, 4)
    if isinstance(kind, sa.Numeric | sa.Integer):
        return number
    if isinstance(kind, sa.LargeBinary):
        return bytes([number])
    return f"{column.name}{number}"[: getattr(kind, "length", None) or 200]
