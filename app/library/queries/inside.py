"""What is inside a resource's files, as far as it was read: a look at one of them, and the codes in them."""

from collections.abc import Sequence
from dataclasses import dataclass
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


def standards_said(viewer: Member, said: str, keys: Sequence[str]) -> tuple[list[Standard], bool]:
    """The standards whose codes stand in these words or in the viewer's own fresh uploads; and whether one
    of those is still being read."""
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
    found = standards_in(viewer.network_id, "\n".join([said, *db.session.scalars(texts)]))
    return found[:OFFERED], any(upload.reading == "waiting" for upload in uploads)
