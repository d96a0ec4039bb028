"""How many people could have written something in a space: what hides somebody who gives no name.

Counted are those who could do it now: active, of the space, with an account that is open, and past the norms.
"""

from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select

from app.accounts.models import Account
from app.core.db import db
from app.networks.models import Member
from app.spaces.models import Space, SpaceMember


def writers_in(space_ids: Sequence[int]) -> dict[int, int]:
    """How many people may share in each of these spaces now."""
    joined = exists().where(SpaceMember.space_id == Space.id, SpaceMember.member_id == Member.id)
    query = (
        select(Space.id, func.count(Member.id))
        .join(Member, Member.network_id == Space.network_id)
        .join(Account, Account.id == Member.account_id)
        .where(
            Space.id.in_(space_ids),
            Space.archived_at.is_(None),
            Member.standing == "active",
            Member.norms_version.is_not(None),
            Account.suspended_at.is_(None),
            Account.deleted_at.is_(None),
            or_(Space.access == "open", joined),
        )
        .group_by(Space.id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
