"""What the doctor recounts: members of spaces, and the group beside each space that has one."""

from collections.abc import Iterable

from sqlalchemy import func, select

from app.core.db import db
from app.core.doctor import check
from app.spaces.models import GROUP_KINDS, Group, Space, SpaceMember


@check("spaces: member counts")
def member_counts() -> Iterable[str]:
    counted = (
        select(SpaceMember.space_id.label("id"), func.count().label("number"))
        .group_by(SpaceMember.space_id)
        .subquery()
    )
    number = func.coalesce(counted.c.number, 0)
    query = select(Space.id, Space.member_count, number).outerjoin(counted, counted.c.id == Space.id)
    for space_id, said, there in db.session.execute(query.where(Space.member_count != number)):
        yield f"space {space_id} says {said} members, there are {there}"


@check("spaces: groups")
def groups_beside_spaces() -> Iterable[str]:
    """Without its group a space has no page of its own."""
    query = select(Space.id).outerjoin(Group, Group.space_id == Space.id)
    for space_id in db.session.scalars(query.where(Space.kind.in_(GROUP_KINDS), Group.space_id.is_(None))):
        yield f"space {space_id} has no group beside it"
