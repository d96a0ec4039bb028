"""Contributions: one row for anything that a member shares, in exactly one space.

The row knows who, where, when and in what state, and carries all that its card needs: title,
clean HTML, the small `card` JSON that its kind made, counts, version. A *reply* is a
contribution whose root is another one; its `position` counts from 1 within the root and is
never used again. The author's role, site and grades are kept as they were when it was posted.

Rules: `author_id` may be null (authorship can be sealed, or the account is gone); no code
compares it, `policy.is_author` decides. Positions and counts come from the root's row, in
the writing transaction. `html` is what `core.text.clean` returned and nothing else.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment
from app.core.files.models import StoredFile
from app.networks.models import Driver, Member, Site
from app.spaces.models import Space

STATES = ("draft", "published", "held", "removed")
OUTCOMES = ("worked", "mixed", "did_not_work")


UNSEEN_FROM = 1_000_000_000
"""Above it, by its own number, lies the position of what was held from its first moment. A reply takes none
of its root's, so that no number tells that it is there, and gets one as it is let out; a root has none then.
"""


class Contribution(Model):
    __tablename__ = "contribution"
    __table_args__ = (
        # Partial, so that "no root" never looks like a narrow search in it.
        Index(
            "uq_contribution_root_id_position",
            "root_id",
            "position",
            unique=True,
            sqlite_where=text("root_id IS NOT NULL"),
            postgresql_where=text("root_id IS NOT NULL"),
        ),
        Index(
            "ix_contribution_feed",
            "network_id",
            "published_at",
            "id",
            sqlite_where=text("root_id IS NULL AND state = 'published'"),
            postgresql_where=text("root_id IS NULL AND state = 'published'"),
        ),
        Index(
            "ix_contribution_space_feed",
            "space_id",
            "published_at",
            "id",
            sqlite_where=text("root_id IS NULL"),
            postgresql_where=text("root_id IS NULL"),
        ),
        Index("ix_contribution_author", "author_id", "published_at", "id"),
        Index(
            "ix_contribution_active",
            "space_id",
            "kind",
            "active_at",
            "id",
            sqlite_where=text("root_id IS NULL"),
            postgresql_where=text("root_id IS NULL"),
        ),
        # Few are sealed: one's own are found by looking at all of them.
        Index(
            "ix_contribution_sealed",
            "network_id",
            "state",
            sqlite_where=text("seal IS NOT NULL"),
            postgresql_where=text("seal IS NOT NULL"),
        ),
        Index(None, "parent_id"),
        Index(None, "answer_id"),
        Index("ix_contribution_reports_on", "reports_on_id"),
        Index(
            "ix_contribution_driver",
            "driver_id",
            "published_at",
            "id",
            sqlite_where=text("driver_id IS NOT NULL"),
            postgresql_where=text("driver_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    root_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="SET NULL"))
    position: Mapped[int | None] = mapped_column()
    reports_on_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="SET NULL")
    )
    """The idea that a *tried it* reports on: the answer to "How did it go?"."""

    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    seal: Mapped[str | None] = mapped_column(String(64))
    """HMAC of contribution and member under the seal key, where authorship is sealed."""
    author_role: Mapped[str | None] = mapped_column(String(20))
    author_site_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("site.id", ondelete="SET NULL"))
    author_grades: Mapped[int] = mapped_column(default=0)

    state: Mapped[str] = mapped_column(String(10), default="published")
    state_reason: Mapped[str | None] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200), default="")
    html: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    card: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    outcome: Mapped[str | None] = mapped_column(String(12))
    grades: Mapped[int] = mapped_column(default=0)
    """Grades that it speaks of, a bit mask: what the feed filters by."""
    driver_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("driver.id", ondelete="SET NULL"))
    """The lever of the network's aim that it serves, where its author named one."""

    reply_count: Mapped[int] = mapped_column(default=0)
    reply_seq: Mapped[int] = mapped_column(default=0)
    thanks_count: Mapped[int] = mapped_column(default=0)
    same_here_count: Mapped[int] = mapped_column(default=0)
    learned_count: Mapped[int] = mapped_column(default=0)
    try_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    """Grows with anything that changes the card; with id and language it names a cached card."""
    locked: Mapped[bool] = mapped_column(default=False)
    stays: Mapped[bool] = mapped_column(default=False)
    """Of a root: its author said that it stays in its space, with all that is under it."""
    slow_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    """Of a root: how long each person waits between two replies; 0 is no wait."""
    answer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="SET NULL"))
    """The reply that answers a question or a thread, once somebody said so."""
    active_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    """When it or a reply to it was last posted: the order of a list of threads."""

    published_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)
    moved_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it last left a space that not everybody saw: what it said before is shown to nobody."""
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    space: Mapped[Space] = relationship()
    author: Mapped[Member | None] = relationship(foreign_keys=[author_id])
    author_site: Mapped[Site | None] = relationship()
    driver: Mapped[Driver | None] = relationship()
    root: Mapped["Contribution | None"] = relationship(foreign_keys=[root_id], remote_side=[id])
    parent: Mapped["Contribution | None"] = relationship(foreign_keys=[parent_id], remote_side=[id])

    @property
    def is_reply(self) -> bool:
        return self.root_id is not None

    @property
    def is_unseen(self) -> bool:
        """Whether it was held from its first moment: nobody but its author and who judges it has seen it."""
        return self.position is not None and self.position >= UNSEEN_FROM


class Attachment(Model):
    __tablename__ = "attachment"
    __table_args__ = (Index(None, "file_id"),)

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    file_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(default=0)
    alt: Mapped[str] = mapped_column(String(300), default="")

    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


class Mention(Model):
    __tablename__ = "mention"
    __table_args__ = (Index(None, "member_id"),)

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )


class Revision(Model):
    """What a contribution said before an edit."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("contribution_id", "version"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    contribution_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(200), default="")
    html: Mapped[str] = mapped_column(Text, default="")
    card: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    said_at: Mapped[datetime] = mapped_column(Moment)
    replaced_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    @property
    def was_held(self) -> bool:
        """Whether it was held back, or its author was asked for an edit, when they changed it."""
        return bool(self.card.get("held"))

    @property
    def is_taken(self) -> bool:
        """Whether its author took its words away for good."""
        return bool(self.card.get("taken"))
