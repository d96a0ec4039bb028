"""Reading files: which are due, what was found in them, and what follows.

Rules: whoever had a file read longest ago is next (`turns`). A file is taken up under a lease, so that a
worker that was killed leaves it to the next look; after TRIES it counts as damaged. The process runs outside
any transaction; what it found is written in one, with the event that tells the search.
Neighbours: `previews.look` is the worker's duty that calls `read_next` and `scan_next`.
"""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import structlog
from flask import current_app
from sqlalchemy import or_, update

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.files import Missing, files
from app.core.files.events import BlobsUnused, FileRead
from app.core.files.kinds import BY_TYPE, OFFICE
from app.core.files.models import FileText, StoredFile
from app.core.previews import process
from app.core.previews.process import Outcome
from app.core.previews.turns import next_in_turn

LEASE = timedelta(minutes=3)
"""Longer than converting and reading may take together."""
TRIES = 3
log = structlog.get_logger()


def read_next() -> bool:
    """Read the file whose turn it is; whether there was one."""
    stored = _take()
    if stored is None:
        return False
    file_id, key, media_type, tries = stored.id, stored.key, stored.media_type, stored.read_tries
    db.session.commit()
    if tries > TRIES:
        _write(file_id, Outcome("damaged"), [], None)
        return True
    try:
        with files.open(key) as source, process.laid_out(source, _ending(media_type)) as (copy, folder):
            outcome = _read(copy, media_type, folder)
            _keep(file_id, outcome)
    except Missing:
        _write(file_id, Outcome("damaged"), [], None)
    return True


def again(file_id: int) -> None:
    """Inside a command: read this one anew, such as after it was rewritten."""
    db.session.execute(
        update(StoredFile)
        .where(StoredFile.id == file_id, StoredFile.reading != "none")
        .values(reading="waiting", read_at=None, read_tries=0)
    )


def _read(copy: Path, media_type: str, folder: Path) -> Outcome:
    outcome = process.read(copy, media_type, folder)
    converter = current_app.config.get("CONVERTER")
    if not converter or outcome.state not in ("read", "empty") or _family(media_type) != OFFICE:
        return outcome
    pages = folder / "pages"
    pages.mkdir()
    made = process.convert(converter, copy, folder)
    seen = process.read(made, "application/pdf", pages) if made else None
    return _with_pages(outcome, seen) if seen and seen.state in ("read", "empty") else outcome


def _with_pages(outcome: Outcome, seen: Outcome) -> Outcome:
    """Slides keep their words and notes and get their pictures; documents are read page by page.

    Sheets stay the tables that they are, with a small picture for lists.
    """
    parts = seen.parts
    if outcome.parts and outcome.parts[0].unit == "sheet":
        return replace(outcome, thumb=seen.thumb or outcome.thumb)
    if outcome.parts and outcome.parts[0].unit == "slide":
        looks = {part.number: part for part in seen.parts}
        parts = [
            replace(part, picture=look.picture, width=look.width, height=look.height)
            if (look := looks.get(part.number))
            else part
            for part in outcome.parts
        ]
    return Outcome("read", parts, outcome.is_cut or seen.is_cut, outcome.has_macros, seen.thumb)


def _keep(file_id: int, outcome: Outcome) -> None:
    """The pictures' bytes first, then all rows in one transaction."""
    keys: list[str] = []
    rows = []
    for part in outcome.parts:
        key = _stored(part.picture)
        keys += [key] if key else []
        rows.append(
            FileText(
                file_id=file_id,
                number=part.number,
                unit=part.unit,
                title=part.title,
                text=part.text,
                blocks=part.blocks,
                picture_key=key,
                width=part.width if key else None,
                height=part.height if key else None,
            )
        )
    _write(file_id, outcome, rows, _stored(outcome.thumb))


def _stored(picture: Path | None) -> str | None:
    content = process.picture_bytes(picture) if picture else b""
    return files.store.put(BytesIO(content)).key if content else None


@command
def _take() -> StoredFile | None:
    """The next one that is due, under a lease from now on."""
    free = or_(StoredFile.read_at.is_(None), StoredFile.read_at < clock.now() - LEASE)
    stored = next_in_turn(StoredFile.state == "ready", StoredFile.reading == "waiting", free)
    if stored is not None:
        stored.read_at = clock.now()
        stored.read_tries += 1
    return stored


@command
def _write(file_id: int, outcome: Outcome, rows: list[FileText], thumb_key: str | None) -> None:
    stored = db.session.get(StoredFile, file_id)
    new = [key for key in (thumb_key, *(row.picture_key for row in rows)) if key]
    if stored is None:
        _let_go(new)
        return
    _let_go([key for key in stored.blob_keys if key != stored.key])
    stored.texts.clear()
    db.session.flush()
    stored.texts.extend(rows)
    stored.reading = outcome.state
    stored.is_cut = outcome.is_cut
    stored.has_macros = stored.has_macros or outcome.has_macros
    stored.thumb_key, stored.preview_key = thumb_key, None
    publish(FileRead(file_id=file_id))
    log.info("file_read", file=file_id, state=outcome.state, sections=len(rows))


def _ending(media_type: str) -> str:
    kind = BY_TYPE.get(media_type)
    return kind.ending if kind else ""


def _family(media_type: str) -> str:
    kind = BY_TYPE.get(media_type)
    return kind.family if kind else ""


def _let_go(keys: list[str]) -> None:
    if keys:
        publish(BlobsUnused(keys=keys))
