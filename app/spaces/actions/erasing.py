"""What groups hold about a person: handed over on request, erased with the account.

Memberships end with the network's; here go the words to leads and facilitators, and the wishes.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.core import personal
from app.core.db import db
from app.networks.models import Member
from app.spaces.models import (
    GroupAsk,
    GroupInvitation,
    GroupProposal,
    Space,
    SpaceMember,
    SpaceSetting,
    SteppedOut,
)


@personal.exports("groups")
def groups_of(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """One file for each network: where they belong, what they asked and proposed, what they are told."""
    members = db.session.scalars(select(Member).where(Member.account_id == account.id).order_by(Member.id))
    for member in members:
        yield f"{member.network.slug}/groups.json", _groups(member)


def _groups(member: Member) -> dict[str, Any]:
    inside = (
        select(Space.name, SpaceMember.role, SpaceMember.joined_at, SpaceSetting.level)
        .join(SpaceMember, SpaceMember.space_id == Space.id)
        .outerjoin(
            SpaceSetting,
            (SpaceSetting.space_id == Space.id) & (SpaceSetting.member_id == SpaceMember.member_id),
        )
        .where(SpaceMember.member_id == member.id)
        .order_by(Space.id)
    )
    asked = select(GroupAsk).where(GroupAsk.member_id == member.id).order_by(GroupAsk.asked_at)
    proposed = select(GroupProposal).where(GroupProposal.member_id == member.id).order_by(GroupProposal.id)
    return {
        "member_of": [
            {"name": row.name, "as": row.role, "since": row.joined_at.isoformat(), "told": row.level}
            for row in db.session.execute(inside)
        ],
        "asked": [
            {"words": ask.words, "at": ask.asked_at.isoformat(), "answer": ask.state, "reason": ask.reason}
            for ask in db.session.scalars(asked)
        ],
        "proposed": [
            {"name": one.name, "purpose": one.purpose, "answer": one.state, "reason": one.reason}
            for one in db.session.scalars(proposed)
        ],
    }


@personal.erases(floor=3)
def erase_from_groups(account: Account, _keep_contributions: bool) -> None:
    """Inside the command that deletes the account, while its members are still known."""
    mine = select(Member.id).where(Member.account_id == account.id)
    for model in (GroupAsk, GroupInvitation, GroupProposal, SpaceSetting, SteppedOut):
        db.session.execute(delete(model).where(model.member_id.in_(mine)))
