"""Blocks: one member does not want to have to do with another of their network.

A block is quiet (nobody but its maker learns of it), works both ways, and is taken back by its maker.
It is no wall: what both may see stays what both may see; `spaces.policy` alone decides that.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models.members import Member


class Block(Model):
    __tablename__ = "block"
    __table_args__ = (Index(None, "blocked_id"),)

    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    """Who blocked."""
    blocked_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    blocked: Mapped[Member] = relationship(foreign_keys=[blocked_id])
