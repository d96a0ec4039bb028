"""What a member uploaded lately, attached by now or not."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.files.models import StoredFile
from app.networks.models import Member


def uploaded_within(viewer: Member, span: timedelta) -> tuple[int, datetime | None]:
    """How many files of `viewer` came within `span`, and when the first of them did."""
    since = clock.now() - span
    mine = select(func.count(), func.min(StoredFile.created_at)).where(
        StoredFile.uploader_id == viewer.id, StoredFile.created_at > since
    )
    done, first = db.session.execute(mine).one()
    return done, first
