"""Conversations: which people, which space, which root; and the wish who may begin one.

`people_key` is the numbers of its people in order: the same people meet in the same conversation. It goes
when one of them leaves, because then these are not the same people any more. A *person* is a row for
everybody who was ever in it, so that the others can read who left; belonging is the space's own row.

Rule: nothing here is told to anybody but the people themselves. A hub role learns neither that a
conversation exists nor how many there are.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models import Member
from app.spaces.models import Space

MOST = 8
"""People in one conversation; a larger circle is a group."""
WISHES = ("everybody", "near", "nobody")
"""Who may begin a conversation with somebody; `near` is their school and groups."""


class Conversation(Model):
    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("network_id", "people_key"),)

    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    root_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), unique=True
    )
    people_key: Mapped[str | None] = mapped_column(String(200))
    began_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    space: Mapped[Space] = relationship()
    root: Mapped[Contribution] = relationship()


class ConversationPerson(Model):
    __tablename__ = "conversation_person"
    __table_args__ = (Index(None, "member_id"),)

    space_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("conversation.space_id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    left_at: Mapped[datetime | None] = mapped_column(Moment)

    member: Mapped[Member] = relationship()


class ConversationWish(Model):
    """Who may begin a conversation with this member; no row means everybody in the network."""

    __tablename__ = "conversation_wish"

    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    who: Mapped[str] = mapped_column(String(10), default="everybody")
