"""The summary of a long talk: what came out of it, written by a person, with its history.

Each saving is a row of its own; the newest one is shown, the others are its history.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models import Member


class Summary(Model):
    """`html` is clean; an empty one says that there is no summary any more."""

    __tablename__ = "summary"
    __table_args__ = (Index(None, "contribution_id", "id"), Index(None, "author_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    contribution_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    html: Mapped[str] = mapped_column(Text, default="")
    up_to: Mapped[int] = mapped_column(default=0)
    """The position of the newest reply when it was written."""
    written_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    author: Mapped[Member | None] = relationship()
