"""Whose file is next: members take turns, so that two hundred files of one hold up nobody else's one.

Rule: whoever's files were taken up longest ago, or never, comes first, with their oldest file; what no member
uploaded (an import, the demo) waits until no member does.
"""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.core.files.models import StoredFile

_Earlier = aliased(StoredFile)


def next_in_turn(*due: ColumnElement[bool]) -> StoredFile | None:
    """The file to take up now among those that are `due`; None when there is none."""
    first = func.min(StoredFile.id).label("first")
    waiting = select(StoredFile.uploader_id, first).where(*due).group_by(StoredFile.uploader_id).subquery()
    served = (
        select(func.max(_Earlier.read_at))
        .where(_Earlier.uploader_id == waiting.c.uploader_id)
        .scalar_subquery()
        .correlate(waiting)
    )
    turn = (waiting.c.uploader_id.is_(None), served.is_not(None), served, waiting.c.first)
    number = db.session.scalar(select(waiting.c.first).order_by(*turn).limit(1))
    return db.session.get(StoredFile, number) if number is not None else None
