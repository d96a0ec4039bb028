"""Files on a contribution: only the uploader's own, each to one contribution.

Where the contribution is sealed, nothing says any more who uploaded them.
"""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from sqlalchemy import select

from app.contributions.models import Attachment, Contribution
from app.core import clock, text
from app.core.access import NotFound
from app.core.db import db
from app.core.files import files
from app.core.files.models import StoredFile
from app.networks.models import Member, fold

FILES_AT_MOST = 12
ALT_LIMIT = 300
"""Characters that say what a picture shows."""


class TooManyFiles(ValueError):
    """More files than one contribution carries."""


def attach(actor: Member, contribution: Contribution, keys: Sequence[str], alts: Sequence[str] = ()) -> None:
    """Tie uploads to `contribution` in the given order and put them on its card.

    `alts` say what pictures show, in the same order; a missing one is empty.

    Raises NotFound for a file that is not the actor's own fresh upload, TooManyFiles.
    """
    said = dict(zip(keys, alts, strict=False))
    keys = list(dict.fromkeys(keys))
    if len(keys) > FILES_AT_MOST:
        raise TooManyFiles
    found = {file.key: file for file in fresh_uploads(actor, keys)}
    if len(found) != len(keys):
        raise NotFound
    for place, key in enumerate(keys):
        file = found[key]
        file.attached_at = clock.now()
        if contribution.seal is not None:
            file.uploader_id, file.name = None, without_name(file, actor)
        alt = said[key] = text.line(said.get(key, ""), ALT_LIMIT)
        attachment = Attachment(contribution_id=contribution.id, file_id=file.id, position=place, alt=alt)
        db.session.add(attachment)
    if keys:
        contribution.card = {**contribution.card, "files": [on_card(found[key], said[key]) for key in keys]}
        db.session.flush()


def detach(contribution: Contribution, keys: Sequence[str]) -> None:
    """Take files off `contribution`, with their bytes; other keys are passed over. Inside a command."""
    carried = (
        select(Attachment)
        .join(StoredFile)
        .where(Attachment.contribution_id == contribution.id, StoredFile.key.in_(keys))
    )
    for attachment in list(db.session.scalars(carried)):
        stored = attachment.file
        db.session.delete(attachment)
        db.session.flush()
        files.discard(stored)


def fresh_uploads(actor: Member, keys: Sequence[str]) -> list[StoredFile]:
    """The actor's own uploads of these keys that nothing carries yet."""
    if not keys:
        return []
    query = select(StoredFile).where(
        StoredFile.key.in_(keys),
        StoredFile.scope == "contribution",
        StoredFile.uploader_id == actor.id,
        StoredFile.network_id == actor.network_id,
        StoredFile.attached_at.is_(None),
        StoredFile.state.in_(("ready", "quarantined")),
    )
    return list(db.session.scalars(query))


def without_name(file: StoredFile, actor: Member) -> str:
    """The file's name, or a plain one where it names the person who uploaded it."""
    said = fold(file.name)
    named = any(len(word) > 2 and word in said for word in fold(actor.name).split())
    return f"file{PurePath(file.name).suffix}" if named else file.name


def on_card(file: StoredFile, alt: str) -> dict[str, Any]:
    """What a card shows of a file; the key opens only through the permission check."""
    return {
        "key": file.key,
        "name": file.name,
        "alt": alt,
        "type": file.media_type,
        "size": file.size,
        "width": file.width,
        "height": file.height,
    }
