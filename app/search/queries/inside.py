"""What stands inside attached files, for the search: the words of each page or slide, and where it opens.

Rule: who reaches the post reaches its files, so the words of a file lie behind the wall of what carries it;
a file that is kept closed gives none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import func, select

from app.contributions.models import Attachment
from app.core.addresses import path_for
from app.core.db import db
from app.core.files.models import FileText, StoredFile
from app.core.previews.showing import called
from app.core.search.sources import Section

MOST = 120_000
"""Letters of files that one document brings along; what lies behind them is neither found nor looked at."""


def carriers_of(file_id: int) -> list[int]:
    """The contributions that a file is attached to."""
    return list(db.session.scalars(select(Attachment.contribution_id).where(Attachment.file_id == file_id)))


def words_inside(ids: Collection[int]) -> dict[int, str]:
    """For each contribution with files: their names, and the words in them as far as they are indexed."""
    found: dict[int, list[str]] = defaultdict(list)
    for number, names in _names(ids).items():
        found[number] += names
    for row in _rows(ids):
        found[row.contribution_id] += [row.title, row.text]
    return {number: "\n".join(parts)[:MOST] for number, parts in found.items()}


def sections_inside(network: str, ids: Collection[int]) -> dict[int, tuple[Section, ...]]:
    """For each contribution: the pages and slides of its files, each with the address that opens it there."""
    found: dict[int, list[Section]] = defaultdict(list)
    for row in _rows(ids):
        url = path_for("contributions.file", network=network, key=row.key, page=row.number)
        name = called(row.unit, row.number, row.title, row.name)
        found[row.contribution_id].append(Section(name, row.text, url))
    return {number: tuple(sections) for number, sections in found.items()}


def _names(ids: Collection[int]) -> dict[int, list[str]]:
    query = select(Attachment.contribution_id, StoredFile.name).join(
        StoredFile, StoredFile.id == Attachment.file_id
    )
    found: dict[int, list[str]] = defaultdict(list)
    wanted = query.where(Attachment.contribution_id.in_(ids), StoredFile.state == "ready")
    for row in db.session.execute(wanted.order_by(Attachment.position)):
        found[row.contribution_id].append(row.name.rpartition(".")[0].replace("_", " "))
    return found


def _rows(ids: Collection[int]) -> Iterator[Any]:
    length = func.length(FileText.text)
    until = func.sum(length).over(
        partition_by=Attachment.contribution_id, order_by=(Attachment.position, FileText.number)
    )
    rows = (
        select(
            Attachment.contribution_id,
            Attachment.position,
            StoredFile.key,
            StoredFile.name,
            FileText.number,
            FileText.unit,
            FileText.title,
            FileText.text,
            (until - length).label("before"),
        )
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .join(FileText, FileText.file_id == StoredFile.id)
        .where(Attachment.contribution_id.in_(ids), StoredFile.state == "ready", FileText.text != "")
        .subquery()
    )
    query = select(rows).where(rows.c.before < MOST)
    yield from db.session.execute(query.order_by(rows.c.contribution_id, rows.c.position, rows.c.number))
