"""What was done in a case, and what was asked about it afterwards.

An *act* is a verb under a norm, with the letter that its member got and with what there was before, so that
it can be undone. An *appeal* asks somebody else to look again; it is a case of its own, of the kind
`appeal`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment
from app.moderation.models.cases import Case
from app.networks.models import Member, Network


class Act(Model):
    __tablename__ = "moderation_act"
    __table_args__ = (
        Index(None, "case_id"),
        Index(None, "network_id", "made_at"),
        Index(None, "member_id", "made_at"),
        Index(None, "by_id"),
        Index(None, "undone_by_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("moderation_case.id", ondelete="CASCADE"))
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    verb: Mapped[str] = mapped_column(String(12))
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    member_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    """Whom it concerns, and who reads the letter."""
    norm_ref: Mapped[str] = mapped_column(String(40), default="")
    norm_version: Mapped[int | None] = mapped_column()
    norm_title: Mapped[str] = mapped_column(String(80), default="")
    letter: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(String(300), default="")
    """In a sentence, for the record."""
    until: Mapped[datetime | None] = mapped_column(Moment)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What it changed, as it was: enough to undo it; and once it is undone, what was `said` of that."""
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    returned_at: Mapped[datetime | None] = mapped_column(Moment)
    """When what waited for an edit came back by itself."""
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))

    case: Mapped[Case] = relationship()
    network: Mapped[Network] = relationship()
    by: Mapped[Member | None] = relationship(foreign_keys=[by_id])
    member: Mapped[Member | None] = relationship(foreign_keys=[member_id])
    undone_by: Mapped[Member | None] = relationship(foreign_keys=[undone_by_id])

    @property
    def undone_words(self) -> str:
        """What changed, in a sentence of who undid it; nothing where they gave none."""
        return str(self.before.get("said", ""))


class Appeal(Model):
    """One for each act; `outcome` is empty until somebody else has judged."""

    __tablename__ = "moderation_appeal"
    __table_args__ = (Index(None, "case_id"), Index(None, "decided_by_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    act_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("moderation_act.id", ondelete="CASCADE"), unique=True
    )
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("moderation_case.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    outcome: Mapped[str] = mapped_column(String(10), default="")
    """upheld | overturned"""
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)

    act: Mapped[Act] = relationship()
    case: Mapped[Case] = relationship()
    decided_by: Mapped[Member | None] = relationship()
