"""What the doctor recounts in the library: bodies, versions, uses."""

from collections.abc import Iterable

from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.core.db import db
from app.core.doctor import check
from app.library.models import KIND, Resource, ResourceUse, ResourceVersion


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
