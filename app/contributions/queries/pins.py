"""What is pinned on top of a space."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select

from app.contributions.models import Contribution, Pin
from app.contributions.policy import visible_to
from app.core.db import db
from app.networks.models import Member


def shows_pinned() -> ColumnElement[bool]:
    """Whether a pin's contribution shows where it is pinned, as a clause on both."""
    return and_(
        Contribution.space_id == Pin.space_id,
        Contribution.state == "published",
        Contribution.root_id.is_(None),
    )


def pinned_in(viewer: Member, space_id: int) -> Sequence[Contribution]:
    """Pinned roots of a space, as far as the viewer sees them, the newest pin first."""
    query = (
        select(Contribution)
        .join(Pin, Pin.contribution_id == Contribution.id)
        .where(
            Pin.space_id == space_id,
            shows_pinned(),
            visible_to(viewer),
        )
    )
    return list(db.session.scalars(query.order_by(Pin.pinned_at.desc(), Pin.contribution_id.desc())))


def is_pinned(contribution: Contribution) -> bool:
    found = db.session.get(Pin, contribution.id)
    return found is not None and found.space_id == contribution.space_id
