"""The worker's part of an import: read what was sent, then write it in one command."""

from app.core.db import db
from app.core.doors import closed
from app.core.events import on
from app.core.files import Missing, files
from app.core.outside import Unreachable, fetch
from app.standards.actions import finish_import
from app.standards.events import ImportAsked
from app.standards.models import FrameworkImport
from app.standards.queries.case import LARGEST, NotAPackage, read_packages


@on(ImportAsked, slow=True)
@closed("published lists only")
def read_what_was_sent(event: ImportAsked) -> None:
    """Outside any transaction; a repeat after it was done does nothing."""
    asked = db.session.get(FrameworkImport, event.import_id)
    if asked is None or asked.state != "waiting":
        return
    key, source = asked.blob_key, asked.source
    db.session.rollback()
    try:
        packages = read_packages(_stored(key) if key else fetch(source))
    except Missing:
        finish_import(event.import_id, None, "gone")
    except Unreachable:
        finish_import(event.import_id, None, "not_reached")
    except NotAPackage as refused:
        finish_import(event.import_id, None, refused.reason)
    else:
        finish_import(event.import_id, packages)
    if key:
        files.store.delete(key)


def _stored(key: str) -> bytes:
    """Raises Missing."""
    with files.store.open(key) as stored:
        return stored.read(LARGEST + 1)
