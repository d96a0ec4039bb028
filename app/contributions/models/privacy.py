"""What the student-privacy check pointed out and the author kept: kinds and marks, no words and no person."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment


class PrivacyKept(Model):
    """Its author decided that this finding is fine. `mark` names the finding, `file_id` the file it is in."""

    __tablename__ = "privacy_kept"
    __table_args__ = (Index(None, "file_id"),)

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    file_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("stored_file.id", ondelete="CASCADE"))
    kept_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
