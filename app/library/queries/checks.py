"""What the doctor recounts in the library: bodies, versions, uses."""

from collections.abc import Iterable

from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.core.db import db
from app.core.doctor import check
from app.library.models import (
    KIND,
    REQUEST,
    RequestAnswer,
    RequestNeed,
    Resource,
    ResourceSuggestion,
    ResourceUse,
    ResourceVersion,
)


@check("library: every resource has a body, and its newest version")
def resources_have_bodies() -> Iterable[str]:
    newest = (
        select(ResourceVersion.contribution_id, func.max(ResourceVersion.number).label("number"))
        .group_by(ResourceVersion.contribution_id)
        .subquery()
    )
    query = (
        select(Contribution.id, Resource.contribution_id, Resource.version, newest.c.number)
        .outerjoin(Resource, Resource.contribution_id == Contribution.id)
        .outerjoin(newest, newest.c.contribution_id == Contribution.id)
        .where(Contribution.kind == KIND, Contribution.state == "published")
    )
    for contribution_id, body, version, number in db.session.execute(query):
        if body is None:
            yield f"resource {contribution_id} has no body"
        elif version != number:
            yield f"resource {contribution_id} says version {version}, its newest is {number}"


@check("library: uses")
def uses_are_counted() -> Iterable[str]:
    """By people: somebody counts once, however often they used it."""
    who = func.coalesce(Contribution.author_id, -ResourceUse.reply_id)
    counted = (
        select(ResourceUse.contribution_id.label("id"), func.count(who.distinct()).label("number"))
        .join(Contribution, Contribution.id == ResourceUse.reply_id)
        .where(Contribution.state == "published")
        .group_by(ResourceUse.contribution_id)
        .subquery()
    )
    query = (
        select(Resource.contribution_id, Resource.uses, func.coalesce(counted.c.number, 0))
        .outerjoin(counted, counted.c.id == Resource.contribution_id)
        .where(Resource.uses != func.coalesce(counted.c.number, 0))
    )
    for contribution_id, said, number in db.session.execute(query):
        yield f"resource {contribution_id} says that {said} used it, they are {number}"


@check("library: suggestions wait on resources that are there")
def suggestions_have_resources() -> Iterable[str]:
    query = (
        select(ResourceSuggestion.id, ResourceSuggestion.contribution_id)
        .join(Contribution, Contribution.id == ResourceSuggestion.contribution_id)
        .where((Contribution.kind != KIND) | (Contribution.state == "removed"))
    )
    for suggestion_id, contribution_id in db.session.execute(query):
        yield f"suggestion {suggestion_id} is for {contribution_id}, which is no resource any more"


@check("library: requests")
def requests_are_counted() -> Iterable[str]:
    """A request's card says how many answers show, and how many need it too."""
    reply = Contribution.__table__.alias("answer_reply")
    answers = (
        select(func.count())
        .select_from(RequestAnswer)
        .join(reply, reply.c.id == RequestAnswer.reply_id)
        .where(RequestAnswer.request_id == Contribution.id, reply.c.state == "published")
        .correlate(Contribution)
        .scalar_subquery()
    )
    needs = (
        select(func.count())
        .where(RequestNeed.request_id == Contribution.id)
        .correlate(Contribution)
        .scalar_subquery()
    )
    query = select(Contribution.id, Contribution.card, answers.label("answers"), needs.label("needs")).where(
        Contribution.kind == REQUEST, Contribution.state == "published"
    )
    for row in db.session.execute(query):
        said = (row.card.get("answers") or 0, row.card.get("needs") or 0)
        if said != (row.answers, row.needs):
            yield f"request {row.id} says {said} answers and needs, there are {row.answers} and {row.needs}"
