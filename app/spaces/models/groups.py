"""Groups: what a space that people gather in says of itself, and the ways into it.

The *space* decides who sees what; the *group* beside it has the rest: its form, the driver that it
serves, its question for those who ask, welcome, cover. Forms are `affinity` (joined), `role_alike` (follows
roles and grades in the network) and `site_team` (follows a school). Its own norms: `models/norms.py`.

Rules: `welcome` is what `core.text.clean` returned. One row per person and group for
an ask and for an invitation; asking again makes the same row new. Somebody in *stepped out* is not
put back into a following group until they say so.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models import Driver, Member, fold
from app.spaces.models.spaces import Space

FORMS = ("affinity", "role_alike", "site_team")
LEVELS = ("everything", "mentions", "nothing")
"""What a member is told of a space; `mentions` (and replies) is what no row means."""
COVERS = 8
"""Patterns of the design system, `.cover-0` to `.cover-7`."""


def words_of(name: str, purpose: str) -> str:
    """What the directory searches, without case and accents."""
    return fold(f"{name} | {purpose}")[:1000]


class Group(Model):
    __tablename__ = "group"
    __table_args__ = (Index(None, "driver_id"), Index(None, "started_by_id"))

    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    form: Mapped[str] = mapped_column(String(12), default="affinity")
    driver_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("driver.id", ondelete="SET NULL"))
    grades: Mapped[int] = mapped_column(default=0)
    """Grades that it is about, a bit mask; for a role-alike group, whom it takes in."""
    roles: Mapped[str] = mapped_column(String(80), default="")
    """Roles that a role-alike group takes in, with commas; empty for any."""
    question: Mapped[str] = mapped_column(String(300), default="")
    welcome: Mapped[str] = mapped_column(Text, default="")
    cover: Mapped[int] = mapped_column(default=0)
    name_key: Mapped[str] = mapped_column(String(120), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    started_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    active_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    """When something was last shared in it, give or take an hour."""

    space: Mapped[Space] = relationship(lazy="joined", innerjoin=True)
    driver: Mapped[Driver | None] = relationship()

    def describe(self, space: Space) -> None:
        """Keep what it is sorted and searched by true."""
        self.name_key, self.words = fold(space.name)[:120], words_of(space.name, space.purpose)

    @property
    def role_names(self) -> tuple[str, ...]:
        return tuple(role for role in self.roles.split(",") if role)


class GroupAsk(Model):
    """Somebody would like to join; a lead answers, with a reason."""

    __tablename__ = "group_ask"
    __table_args__ = (Index(None, "member_id"), Index(None, "answered_by_id"))

    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(String(500), default="")
    """Their answer to the group's question."""
    state: Mapped[str] = mapped_column(String(10), default="open")
    """open | accepted | declined"""
    reason: Mapped[str] = mapped_column(String(500), default="")
    answered_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)

    space: Mapped[Space] = relationship()
    member: Mapped[Member] = relationship(foreign_keys=[member_id])


class GroupInvitation(Model):
    """A lead would like somebody to join. The row goes when it is answered or taken back."""

    __tablename__ = "group_invitation"
    __table_args__ = (Index(None, "member_id"), Index(None, "made_by_id"))

    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    made_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    space: Mapped[Space] = relationship()
    member: Mapped[Member] = relationship(foreign_keys=[member_id])
    made_by: Mapped[Member | None] = relationship(foreign_keys=[made_by_id])


class GroupProposal(Model):
    """A group that a member would like, where the network's facilitators start groups."""

    __tablename__ = "group_proposal"
    __table_args__ = (
        Index(None, "network_id", "state"),
        Index(None, "member_id"),
        Index(None, "answered_by_id"),
        Index(None, "space_id"),
        Index(None, "driver_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(Text, default="")
    access: Mapped[str] = mapped_column(String(8), default="open")
    driver_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("driver.id", ondelete="SET NULL"))
    grades: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default="open")
    """open | accepted | declined"""
    reason: Mapped[str] = mapped_column(String(500), default="")
    space_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("space.id", ondelete="SET NULL"))
    answered_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)

    member: Mapped[Member] = relationship(foreign_keys=[member_id])
    space: Mapped[Space | None] = relationship()


class SteppedOut(Model):
    """A member who does not want to be in a group that follows their role."""

    __tablename__ = "stepped_out"
    __table_args__ = (Index(None, "space_id"),)

    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class SpaceSetting(Model):
    """What a member wants to be told of a space; no row: mentions and replies, not muted."""

    __tablename__ = "space_setting"
    __table_args__ = (Index(None, "member_id"),)

    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    level: Mapped[str] = mapped_column(String(10), default="mentions")
    """everything | mentions | nothing"""
    muted_until: Mapped[datetime | None] = mapped_column(Moment)

    member: Mapped[Member] = relationship()

    @property
    def is_muted(self) -> bool:
        return self.muted_until is not None and self.muted_until > clock.now()
