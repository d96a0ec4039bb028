"""Letters: what somebody was told of an act that concerns them. They open in any standing."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.core.access import NotFound
from app.core.db import db
from app.moderation.models import Act, Appeal
from app.networks.models import Member


def get_letter(account: Account, act_id: int) -> Act:
    """An act that concerns one's own member, on a break and after leaving too. Raises NotFound."""
    query = select(Act).join(Member, Member.id == Act.member_id).options(joinedload(Act.by))
    wanted = (Act.id == act_id, Act.letter != "", Member.account_id == account.id)
    found: Act | None = db.session.scalar(query.where(*wanted).execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def appeal_of(act: Act) -> Appeal | None:
    found: Appeal | None = db.session.scalar(
        select(Appeal).options(joinedload(Appeal.decided_by)).where(Appeal.act_id == act.id)
    )
    return found


def letters_to(member: Member, limit: int = 50) -> list[Act]:
    """What concerns a member, the newest first."""
    query = select(Act).where(Act.member_id == member.id, Act.letter != "").order_by(Act.id.desc())
    return list(db.session.scalars(query.limit(limit)))
