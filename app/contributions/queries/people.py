"""Who answered a contribution without words."""

from sqlalchemy import select

from app.contributions.models import Commitment, Contribution, Reaction
from app.contributions.queries.contributions import get_contribution
from app.core.db import db
from app.networks.models import Member

SHOWN = 200


def who_reacted(viewer: Member, contribution: Contribution, kind: str) -> list[Member]:
    """Up to two hundred people, the newest first. Raises NotFound."""
    get_contribution(viewer, contribution.id)
    query = select(Member).join(Reaction, Reaction.member_id == Member.id)
    query = query.where(Reaction.contribution_id == contribution.id, Reaction.kind == kind)
    return list(db.session.scalars(query.order_by(Reaction.created_at.desc(), Member.id).limit(SHOWN)))


def who_will_try(viewer: Member, contribution: Contribution) -> list[Member]:
    """Up to two hundred people with a commitment that was not let go of. Raises NotFound."""
    get_contribution(viewer, contribution.id)
    query = select(Member).join(Commitment, Commitment.member_id == Member.id)
    query = query.where(Commitment.contribution_id == contribution.id, Commitment.state != "let_go")
    return list(db.session.scalars(query.order_by(Commitment.id.desc()).limit(SHOWN)))
