"""Members: a person in one network, with a role, a site, grades and a standing.

Grades are a bit mask (bit 7 for grade 7, bit 0 for kindergarten), so that one comparison
filters a feed on either database. *Hub roles* (facilitator, director) say what a member may
do for the network and open no content.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models.networks import Network, Site

ROLES = ("teacher", "teacher_leader", "coach", "principal", "researcher")
STANDINGS = ("asked", "active", "paused", "former")
GRADES = tuple(range(0, 13))


def grade_bit(grade: int) -> int:
    """The bit of a grade, 0 (kindergarten) to 12."""
    return 1 << grade


def grades_of(mask: int) -> list[int]:
    """The grades in a mask, in order."""
    return [grade for grade in GRADES if mask & grade_bit(grade)]


class Member(Model):
    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("network_id", "account_id"),
        Index(None, "account_id"),
        Index(None, "network_id", "standing", "name"),
        Index(None, "site_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(80))
    """Shown to colleagues; empty once the account is deleted ("former member")."""
    photo_key: Mapped[str | None] = mapped_column(String(64))
    role: Mapped[str | None] = mapped_column(String(20))
    site_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("site.id", ondelete="SET NULL"))
    grades: Mapped[int] = mapped_column(default=0)
    standing: Mapped[str] = mapped_column(String(10), default="active")
    is_facilitator: Mapped[bool] = mapped_column(default=False)
    is_director: Mapped[bool] = mapped_column(default=False)
    working_on: Mapped[str] = mapped_column(String(300), default="")
    can_help_with: Mapped[str] = mapped_column(String(300), default="")
    story: Mapped[str] = mapped_column(Text, default="")
    """What brought them to teaching: plain text."""
    asked_because: Mapped[str] = mapped_column(String(500), default="")
    norms_version: Mapped[int | None] = mapped_column()
    welcomed_at: Mapped[datetime | None] = mapped_column(Moment)
    joined_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When a facilitator last confirmed that they stay for the year."""
    left_at: Mapped[datetime | None] = mapped_column(Moment)

    network: Mapped[Network] = relationship(lazy="joined", innerjoin=True)
    site: Mapped[Site | None] = relationship()
    account: Mapped[Account | None] = relationship()

    @property
    def is_hub(self) -> bool:
        return self.is_facilitator or self.is_director

    @property
    def may_read(self) -> bool:
        return self.standing in ("active", "paused")

    @property
    def may_write(self) -> bool:
        return self.standing == "active"
