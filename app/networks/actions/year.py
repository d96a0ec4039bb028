"""The yearly table: who stays, who changes school or grade, who leaves.

Rules: one command for the whole table, so that it is saved or it is not. A line that was
overtaken (the member left or moved meanwhile) is told, and nothing is saved.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.networks import policy
from app.networks.actions.members import change_place, depart
from app.networks.actions.schools import said_site_id
from app.networks.models import Member, Network
from app.networks.policy import Actor


@dataclass(frozen=True)
class YearLine:
    """One member's line; `leaves` wins over the rest. `grades` is a bit mask."""

    member_id: int
    leaves: bool
    role: str | None
    site_id: int | None
    grades: int


class Overtaken(Exception):
    """Somebody in the table is no member any more."""


@command
def settle_year(actor: Actor, network: Network, lines: Sequence[YearLine]) -> tuple[int, int]:
    """Save the lines; returns how many stay and how many leave. Raises LastDirector, Overtaken."""
    policy.insist(policy.can_change_network(actor, network))
    wanted = [line.member_id for line in lines]
    rows = db.session.scalars(
        select(Member).where(
            Member.network_id == network.id,
            Member.id.in_(wanted),
            Member.standing.in_(("active", "paused")),
        )
    )
    members = {member.id: member for member in rows}
    if set(wanted) - set(members):
        raise Overtaken
    leaving = [line for line in lines if line.leaves]
    for line in lines:
        member = members[line.member_id]
        policy.insist(policy.can_change_member(actor, member))
        if line.leaves:
            policy.insist(policy.can_end_membership(actor, member))
            depart(member, by_id=actor.id if isinstance(actor, Member) else None)
        else:
            site_id = line.site_id
            if policy.is_by_oneself(actor, member) and site_id == member.site_id:
                site_id = said_site_id(member)
            change_place(actor, member, role=line.role, site_id=site_id, grades=line.grades)
            member.confirmed_at = clock.now()
    return len(lines) - len(leaving), len(leaving)
