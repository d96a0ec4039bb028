"""How people answer a contribution without words: reactions, commitments, saves.

A *commitment* ("I'll try this") is a promise to oneself with an optional date; it is open,
reported (a *tried it* tells how it went) or let go. It is not a reaction.
"""

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models.contributions import Contribution
from app.core import clock
from app.core.db import BigId, Model, Moment

REACTIONS = ("thanks", "same_here", "learned")
REACTION_WORDS: dict[str, Any] = {
    "thanks": _l("Thank you"),
    "same_here": _l("Same here"),
    "learned": _l("I learned from this"),
}
REACTION_SHORT: dict[str, Any] = {**REACTION_WORDS, "learned": _l("Learned")}
"""Where there is no room for a sentence."""


class Reaction(Model):
    __tablename__ = "reaction"
    __table_args__ = (Index(None, "member_id", "contribution_id"),)

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class Commitment(Model):
    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("contribution_id", "member_id"),
        Index(None, "member_id", "state"),
        Index(None, "due_on"),
        Index(None, "reported_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    contribution_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    due_on: Mapped[date | None] = mapped_column()
    state: Mapped[str] = mapped_column(String(8), default="open")
    """open | reported | let_go"""
    reported_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    contribution: Mapped[Contribution] = relationship(foreign_keys=[contribution_id])


class Save(Model):
    __tablename__ = "save"
    __table_args__ = (Index(None, "member_id", "created_at"),)

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
