"""Uses as rows: the viewer's own of one resource, and the one behind a reply."""

from typing import Any

from sqlalchemy import select

from app.contributions.models import Contribution
from app.contributions.queries import get_contribution
from app.core.access import NotFound
from app.core.db import db
from app.library.models import ResourceUse
from app.networks.models import Member

OWN_AT_MOST = 20


def own_uses(viewer: Member, resource: Contribution) -> list[ResourceUse]:
    """What the viewer said of it and still shows, the newest first."""
    query = (
        select(ResourceUse)
        .join(Contribution, Contribution.id == ResourceUse.reply_id)
        .where(
            ResourceUse.contribution_id == resource.id,
            ResourceUse.member_id == viewer.id,
            Contribution.state == "published",
        )
        .order_by(ResourceUse.used_at.desc(), ResourceUse.reply_id.desc())
    )
    return list(db.session.scalars(query.limit(OWN_AT_MOST)))


def get_use(viewer: Member, reply_id: int) -> tuple[Contribution, ResourceUse]:
    """The reply that the viewer sees, with its use. Raises NotFound where it is none."""
    reply = get_contribution(viewer, reply_id)
    use = db.session.get(ResourceUse, reply.id)
    if use is None:
        raise NotFound
    return reply, use


def edits_use(reply: Any) -> str | None:
    """A use is edited by its own fields, and not as the words that were made of them."""
    return "library.edit_use" if db.session.get(ResourceUse, reply.id) is not None else None
