"""Spaces and who belongs to them.

A *space* is a place in a network where things are shared. `access` says how one comes to see
it: `open` (every active or paused member of the network), `request`, `invite`, `secret`, or
`closed` (membership follows something else: a site, a role, a conversation's people).

Rule: membership rows are explicit for every kind but the open ones, kept true by the
commands that change a site, a role or a standing, so that `visible_to` is one clause.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models import Member, Site

GROUP_KINDS = ("group", "role_alike", "site")
"""The kinds that have a group's page: about, members, files."""
KINDS = ("commons", "site", "role_alike", "group", "convening", "coaching", "conversation")
ACCESS = ("open", "request", "invite", "secret", "closed")


class Space(Model):
    __tablename__ = "space"
    __table_args__ = (UniqueConstraint("network_id", "slug"), Index(None, "site_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(14))
    access: Mapped[str] = mapped_column(String(8))
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(Text, default="")
    site_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("site.id", ondelete="CASCADE"))
    follows: Mapped[str | None] = mapped_column(String(20))
    """What a closed space's membership follows: `site`, `site_teachers`, or `place`: the roles and
    grades of its group."""
    member_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    archived_at: Mapped[datetime | None] = mapped_column(Moment)

    site: Mapped[Site | None] = relationship()


class SpaceMember(Model):
    __tablename__ = "space_member"
    __table_args__ = (Index(None, "member_id", "space_id"),)

    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(6), default="member")
    """lead | member"""
    joined_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    welcomed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When they put the group's welcome away."""
    norms_seen_at: Mapped[datetime | None] = mapped_column(Moment)
    """When they last put away what had changed in the group's norms."""

    space: Mapped[Space] = relationship()
    member: Mapped[Member] = relationship()
