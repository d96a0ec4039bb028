"""Bulk: rows collected per table and written in chunks, parents before children."""

from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any, cast

from sqlalchemy import Table, func, insert, select, text

from app.accounts.models import Account
from app.contributions.models import (
    Attachment,
    Commitment,
    Contribution,
    ContributionStandard,
    Mention,
    Pin,
    Quote,
    Reaction,
    ReadPlace,
    Save,
)
from app.core.db import Model, db, on_sqlite
from app.core.files.models import StoredFile
from app.networks.models import Driver, Member, Network, NormsVersion, Site
from app.posts.models import TriedIt
from app.spaces.models import Group, GroupAsk, GroupNorms, Space, SpaceMember
from app.threads.models import Summary

CHUNK = 10_000
ORDER: tuple[type[Model], ...] = (
    Network,
    Site,
    NormsVersion,
    Driver,
    Account,
    Member,
    Space,
    Group,
    GroupNorms,
    SpaceMember,
    GroupAsk,
    StoredFile,
    Contribution,
    ContributionStandard,
    TriedIt,
    Attachment,
    Mention,
    Pin,
    Reaction,
    Commitment,
    Save,
    Quote,
    ReadPlace,
    Summary,
)


class Bulk:
    """Inside a command. All rows of a table have the same keys; a row comes after those it names."""

    def __init__(self) -> None:
        self._waiting: dict[type[Model], list[dict[str, Any]]] = {model: [] for model in ORDER}
        self._ids: dict[type[Model], Iterator[int]] = {}
        self.made: Counter[str] = Counter()

    def new_id(self, model: type[Model]) -> int:
        """The next number of a table that has an `id`."""
        if model not in self._ids:
            highest = db.session.scalar(select(func.max(model.__table__.c.id))) or 0
            self._ids[model] = count(highest + 1)
        return next(self._ids[model])

    def add(self, model: type[Model], **row: Any) -> None:
        waiting = self._waiting[model]
        waiting.append(row)
        if len(waiting) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        for model, rows in self._waiting.items():
            if rows:
                db.session.execute(insert(cast(Table, model.__table__)), rows)
                self.made[model.__tablename__] += len(rows)
                rows.clear()

    def finish(self) -> None:
        """Write the rest, and let the database go on counting after our ids."""
        self.flush()
        if on_sqlite():
            return
        for model in self._ids:
            name = model.__tablename__
            db.session.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), max(id)) FROM " + name),  # noqa: S608
                {"name": name},
            )
