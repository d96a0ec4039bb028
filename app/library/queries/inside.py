"""What is inside a resource's files, as far as it was read: a look at one of them, and the codes in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from flask_login import current_user
from sqlalchemy import select

from app.contributions.models import Contribution
from app.core.db import db
from app.core.files import files
from app.core.files.kinds import reading_of
from app.core.files.models import FileText, StoredFile
from app.core.previews.showing import Look, look_at
from app.networks.models import Member
from app.standards.models import Standard
from app.standards.queries import standards_in

SECTIONS_READ = 60
"""Pages of fresh uploads in which codes are looked for."""
OFFERED = 6
Said = tuple[list[Standard], bool]


@dataclass(frozen=True)
class Inside:
    """One file of a resource at one section; `listed` are all that can be looked into, as on the card."""

    look: Look
    listed: Sequence[dict[str, Any]]


def look_inside(root: Contribution, key: str | None, number: int | None) -> Inside | None:
    """The file of `key`, or else the first that has words or pages; pictures are on the card already.

    The caller has `root` from a viewer's query.
    """
    listed = [file for file in root.card.get("files", []) if reading_of(file["type"]) != "none"]
    chosen = next((file for file in listed if file["key"] == key), listed[0] if listed else None)
    stored = files.find(chosen["key"]) if chosen else None
    if stored is None or not files.may_know(current_user, stored):
        return None
    return Inside(look_at(stored, number), listed)


def words_in(viewer: Member, keys: Sequence[str]) -> tuple[str, bool]:
    """The words of the viewer's own fresh uploads, as far as they were read; and whether one still waits."""
    query = select(StoredFile.id, StoredFile.reading).where(
        StoredFile.key.in_(keys), StoredFile.uploader_id == viewer.id, StoredFile.attached_at.is_(None)
    )
    uploads = db.session.execute(query).all()
    texts = (
        select(FileText.text)
        .where(FileText.file_id.in_([upload.id for upload in uploads]))
        .order_by(FileText.file_id, FileText.number)
        .limit(SECTIONS_READ)
    )
    words = "\n".join(db.session.scalars(texts))
    return words, any(upload.reading == "waiting" for upload in uploads)


def standards_said(viewer: Member, title: str, names: Sequence[str], keys: Sequence[str]) -> Said:
    """The standards whose codes stand in a title, in files' names, or in the viewer's own fresh uploads; and
    whether one of those is still being read."""
    words, waiting = words_in(viewer, keys)
    # Without its ending: "6.SP.4.pdf" names a standard.
    said = "\n".join([title, *(PurePath(name).stem for name in names), words])
    return standards_in(viewer.network_id, said)[:OFFERED], waiting
