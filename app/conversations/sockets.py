"""The badge, live: how many conversations wait, told to the member's own devices."""

from app.conversations.queries import unread_conversations
from app.core.db import db
from app.core.doors import closed
from app.core.realtime import registry
from app.core.realtime.registry import Payload
from app.networks.models import Member


@registry.delivers("conversation:count")
@closed("a number of the member's own, on their own stream")
def deliver_waiting(member_id: int) -> Payload | None:
    """`{network, unread}`: the page shows it where it is a page of that network."""
    member = db.session.get(Member, member_id)
    if member is None:
        return None
    return {"network": member.network.slug, "unread": unread_conversations(member)}
