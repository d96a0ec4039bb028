"""One contribution, its history, and what came of it."""

from itertools import takewhile
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution, Revision
from app.contributions.policy import AnyReader, can_remove, is_author, visible_to
from app.core.access import NotFound
from app.core.db import db
from app.networks.models import Member

_ANYBODY: Any = AnyReader()
_SEEN = (
    select(Contribution)
    .where(Contribution.id == bindparam("contribution_id"), visible_to(_ANYBODY))
    .options(joinedload(Contribution.space), joinedload(Contribution.author))
    .execution_options(populate_existing=True)
)
"""Built once: nearly every request asks for one contribution, a reply three times."""


def get_contribution(viewer: Member, contribution_id: int) -> Contribution:
    """A root or a reply. Raises NotFound for what the viewer may not see."""
    found = None
    if viewer.may_read:
        given = {"contribution_id": contribution_id, **AnyReader.is_now(viewer)}
        found = db.session.scalar(_SEEN, given)
    if found is None:
        raise NotFound
    return found


def get_to_take_back(viewer: Member, contribution_id: int) -> Contribution:
    """One's own words, also where one has left and sees nothing any more; of others what one sees.

    For taking back alone: whoever calls this shows nothing of it. Raises NotFound.
    """
    found = db.session.get(Contribution, contribution_id, populate_existing=True)
    if found is not None and can_remove(viewer, found):
        return found
    return get_contribution(viewer, contribution_id)


def sees_one(viewer: Member, contribution_id: int) -> bool:
    """Whether the viewer may see it now."""
    query = select(Contribution.id).where(Contribution.id == contribution_id, visible_to(viewer))
    return db.session.scalar(query) is not None


def get_root(viewer: Member, contribution_id: int) -> Contribution:
    """A root. Raises NotFound also for a reply."""
    found = get_contribution(viewer, contribution_id)
    if found.root_id is not None:
        raise NotFound
    return found


def history_of(viewer: Member, contribution: Contribution) -> list[Revision]:
    """What it said before, newest first. Only of what is published now.

    Its author sees all of it. Others see it since it came to its space from one that not everybody saw, since
    it was last changed while it was held (for what was held is why it was), and nothing where it is sealed.
    """
    found = get_contribution(viewer, contribution.id)
    if found.state != "published":
        raise NotFound
    query = select(Revision).where(Revision.contribution_id == found.id)
    if not is_author(viewer, found):
        if found.seal is not None:
            return []
        if found.moved_at is not None:
            query = query.where(Revision.replaced_at > found.moved_at)
    earlier = list(db.session.scalars(query.order_by(Revision.version.desc()).limit(100)))
    if is_author(viewer, found):
        return earlier
    return list(takewhile(lambda revision: not revision.was_held, earlier))


def tests_of(viewer: Member, contribution: Contribution, limit: int = 20) -> list[Contribution]:
    """The *tried it*s that report on this idea, newest first, as far as the viewer sees them."""
    query = select(Contribution).where(
        Contribution.reports_on_id == contribution.id,
        Contribution.state == "published",
        visible_to(viewer),
    )
    query = query.options(joinedload(Contribution.author)).order_by(Contribution.published_at.desc())
    return list(db.session.scalars(query.limit(limit)))
