"""Erasure: the wish goes with the account. Memberships end with it, and what was said is erased or kept
with all other contributions."""

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.conversations.models import ConversationWish
from app.core import personal
from app.core.db import db
from app.networks.models import Member


@personal.erases(floor=5)
def erase_wishes(account: Account, keep_contributions: bool) -> None:
    members = select(Member.id).where(Member.account_id == account.id)
    db.session.execute(delete(ConversationWish).where(ConversationWish.member_id.in_(members)))
