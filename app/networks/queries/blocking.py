"""Who keeps away from whom."""

from collections.abc import Iterable

from sqlalchemy import and_, or_, select

from app.core.db import db
from app.networks.models import Block, Member


def has_blocked(viewer: Member, member: Member) -> bool:
    """Whether `viewer` blocked `member`; the other direction is told to nobody."""
    return db.session.get(Block, (viewer.id, member.id)) is not None


def blocked_by(viewer: Member) -> list[Member]:
    """The people whom `viewer` blocked, by name."""
    query = select(Member).join(Block, Block.blocked_id == Member.id).where(Block.member_id == viewer.id)
    return list(db.session.scalars(query.order_by(Member.name_key, Member.id)))


def kept_apart(member_id: int, others: Iterable[int]) -> set[int]:
    """Those of `others` who blocked the member, or whom the member blocked."""
    wanted = set(others) - {member_id}
    if not wanted:
        return set()
    either_way = or_(
        and_(Block.member_id == member_id, Block.blocked_id.in_(wanted)),
        and_(Block.blocked_id == member_id, Block.member_id.in_(wanted)),
    )
    rows = db.session.execute(select(Block.member_id, Block.blocked_id).where(either_way))
    return {one if one != member_id else other for one, other in rows}
