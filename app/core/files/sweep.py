"""The sweep: uploads that nobody attached, blobs that no row knows, and folders in which a file was looked at
by a process that did not live to remove them; none of them is there after a day.

Rule: hours lie between a blob and its row being missed, so that an upload in progress is safe.
Neighbours: `jobs` runs both by the clock.
"""

import shutil
import tempfile
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy import or_, select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.files.models import FileText, StoredFile
from app.core.files.service import files
from app.core.jobs import periodic
from app.core.previews.process import FOLDER

UNATTACHED = timedelta(hours=23)
"""With an hour until the next look that makes a day."""
UNKNOWN = timedelta(hours=6)
EVERY = 6
"""Hours between two looks for unknown blobs: each reads through all of them."""
_BATCH = 100


@periodic(minute="20")
def sweep_uploads() -> None:
    sweep_unattached()


@periodic(hour=f"3-23/{EVERY}", minute="40")
def sweep_blobs() -> None:
    sweep_unknown()
    sweep_folders()


def sweep() -> int:
    """Remove both; returns how many rows and blobs went. May run any time, also twice."""
    return sweep_unattached() + sweep_unknown()


def sweep_unattached() -> int:
    """Remove what was uploaded and never used; how many rows went."""
    gone = 0
    while batch := _discard_unattached():
        gone += batch
    return gone


def sweep_unknown() -> int:
    """Remove the bytes that no row knows; how many blobs went."""
    gone = 0
    for key in files.store.keys_older_than(UNKNOWN.total_seconds()):
        if not _known(key):
            files.store.delete(key)
            gone += 1
    return gone


def sweep_folders() -> int:
    """Remove what a process that was killed left where files are looked at; how many folders went."""
    gone, before = 0, time.time() - UNKNOWN.total_seconds()
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        with suppress(OSError):
            if folder.lstat().st_mtime < before and not folder.is_symlink():
                shutil.rmtree(folder)
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
