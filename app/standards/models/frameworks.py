"""Frameworks and standards as they were imported.

A framework belongs to one network, or (`network_id` is null) to the whole deployment, whose operator imported
it. A standard's `position` counts through its framework from the top, parents before children, and `last` is
the position of the last one beneath it, so that a whole branch is one range.

Rules: a standard is never deleted while its framework stays, because what named it goes on naming it; one
that is no longer in the published list has a `retired_at`. `identifier` is the publisher's and never changes.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment

SHARED = text("network_id IS NULL")
OWN = text("network_id IS NOT NULL")


class Framework(Model):
    __tablename__ = "framework"
    __table_args__ = (
        Index("uq_framework_shared", "identifier", unique=True, sqlite_where=SHARED, postgresql_where=SHARED),
        Index(
            "uq_framework_own",
            "network_id",
            "identifier",
            unique=True,
            sqlite_where=OWN,
            postgresql_where=OWN,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    identifier: Mapped[str] = mapped_column(String(120))
    uri: Mapped[str] = mapped_column(String(1000), default="")
    title: Mapped[str] = mapped_column(String(300))
    creator: Mapped[str] = mapped_column(String(300), default="")
    subject: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(20), default="")
    version: Mapped[str] = mapped_column(String(60), default="")
    adoption_status: Mapped[str] = mapped_column(String(60), default="")
    source_url: Mapped[str] = mapped_column(String(1000), default="")
    licence: Mapped[str] = mapped_column(String(500), default="")
    changed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When its publisher last changed it, as they say."""
    imported_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    left_out: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What was not wanted of it: `grades`, a list, and `branches`, identifiers of entries at the top."""
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    """Since when nobody is offered it any more, because what names its standards goes on naming them."""


class Standard(Model):
    __tablename__ = "standard"
    __table_args__ = (
        UniqueConstraint("framework_id", "identifier"),
        Index(None, "framework_id", "code_key"),
        Index(None, "framework_id", "short_key"),
        Index(None, "framework_id", "position"),
        Index(None, "parent_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    framework_id: Mapped[int] = mapped_column(BigId, ForeignKey("framework.id", ondelete="CASCADE"))
    identifier: Mapped[str] = mapped_column(String(120))
    uri: Mapped[str] = mapped_column(String(1000), default="")
    code: Mapped[str] = mapped_column(String(80), default="")
    """As teachers write it: CASE's `humanCodingScheme`."""
    code_key: Mapped[str] = mapped_column(String(80), default="")
    short_key: Mapped[str] = mapped_column(String(80), default="")
    label: Mapped[str] = mapped_column(String(300), default="")
    statement: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    item_type: Mapped[str] = mapped_column(String(80), default="")
    language: Mapped[str] = mapped_column(String(20), default="")
    grades: Mapped[int] = mapped_column(default=0)
    """A bit mask: bit 0 is kindergarten."""
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("standard.id", ondelete="SET NULL"))
    position: Mapped[int] = mapped_column(default=0)
    last: Mapped[int] = mapped_column(default=0)
    depth: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime | None] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)

    framework: Mapped[Framework] = relationship()


class StandardLink(Model):
    """What a framework says of two standards, apart from the tree: `exactMatchOf`, `isRelatedTo` and others.

    The other end may be in a framework that is not here: then only its identifier and title are known.
    """

    __tablename__ = "standard_link"
    __table_args__ = (UniqueConstraint("framework_id", "identifier"), Index(None, "origin_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    framework_id: Mapped[int] = mapped_column(BigId, ForeignKey("framework.id", ondelete="CASCADE"))
    identifier: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    origin_id: Mapped[int] = mapped_column(BigId, ForeignKey("standard.id", ondelete="CASCADE"))
    other_identifier: Mapped[str] = mapped_column(String(120), index=True)
    other_title: Mapped[str] = mapped_column(String(300), default="")


class FrameworkChoice(Model):
    """A framework that a network names standards from."""

    __tablename__ = "framework_choice"
    __table_args__ = (Index(None, "framework_id"),)

    network_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("network.id", ondelete="CASCADE"), primary_key=True
    )
    framework_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("framework.id", ondelete="CASCADE"), primary_key=True
    )
    chosen_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
