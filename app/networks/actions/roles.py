"""Which role a member has in school, and who says so.

Rules: a principal, coach or researcher by their own word is shown as such and waits: groups that
follow roles take them in once the hub has confirmed it. An invitation that names the role, or the hub
that sets it, has confirmed it already. The role from before is remembered while one tries another, so
that one's own way back is open and waits for nobody. Nobody confirms their own, who looks after a
network alone neither: it would open content. Only who founds a network says it for themselves, while
nobody else has come: there is nothing yet that it could open.
"""

from sqlalchemy import select

from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks import policy
from app.networks.events import MemberChangedRole, RoleConfirmed
from app.networks.models import ROLES, Member
from app.networks.policy import Actor


def change_role(actor: Actor, member: Member, role: str | None) -> None:
    """Inside a command: another's role by the hub, or one's own. Raises Forbidden."""
    role = role if role in ROLES else None
    if role == member.role:
        return
    policy.insist(policy.may_take_role(actor, member, role))
    if not policy.is_by_oneself(actor, member):
        settle_role(member, role)
    else:
        _say(member, role)
    publish(MemberChangedRole(member.id))


def settle_role(member: Member, role: str | None) -> None:
    """Inside a command: this is their role, and nothing waits."""
    member.role, member.role_confirmed, member.role_before = role, True, None


def _say(member: Member, role: str | None) -> None:
    if role is not None and role == member.role_before:
        settle_role(member, role)
        return
    if policy.needs_confirming(role) and _founds(member):
        settle_role(member, role)
        publish(RoleConfirmed(member.id, member.id))
        return
    if member.role_confirmed and member.role is not None:
        member.role_before = member.role
    member.role, member.role_confirmed = role, not policy.needs_confirming(role)


def _founds(member: Member) -> bool:
    """Whether they direct a network to which nobody else has come yet, or asked to."""
    others = select(Member.id).where(Member.network_id == member.network_id, Member.id != member.id)
    return member.is_director and db.session.scalar(others.limit(1)) is None


@command
def confirm_role(actor: Actor, member: Member, role: str) -> bool:
    """They are what they said: groups that follow the role open. False when that does not wait any more."""
    if member.role_confirmed or member.role != role:
        return False
    policy.insist(policy.can_confirm_role(actor, member))
    settle_role(member, role)
    publish(MemberChangedRole(member.id))
    publish(RoleConfirmed(member.id, actor.id if isinstance(actor, Member) else None))
    return True
