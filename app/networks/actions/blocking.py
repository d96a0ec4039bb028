"""Blocking somebody, and taking it back."""

from sqlalchemy import delete

from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks import policy
from app.networks.events import MemberBlocked
from app.networks.models import Block, Member


@command
def block(actor: Member, member: Member) -> None:
    """From now on neither hears from the other. Raises Forbidden for oneself and for another network."""
    policy.insist(policy.can_block(actor, member))
    if db.session.get(Block, (actor.id, member.id)) is None:
        db.session.add(Block(member_id=actor.id, blocked_id=member.id))
        db.session.flush()
        publish(MemberBlocked(actor.id, member.id))


@command
def unblock(actor: Member, member_id: int) -> None:
    """What the actor blocked; anything else is let be."""
    db.session.execute(delete(Block).where(Block.member_id == actor.id, Block.blocked_id == member_id))
