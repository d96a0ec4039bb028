"""What is needed, what it was answered with."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, case, select

from app.contributions.models import Contribution
from app.contributions.policy import visible_to
from app.core.db import db
from app.library.models import REQUEST, RequestAnswer, ResourceRequest
from app.library.queries.browsing import rows_of
from app.networks.models import Member

SHOWN = 60
Rows = Sequence[Row[*tuple[Any, ...]]]


def needed(viewer: Member) -> Rows:
    """Card rows: what is still needed first, the most urgent on top; then what was found."""
    query = (
        select(Contribution.id)
        .join(ResourceRequest, ResourceRequest.contribution_id == Contribution.id)
        .where(
            Contribution.network_id == viewer.network_id,
            Contribution.kind == REQUEST,
            Contribution.state == "published",
            visible_to(viewer),
        )
        .order_by(
            case((ResourceRequest.met_at.is_(None), 0), else_=1),
            case((ResourceRequest.needed_by.is_(None), 1), else_=0),
            ResourceRequest.needed_by,
            Contribution.published_at.desc(),
            Contribution.id.desc(),
        )
    )
    return rows_of(list(db.session.scalars(query.limit(SHOWN))))


def answers_to(viewer: Member, request: Contribution) -> Rows:
    """The resources that it was answered with, as far as the viewer sees them and their replies show."""
    reply = Contribution.__table__.alias("answer_reply")
    query = (
        select(Contribution.id)
        .join(RequestAnswer, RequestAnswer.resource_id == Contribution.id)
        .join(reply, reply.c.id == RequestAnswer.reply_id)
        .where(
            RequestAnswer.request_id == request.id,
            reply.c.state == "published",
            Contribution.state == "published",
            visible_to(viewer),
        )
        .order_by(RequestAnswer.reply_id)
    )
    return rows_of(list(db.session.scalars(query.limit(SHOWN))))
