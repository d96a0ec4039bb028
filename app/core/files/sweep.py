"""The sweep: uploads that nobody attached within a day, and blobs that no row knows.

Rule: an hour at least lies between a blob and its row being missed, so that an upload in progress is safe.
Neighbours: `jobs` runs it every night.
"""

from datetime import timedelta

from sqlalchemy import or_, select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.files.models import FileText, StoredFile
from app.core.files.service import files
from app.core.jobs import periodic

UNATTACHED = timedelta(days=1)
_BATCH = 100


@periodic(hour="3", minute="20")
def sweep_at_night() -> None:
    sweep()


def sweep() -> int:
    """Remove both; returns how many rows and blobs went. May run any time, also twice."""
    gone = 0
    while batch := _discard_unattached():
        gone += batch
    for key in files.store.keys_older_than(UNATTACHED.total_seconds()):
        if not _known(key):
            files.store.delete(key)
            gone += 1
    return gone


@command
def _discard_unattached() -> int:
    forgotten = db.session.scalars(
        select(StoredFile)
        .where(StoredFile.attached_at.is_(None), StoredFile.created_at < clock.now() - UNATTACHED)
        .order_by(StoredFile.id)
        .limit(_BATCH)
    ).all()
    for stored in forgotten:
        files.discard(stored)
    return len(forgotten)


def _known(key: str) -> bool:
    behind = (StoredFile.key == key, StoredFile.thumb_key == key, StoredFile.preview_key == key)
    ours = select(StoredFile.id).where(or_(*behind))
    pages = select(FileText.file_id).where(FileText.picture_key == key)
    known = db.session.scalar(ours.union(pages).limit(1)) is not None
    db.session.rollback()
    return known
