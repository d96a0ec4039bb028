"""A case: one thing that somebody should look at, whatever the number of reports about it.

`why` says what brought it: *norm* (a report), *privacy* (a student may be recognised), *approval* (it waits
before it is seen), *appeal* (somebody asks that an act be looked at again). Its *parties* are those who
never judge it: who wrote, who reported, and in an appeal who acted. While it is open, `open_key` names its
subject, so that two reports of one thing meet in one case.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models import Member, Network
from app.spaces.models import Space

STATES = ("new", "claimed", "done")
WHYS = ("norm", "privacy", "approval", "appeal")
REPORTED, PRIVACY_REPORTED = "reports", "privacy report"
"""Why something that people have seen is held: two schools reported it, or one a student's privacy."""


class Case(Model):
    __tablename__ = "moderation_case"
    __table_args__ = (
        Index("ix_moderation_case_queue", "network_id", "state", "opened_at"),
        Index(None, "space_id"),
        Index(None, "contribution_id"),
        Index(None, "author_id"),
        Index(None, "claimed_by_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    why: Mapped[str] = mapped_column(String(10), default="norm")
    subject: Mapped[str] = mapped_column(String(12))
    """contribution | member | group"""
    space_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("space.id", ondelete="SET NULL"))
    """Where it is, or the group whose name it is about."""
    contribution_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="SET NULL")
    )
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    """Who wrote it, or whose profile it is; empty where authorship is sealed."""
    is_urgent: Mapped[bool] = mapped_column(default=False)
    holds: Mapped[bool] = mapped_column(default=False)
    """Whether its subject waits, unseen, until this is judged."""
    state: Mapped[str] = mapped_column(String(8), default="new")
    claimed_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    outcome: Mapped[str] = mapped_column(String(12), default="")
    """The verb of the act that ended it, or what became of it since."""
    open_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    opened_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    """When somebody first took it up."""
    done_at: Mapped[datetime | None] = mapped_column(Moment)

    network: Mapped[Network] = relationship()
    space: Mapped[Space | None] = relationship()
    contribution: Mapped[Contribution | None] = relationship()

    @property
    def is_sealed(self) -> bool:
        """Whether it is about something that was shared without a name."""
        return self.contribution is not None and self.contribution.seal is not None

    author: Mapped[Member | None] = relationship(foreign_keys=[author_id])
    claimed_by: Mapped[Member | None] = relationship(foreign_keys=[claimed_by_id])

    @property
    def is_open(self) -> bool:
        return self.state != "done"


class CaseParty(Model):
    """Somebody who is in the case themselves, and so never judges it."""

    __tablename__ = "moderation_party"
    __table_args__ = (Index(None, "member_id"),)

    case_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("moderation_case.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    part: Mapped[str] = mapped_column(String(8), primary_key=True)
    """author | reporter | judge"""


class CaseNote(Model):
    """Words among those who judge; nobody else reads them."""

    __tablename__ = "moderation_note"
    __table_args__ = (Index(None, "case_id"), Index(None, "member_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("moderation_case.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    member: Mapped[Member | None] = relationship()
