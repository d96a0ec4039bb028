"""Pins: what the leads of a space keep on top of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models.contributions import Contribution
from app.core import clock
from app.core.db import BigId, Model, Moment


class Pin(Model):
    """A root on top of its space, the newest first. One that was moved away shows nowhere."""

    __tablename__ = "pin"
    __table_args__ = (Index(None, "space_id"), Index(None, "pinned_by_id"))

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"))
    pinned_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    pinned_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    contribution: Mapped[Contribution] = relationship()
