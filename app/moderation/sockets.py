"""The badge, live: how many cases wait, told to each judge's own devices."""

from app.core.db import db
from app.core.doors import closed
from app.core.realtime import registry
from app.core.realtime.registry import Payload
from app.moderation.queries.judges import waiting_count
from app.networks.models import Member


@registry.delivers("moderation:count")
@closed("a number of the member's own, on their own stream")
def deliver_waiting(member_id: int) -> Payload | None:
    """`{waiting}`: over all networks of the person; an open queue asks for itself again."""
    member = db.session.get(Member, member_id)
    account = member.account if member is not None else None
    return {"waiting": waiting_count(account)} if account is not None else None
