"""The record: every act of moderation and every change of rights, written once and never changed.

A line holds members' numbers without references, so that nothing that happens to a member later touches it;
names are looked up when it is read, and who is gone is a former member. The database itself refuses to
change a line, and to delete one while its network is there (`migrations/`).
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment


class RecordLine(Model):
    __tablename__ = "moderation_record"
    __table_args__ = (Index(None, "network_id", "id"), Index(None, "member_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    verb: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(BigId)
    """Who did it; empty where a rule did."""
    member_id: Mapped[int | None] = mapped_column(BigId)
    """Whom it concerns."""
    case_id: Mapped[int | None] = mapped_column(BigId)
    subject: Mapped[str] = mapped_column(String(40), default="")
    """What it was about, as `contribution:7`."""
    norm_title: Mapped[str] = mapped_column(String(80), default="")
    why: Mapped[str] = mapped_column(Text, default="")
