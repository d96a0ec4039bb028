"""Taking the names of those who wrote it out of an office file or a PDF, when its owner asks.

The file is written anew in the separate process, put in the old one's place under the same key, and read
again. One that cannot be written anew stays as it was.
"""

from collections.abc import Sequence

import structlog

from app.core.command import command
from app.core.db import db, forbid_while_writing
from app.core.files import Missing, files
from app.core.files.kinds import BY_TYPE, DOCUMENT, OFFICE, TEXT
from app.core.files.models import StoredFile
from app.core.files.port import Blob
from app.core.jobs import job
from app.core.previews import process
from app.core.previews.reading import again

log = structlog.get_logger()


def can_be_stripped(stored: StoredFile) -> bool:
    """Whether this is a kind that names its authors, and was read."""
    in_order = stored.state == "ready" and stored.reading in ("read", "empty")
    return names_authors(stored) and in_order


@job
def strip_authors(file_id: int) -> None:
    """Write one file anew without names. May run twice."""
    stored = db.session.get(StoredFile, file_id)
    if stored is not None and can_be_stripped(stored):
        strip_now(file_id)


def names_authors(stored: StoredFile) -> bool:
    """Whether this is a kind of file that says inside who made it."""
    kind = BY_TYPE.get(stored.media_type)
    return kind is not None and kind.family in (OFFICE, DOCUMENT)


def is_looked_through(stored: StoredFile) -> bool:
    """Whether its words can be searched for a name."""
    kind = BY_TYPE.get(stored.media_type)
    return kind is not None and kind.family in (OFFICE, DOCUMENT, TEXT)


def strip_now(file_id: int, names: Sequence[str] = ()) -> bool:
    """Write one file anew without names, read yet or not; False where that does not go. May run twice.

    Raises process.StillNamed where one of `names` would be left in it; the file stays as it was then.
    """
    forbid_while_writing("writing a file anew")
    stored = db.session.get(StoredFile, file_id)
    if stored is None:
        return False
    key, media_type = stored.key, stored.media_type
    db.session.commit()
    try:
        with (
            files.open(key) as source,
            process.laid_out(source, BY_TYPE[media_type].ending) as (copy, folder),
        ):
            made = process.strip(copy, media_type, folder, names)
            if made is None:
                log.info("file_not_stripped", file=file_id)
                return False
            with made.open("rb") as content:
                blob = files.store.replace(key, content)
    except Missing:
        return False
    _note(file_id, blob)
    return True


@command
def _note(file_id: int, blob: Blob) -> None:
    stored = db.session.get(StoredFile, file_id)
    if stored is not None:
        stored.size, stored.sha256 = blob.size, blob.sha256
        again(file_id)
