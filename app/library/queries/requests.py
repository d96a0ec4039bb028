"""What is needed, what it was answered with."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, String, and_, case, cast, func, or_, select

from app.contributions.models import Contribution
from app.contributions.policy import authored_by, visible_to
from app.core.db import db
from app.library.models import KIND, REQUEST, RequestAnswer, RequestNeed, Resource, ResourceRequest
from app.library.queries.browsing import rows_of
from app.networks.models import Member
from app.spaces.models import Space

SHOWN = 60
FOUND_AT_MOST = 8
WORDS_AT_MOST = 6
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


def fitting(viewer: Member, request: Contribution, typed: str, size: int = FOUND_AT_MOST) -> Rows:
    """Card rows of resources that have all the words, in their titles first: those that the viewer sees, and
    that everybody who sees the request may open. Without words the viewer's own, the newest first."""
    words = typed.casefold().split()[:WORDS_AT_MOST]
    title, tags = func.lower(Contribution.title), func.lower(cast(Resource.tags, String))
    said = [title, func.lower(Contribution.text), tags, func.lower(Resource.authors)]
    query = (
        select(Contribution.id)
        .join(Resource, Resource.contribution_id == Contribution.id)
        .join(Space, Space.id == Contribution.space_id)
        .where(
            Contribution.network_id == viewer.network_id,
            Contribution.kind == KIND,
            Contribution.state == "published",
            visible_to(viewer),
            or_(Contribution.space_id == request.space_id, and_(Space.access == "open", ~Contribution.stays)),
            *(or_(*(column.contains(word, autoescape=True) for column in said)) for word in words),
        )
    )
    if not words:
        query = query.where(authored_by(viewer))
    in_title = [case((title.contains(word, autoescape=True), 0), else_=1) for word in words]
    order = (*in_title, Resource.uses.desc(), Contribution.id.desc()) if words else (Contribution.id.desc(),)
    return rows_of(list(db.session.scalars(query.order_by(*order).limit(size))))


def needs_too(viewer: Member, request_ids: Sequence[int]) -> set[int]:
    """Which of these the viewer said that they need too."""
    query = select(RequestNeed.request_id).where(
        RequestNeed.member_id == viewer.id, RequestNeed.request_id.in_(request_ids)
    )
    return set(db.session.scalars(query))


def needed_by(request_id: int) -> list[int]:
    """The ids of the members who need it too."""
    query = select(RequestNeed.member_id).where(RequestNeed.request_id == request_id)
    return sorted(db.session.scalars(query))


def is_answer(reply_id: int) -> bool:
    """Whether a reply answers a request with a resource."""
    query = select(RequestAnswer.reply_id).where(RequestAnswer.reply_id == reply_id)
    return db.session.scalar(query) is not None


def answered_with(viewer: Member, reply_ids: Sequence[int]) -> dict[int, str]:
    """Titles of what these replies answer with, as far as the viewer sees it, by reply."""
    query = (
        select(RequestAnswer.reply_id, Contribution.title)
        .join(Contribution, Contribution.id == RequestAnswer.resource_id)
        .where(RequestAnswer.reply_id.in_(reply_ids), Contribution.state == "published", visible_to(viewer))
    )
    return {row.reply_id: row.title for row in db.session.execute(query)}
