"""Who may open a file: whoever sees a contribution that carries it; before that, its uploader.

Also what carries a file, and whose it is to have names taken out.
"""

from typing import Any

from sqlalchemy import select

from app.contributions.models import Attachment, Contribution
from app.contributions.policy import visible_to
from app.core.db import db
from app.core.files.models import StoredFile
from app.core.previews.stripping import can_be_stripped
from app.networks.models import Member


def may_open(account: Any, stored: StoredFile) -> bool:
    """The rule of the scope `contribution`, asked for each request."""
    if account is None or not getattr(account, "is_authenticated", False):
        return False
    viewer = db.session.scalar(
        select(Member).where(
            Member.account_id == account.id,
            Member.network_id == stored.network_id,
            Member.standing.in_(("active", "paused")),
        )
    )
    if viewer is None:
        return False
    if stored.attached_at is None:
        return stored.uploader_id == viewer.id
    carried = (
        select(Contribution.id)
        .join(Attachment, Attachment.contribution_id == Contribution.id)
        .where(Attachment.file_id == stored.id, Contribution.state != "removed", visible_to(viewer))
    )
    return db.session.scalar(carried.limit(1)) is not None


def carrying(viewer: Member, stored: StoredFile) -> list[Contribution]:
    """What the viewer sees that carries this file, the oldest first."""
    query = select(Contribution).join(Attachment, Attachment.contribution_id == Contribution.id)
    wanted = (Attachment.file_id == stored.id, Contribution.state == "published", visible_to(viewer))
    return list(db.session.scalars(query.where(*wanted).order_by(Contribution.id).limit(5)))


def may_strip(viewer: Member, stored: StoredFile) -> bool:
    """Whether the viewer may have the authors' names taken out: of their own upload, where it has them."""
    return stored.uploader_id == viewer.id and can_be_stripped(stored)
