"""Stored files: what is known of the bytes behind a key."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment


class StoredFile(Model):
    """`scope` says which feature decides who may open it; core knows no network by itself."""

    __tablename__ = "stored_file"
    __table_args__ = (
        Index(None, "network_id"),
        Index(None, "uploader_id"),
        Index("ix_stored_file_orphans", "attached_at", "created_at"),
    )

    @property
    def blob_keys(self) -> list[str]:
        """The bytes behind this row: the file's own, and those made from it."""
        return [key for key in (self.key, self.thumb_key, self.preview_key) if key]

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
    state: Mapped[str] = mapped_column(String(8), default="ready")
    """pending | ready | refused"""
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    attached_at: Mapped[datetime | None] = mapped_column(Moment)
