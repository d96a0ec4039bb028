"""Networks and what they are: sites, norms, drivers.

A *network* is a tenant: nothing leaks between two of them. A *site* is a school or a
district (a tree). *Norms* are versioned; a member has accepted one version. A *driver* is a
lever of the network's theory of improvement, a short list until that theory is built.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock, practice
from app.core.db import BigId, Model, Moment

if TYPE_CHECKING:
    from app.networks.models.members import Member


class Network(Model):
    __tablename__ = "network"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    aim: Mapped[str] = mapped_column(Text, default="")
    time_zone: Mapped[str] = mapped_column(String(64), default="America/New_York")
    language: Mapped[str] = mapped_column(String(8), default="en")
    year_starts: Mapped[int] = mapped_column(default=8)
    """Month (1-12) in which the network's year begins."""
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """norms_version (the current one), may_ask (whether people can ask to join), keeps_mail."""
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    @property
    def norms_version(self) -> int:
        """The version of the norms that holds now."""
        return int(self.settings.get("norms_version", 1))

    @property
    def may_ask(self) -> bool:
        """Whether its "ask to join" page is open."""
        return bool(self.settings.get("may_ask", True)) and not practice.is_shut(self.is_demo)

    @property
    def keeps_mail(self) -> bool:
        """Whether its directors look after the deployment's mail: the network set up first."""
        return bool(self.settings.get("keeps_mail", False))


class Site(Model):
    __tablename__ = "site"
    __table_args__ = (Index(None, "network_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("site.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(10), default="school")
    """school | district"""
    name: Mapped[str] = mapped_column(String(120))
    short_name: Mapped[str] = mapped_column(String(40))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    network: Mapped[Network] = relationship()


class NormsVersion(Model):
    """`norms` is a list of `{ref, title, meaning, example}`, numbered by place."""

    __tablename__ = "norms_version"
    __table_args__ = (UniqueConstraint("network_id", "version"), Index(None, "adopted_by_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(default=1)
    norms: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    adopted_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    adopted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    why: Mapped[str] = mapped_column(String(500), default="")
    """A word by whoever adopted it."""

    adopted_by: Mapped["Member | None"] = relationship(foreign_keys=[adopted_by_id])


class Driver(Model):
    __tablename__ = "driver"
    __table_args__ = (Index(None, "network_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    meaning: Mapped[str] = mapped_column(String(500), default="")
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
