"""Stored files: what is known of the bytes behind a key, and what was read in them.

Nouns: the *reading* of a file says how far its text is known; a *text* is one page, slide, sheet or
part of it, with what the preview shows.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment


class StoredFile(Model):
    """`scope` says which feature decides who may open it; core knows no network by itself."""

    __tablename__ = "stored_file"
    __table_args__ = (
        Index(None, "network_id"),
        Index(None, "uploader_id"),
        Index("ix_stored_file_orphans", "attached_at", "created_at"),
        Index("ix_stored_file_due", "state", "reading", "id"),
    )

    @property
    def blob_keys(self) -> list[str]:
        """The bytes behind this row: the file's own, and those made from it."""
        pages = [text.picture_key for text in self.texts]
        return [key for key in (self.key, self.thumb_key, self.preview_key, *pages) if key]

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(150))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigId)
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int | None] = mapped_column()
    height: Mapped[int | None] = mapped_column()
    thumb_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    preview_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    """A picture for a card's full width on a desk; none where the small one is all there is."""
    scope: Mapped[str] = mapped_column(String(20))
    """contribution | photo | export"""
    network_id: Mapped[int | None] = mapped_column(BigId)
    uploader_id: Mapped[int | None] = mapped_column(BigId)
    """The member who uploaded it; only they see it until it is attached."""
    state: Mapped[str] = mapped_column(String(11), default="ready")
    """pending | quarantined (waits for the virus scanner) | ready | refused"""
    reading: Mapped[str] = mapped_column(String(8), default="none")
    """none (nothing to read in this kind) | waiting | read | empty | locked | damaged | large"""
    has_macros: Mapped[bool] = mapped_column(default=False)
    is_cut: Mapped[bool] = mapped_column(default=False)
    """There is more in it than was read."""
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the worker last took it up."""
    read_tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    attached_at: Mapped[datetime | None] = mapped_column(Moment)

    texts: Mapped[list["FileText"]] = relationship(
        order_by="FileText.number", cascade="all, delete-orphan", passive_deletes=True
    )


class FileText(Model):
    """One page, slide, sheet or part: its plain text for the search, its blocks or picture for the eye."""

    __tablename__ = "file_text"

    file_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit: Mapped[str] = mapped_column(String(5))
    """page | slide | sheet | part"""
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    blocks: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    """What the preview shows as words: `["h", text]`, `["p", text]`, `["li", text]`, `["table", rows]`,
    `["note", text]`; never HTML."""
    picture_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    width: Mapped[int | None] = mapped_column()
    height: Mapped[int | None] = mapped_column()
