"""The worker's part of an import: read what was sent and count what it would do; write it once a person wants
it."""

from io import BytesIO

from app.core.db import db
from app.core.doors import closed
from app.core.events import on
from app.core.files import Missing, StorageFull, files
from app.core.outside import Unreachable, fetch
from app.standards.actions import finish_import, show_import
from app.standards.events import ImportAsked, ImportDropped, ImportTaken
from app.standards.models import FrameworkImport
from app.standards.queries.case import LARGEST, NotAPackage, read_packages
from app.standards.queries.previewing import plans_for


@on(ImportAsked, slow=True)
@closed("published lists only")
def read_what_was_sent(event: ImportAsked) -> None:
    """Outside any transaction; a repeat after it was done does nothing."""
    asked = _asked(event.import_id, "waiting")
    if asked is None:
        return
    key, source = asked
    try:
        data = _stored(key) if key else fetch(source)
        plans = plans_for(event.import_id, read_packages(data))
        kept = key or files.store.put(BytesIO(data)).key
    except (Missing, Unreachable, NotAPackage, StorageFull) as error:
        _fail(event.import_id, error)
        if key:
            files.store.delete(key)
    else:
        db.session.rollback()
        show_import(event.import_id, plans, kept)


@on(ImportTaken, slow=True)
@closed("published lists only")
def write_what_was_taken(event: ImportTaken) -> None:
    """Outside any transaction; a repeat after it was done does nothing."""
    asked = _asked(event.import_id, "taking")
    if asked is None:
        return
    key, _source = asked
    try:
        packages = read_packages(_stored(key or ""))
    except (Missing, NotAPackage) as error:
        _fail(event.import_id, error)
    else:
        finish_import(event.import_id, packages)
    if key:
        files.store.delete(key)


@on(ImportDropped, slow=True)
@closed("deletes bytes and shows nothing")
def forget_what_was_sent(event: ImportDropped) -> None:
    if event.blob_key:
        files.store.delete(event.blob_key)


def _asked(import_id: int, state: str) -> tuple[str | None, str] | None:
    """Where its bytes are, and where it came from; None where it is not its turn."""
    asked = db.session.get(FrameworkImport, import_id)
    found = (asked.blob_key, asked.source) if asked is not None and asked.state == state else None
    db.session.rollback()
    return found


def _fail(import_id: int, error: Exception) -> None:
    reasons: dict[type[Exception], str] = {
        Missing: "gone",
        Unreachable: "not_reached",
        StorageFull: "no_room",
    }
    reason = error.reason if isinstance(error, NotAPackage) else reasons[type(error)]
    finish_import(import_id, None, reason, error.where if isinstance(error, NotAPackage) else "")


def _stored(key: str) -> bytes:
    """Raises Missing."""
    with files.store.open(key) as stored:
        return stored.read(LARGEST + 1)
