"""Looking through a file once it was read: outside any transaction, and the result written in one."""

from dataclasses import asdict

from sqlalchemy import select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.files.models import StoredFile
from app.privacy.models import FileLook, Finding
from app.privacy.policy import Known, look_inside


def look_through(stored: StoredFile, known: Known) -> list[Finding]:
    """What looks like pupils' in the file's text and in its name."""
    return look_inside(stored.key, stored.name, stored.texts, known)


@command
def note_look(file_id: int, findings: list[Finding]) -> bool:
    """Keep what was found, without its words; whether the file is still there. Locks the file's row."""
    stored = db.session.scalar(select(StoredFile).where(StoredFile.id == file_id).with_for_update())
    if stored is None:
        return False
    look = db.session.get(FileLook, file_id) or FileLook(file_id=file_id)
    look.findings = [
        {"kind": each.kind, "mark": each.mark, "place": asdict(each.place)} for each in findings if each.place
    ]
    look.looked_at = clock.now()
    db.session.add(look)
    db.session.flush()
    return True
