"""Check-ins: a group's recurring questions, each time they were asked, and who has answered.

A *check-in* belongs to a group: its questions and its rhythm. A *round* is one time that it was due: a
root of the kind `check_in`. An *answer* ties a member to the reply that is theirs in a round; what they
said is in the reply, and is edited and taken back as any other.

Rules: one round for one due moment, whatever runs twice; one answer per member and round.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.spaces.models import Space

EVERY = ("week", "two_weeks", "month")
QUESTIONS_AT_MOST = 5


class CheckIn(Model):
    """`next_at` is when it is due next; None while it is paused."""

    __tablename__ = "check_in"
    __table_args__ = (Index(None, "next_at"), Index(None, "lead_id"))

    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    questions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    every: Mapped[str] = mapped_column(String(10))
    weekday: Mapped[int] = mapped_column()
    """0 is Monday."""
    hour: Mapped[int] = mapped_column()
    """On the wall clock of the network."""
    anchor: Mapped[date] = mapped_column(Date)
    """A day of the rhythm: of two weeks, it is in the first."""
    since: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    """What was due before is not asked any more."""
    next_at: Mapped[datetime | None] = mapped_column(Moment)
    lead_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    """Who runs it: the rounds open in their name, while they lead the group."""

    space: Mapped[Space] = relationship()


class CheckInRound(Model):
    __tablename__ = "check_in_round"
    __table_args__ = (UniqueConstraint("space_id", "due_at"),)

    root_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"))
    due_at: Mapped[datetime] = mapped_column(Moment)
    questions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """As they were asked that time."""

    root: Mapped[Contribution] = relationship()


class CheckInAnswer(Model):
    __tablename__ = "check_in_answer"
    __table_args__ = (Index(None, "member_id"), Index(None, "reply_id"))

    root_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("check_in_round.root_id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    reply_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
