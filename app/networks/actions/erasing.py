"""What networks hold about a person: handed over on request, erased with the account.

Rules: a member's row stays, so that what they shared keeps its place as a "former member"'s;
nothing in it tells who that was. The last director may go too: the right to leave is theirs.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, or_, select

from app.accounts.models import Account
from app.core import clock, personal
from app.core.db import db
from app.core.events import publish
from app.core.files import Missing, files
from app.networks.actions.schools import end_claim
from app.networks.events import MemberChangedHubRole, MemberChangedProfile, MemberLeft
from app.networks.models import Block, MailInvitation, Member, grades_of
from app.networks.queries import blocked_by


@personal.exports("networks")
def profiles(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """One file for each network, and the photo there."""
    for member in _members(account):
        yield f"{member.network.slug}/profile.json", _profile(member)
        stored = files.find(member.photo_key) if member.photo_key else None
        if stored is not None:
            try:
                yield f"{member.network.slug}/{stored.name}", files.open(stored.key)
            except Missing:
                continue


@personal.erases(floor=2)
def erase_members(account: Account, _keep_contributions: bool) -> None:
    """Inside the command that deletes the account."""
    for member in _members(account):
        db.session.execute(
            delete(Block).where(or_(Block.member_id == member.id, Block.blocked_id == member.id))
        )
        # Somebody who left before is still named on what is kept of them, cards for instance.
        end_claim(member)
        publish(MemberLeft(member.id) if member.may_read else MemberChangedProfile(member.id))
        stored = files.find(member.photo_key) if member.photo_key else None
        if stored is not None:
            files.discard(stored)
        member.name = member.working_on = member.can_help_with = member.story = ""
        member.asked_because = member.declined_because = ""
        member.photo_key, member.role, member.site_id, member.grades = None, None, None, 0
        was_hub = member.is_facilitator or member.is_director
        member.is_facilitator = member.is_director = False
        if was_hub:
            publish(MemberChangedHubRole(member.id, member.id))
        member.standing, member.left_at, member.account_id = "former", member.left_at or clock.now(), None
    if account.email:
        db.session.execute(delete(MailInvitation).where(MailInvitation.email == account.email))


def _members(account: Account) -> list[Member]:
    return list(db.session.scalars(select(Member).where(Member.account_id == account.id).order_by(Member.id)))


def _profile(member: Member) -> dict[str, Any]:
    return {
        "network": member.network.name,
        "name": member.name,
        "role": member.role,
        "school": member.site.name if member.site else None,
        "school_waiting": member.claimed_site.name if member.claimed_site else None,
        "grades": grades_of(member.grades),
        "standing": member.standing,
        "working_on": member.working_on,
        "can_help_with": member.can_help_with,
        "story": member.story,
        "facilitator": member.is_facilitator,
        "director": member.is_director,
        "joined": member.joined_at.isoformat(),
        "left": member.left_at.isoformat() if member.left_at else None,
        "norms_accepted": member.norms_version,
        "blocked": [other.name for other in blocked_by(member)],
    }
