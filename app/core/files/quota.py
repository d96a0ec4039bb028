"""How much a person's and a network's files may take up: asked before an upload is kept, and with its row."""

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select

from app.core.db import db
from app.core.files.errors import QuotaFull
from app.core.files.models import StoredFile


def used_by(uploader_id: int) -> int:
    """Bytes of all files that this member uploaded and that are still there."""
    total = select(func.coalesce(func.sum(StoredFile.size), 0)).where(StoredFile.uploader_id == uploader_id)
    return int(db.session.scalar(total) or 0)


def used_in(network_id: int) -> int:
    """Bytes of all files of this network."""
    total = select(func.coalesce(func.sum(StoredFile.size), 0)).where(StoredFile.network_id == network_id)
    return int(db.session.scalar(total) or 0)


def require_room(uploader_id: int | None, network_id: int | None, size: int) -> None:
    """Whether `size` more bytes fit. Raises QuotaFull with the sentence for its person."""
    all_of_it = int(current_app.config["STORAGE_PER_NETWORK_BYTES"])
    if network_id is not None and used_in(network_id) + size > all_of_it:
        raise QuotaFull(
            _("The files of this network take up all of its room, so this one was not kept. The hub helps.")
        )
    most = int(current_app.config["STORAGE_PER_MEMBER_BYTES"])
    if uploader_id is not None and used_by(uploader_id) + size > most:
        raise QuotaFull(
            _(
                "Your files here take up all of your %(limit)s MB, so this one was not kept. "
                "Take a file off an older post, and there is room again.",
                limit=most // (1024 * 1024),
            )
        )
