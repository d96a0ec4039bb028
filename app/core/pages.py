"""Pages by keyset: no OFFSET anywhere, so the hundredth page costs what the first does.

A *cursor* is the sort key of the last row shown, encoded; anyone may read it, nobody gains
by changing it, because visibility is part of the query and not of the cursor.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, literal, tuple_

from app.core.db import db

T = TypeVar("T")
SIZE = 20
"""Rows on a page, unless the caller says otherwise."""


@dataclass(frozen=True)
class Page(Generic[T]):
    items: list[T]
    next: str | None
    """Cursor of the page after this one, None at the end."""


def encode(values: Sequence[Any]) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def decode(cursor: str, columns: Sequence[Any]) -> list[Any] | None:
    """The values in a cursor; None when it is not one of ours (then start at the top)."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != len(columns):
            return None
        return [_as_type(value, column) for value, column in zip(values, columns, strict=True)]
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError):
        return None


def _as_type(value: Any, column: Any) -> Any:
    wanted = column.type.python_type
    if wanted is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("a cursor's moment has a zone")
        return moment.astimezone(UTC)
    if wanted is int and (isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**63):
        raise ValueError("a cursor's number is a number")
    if wanted is str and not (isinstance(value, str) and _can_be_kept(value)):
        raise ValueError("a cursor's word is a word")
    return value


def _can_be_kept(word: str) -> bool:
    """Whether a database could hold it: no NUL, and no half of a character."""
    return not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in word)


def keyset(
    query: Select[*tuple[Any, ...]], by: Sequence[Any], cursor: str | None, *, newest_first: bool
) -> Select[*tuple[Any, ...]]:
    """Order `query` by the columns `by` and begin after `cursor`."""
    values = decode(cursor, by) if cursor else None
    if values is not None:
        row, seen = tuple_(*by), tuple_(*(literal(v, c.type) for v, c in zip(values, by, strict=True)))
        query = query.where(row < seen if newest_first else row > seen)
    return query.order_by(*(column.desc() if newest_first else column.asc() for column in by))


def page_of(
    query: Select[*tuple[Any, ...]],
    by: Sequence[Any],
    cursor: str | None = None,
    *,
    size: int = SIZE,
    newest_first: bool = True,
) -> Page[Any]:
    """One page of an ORM query sorted by the mapped columns `by` (the last one unique)."""
    found = list(db.session.scalars(keyset(query, by, cursor, newest_first=newest_first).limit(size + 1)))
    items = found[:size]
    more = len(found) > size
    return Page(items, encode([getattr(items[-1], c.key) for c in by]) if more else None)
