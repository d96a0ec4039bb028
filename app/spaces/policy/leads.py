"""Which leads count: those who may act. A lead on a break, or kept out, leads nobody meanwhile."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.networks.models import Member
from app.spaces.models import Space, SpaceMember

_Lead, _Person, _Account = aliased(SpaceMember), aliased(Member), aliased(Account)


def acting_leads(space_id: Any) -> Select[int]:
    """The member ids of the leads of a space (a number, or a column) who may act."""
    return (
        select(_Lead.member_id)
        .join(_Person, _Person.id == _Lead.member_id)
        .join(_Account, _Account.id == _Person.account_id)
        .where(
            _Lead.space_id == space_id,
            _Lead.role == "lead",
            _Person.standing == "active",
            _Account.suspended_at.is_(None),
            _Account.deleted_at.is_(None),
        )
    )


def has_lead() -> ColumnElement[bool]:
    """Whether a space has a lead who may act, as a clause on `Space`."""
    return exists(acting_leads(Space.id).correlate(Space))
