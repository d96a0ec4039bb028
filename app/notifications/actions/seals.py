"""Telling the hub that one of them asks to open a seal together: all of them alike, whoever wrote it."""

from sqlalchemy import select

from app.contributions.models import SealOpening
from app.core.command import command
from app.core.db import db
from app.networks.models import Member
from app.notifications.actions.abouts import lines_about, take_lines, tell_about

VERB = "seal_asked"


@command
def tell_of_seal(opening_id: int) -> None:
    """Make the lines about an ask be what is true now: none once somebody agreed."""
    opening = db.session.get(SealOpening, opening_id)
    lines = lines_about(VERB, opening_id)
    if opening is None or opening.agreed_at is not None:
        return take_lines(lines)
    told = {line.member_id for line in lines}
    hub = Member.is_facilitator.is_(True) | Member.is_director.is_(True)
    others = select(Member.id).where(
        Member.network_id == opening.network_id, Member.standing == "active", hub
    )
    for member_id in db.session.scalars(others.order_by(Member.id)).all():
        if member_id not in told and member_id != opening.asked_by_id:
            tell_about(member_id, VERB, opening_id, actor_id=opening.asked_by_id)
