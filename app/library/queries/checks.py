"""What the doctor recounts in the library: bodies, versions, uses."""

from collections.abc import Iterable

from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.core.db import db
from app.core.doctor import check
from app.library.models import KIND, Resource, ResourceSuggestion, ResourceUse, ResourceVersion


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
    counted = (
        select(ResourceUse.contribution_id.label("id"), func.count().label("number"))
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
        yield f"resource {contribution_id} says {said} uses, there are {number}"


@check("library: suggestions wait on resources that are there")
def suggestions_have_resources() -> Iterable[str]:
    query = (
        select(ResourceSuggestion.id, ResourceSuggestion.contribution_id)
        .join(Contribution, Contribution.id == ResourceSuggestion.contribution_id)
        .where((Contribution.kind != KIND) | (Contribution.state == "removed"))
    )
    for suggestion_id, contribution_id in db.session.execute(query):
        yield f"suggestion {suggestion_id} is for {contribution_id}, which is no resource any more"
