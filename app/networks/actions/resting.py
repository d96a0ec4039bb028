"""A break that the facilitators ask for, the end of a membership undone, and reading before it is seen.

Nobody's rights are asked here but those that hold always (a network keeps a director): whoever calls has
judged a case. A break that has an end ends on its day by itself (`jobs`).
"""

from datetime import datetime

from sqlalchemy import select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.actions.members import come_in, keep_a_director
from app.networks.events import MemberChangedHubRole, MemberPaused, MemberReturned
from app.networks.models import Member


@command
def rest_until(member: Member, until: datetime) -> None:
    """They read along and write nothing until then. Raises LastDirector."""
    keep_a_director(member)
    was_active = member.standing == "active"
    member.standing, member.paused_until = "paused", until
    if was_active:
        publish(MemberPaused(member.id))


@command
def end_rest(member: Member) -> None:
    """It is over; nothing happens to a break of one's own."""
    if member.paused_until is None:
        return
    member.paused_until = None
    if member.standing == "paused":
        member.standing = "active"
        publish(MemberReturned(member.id))


@command
def rest_as_before(member: Member, until: datetime | None) -> None:
    """They were on a break already: it ends again when it would have, or by their own hand (None)."""
    member.paused_until = until


@command
def read_first_until(member: Member, until: datetime | None) -> None:
    """Have somebody read what they share before it is seen; None ends it."""
    member.approval_until = until


@command
def take_back_in(member: Member) -> None:
    """A membership that was ended goes on; what follows school and role follows again."""
    if member.standing == "former" and member.account_id is not None:
        come_in(member)


@command
def give_back_hub_role(actor: Member, member: Member, *, facilitator: bool, director: bool) -> None:
    """What somebody was before their membership was ended; nothing where they were neither."""
    if facilitator or director:
        member.is_facilitator, member.is_director = facilitator, director
        publish(MemberChangedHubRole(member.id, actor.id))


@command
def end_rests_that_are_over() -> int:
    """Once in a while: let everybody back whose day has come; how many."""
    over = select(Member).where(Member.standing == "paused", Member.paused_until <= clock.now())
    found = list(db.session.scalars(over.order_by(Member.id)))
    for member in found:
        end_rest(member)
    return len(found)
