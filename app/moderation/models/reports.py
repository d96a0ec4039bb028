"""A report: what one member asks the facilitators to look at, and by which norm.

It keeps the norm's ref, version and title as they were, and a *copy* of what was reported with as much
around it as the reporter could see; that copy, and nothing else, is what those who judge read. The copy
holds members' numbers and no names, so that who leaves is named nowhere.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment
from app.moderation.models.cases import Case
from app.networks.models import Member, Site


class Report(Model):
    __tablename__ = "moderation_report"
    __table_args__ = (
        Index(None, "case_id"),
        Index(None, "reporter_id", "made_at"),
        Index(None, "site_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("moderation_case.id", ondelete="CASCADE"))
    reporter_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    site_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("site.id", ondelete="SET NULL"))
    """The reporter's school, as it was: two schools are two views."""
    why: Mapped[str] = mapped_column(String(10), default="norm")
    norm_ref: Mapped[str] = mapped_column(String(40), default="")
    norm_version: Mapped[int | None] = mapped_column()
    norm_title: Mapped[str] = mapped_column(String(80), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    copy: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    was_misuse: Mapped[bool] = mapped_column(default=False)
    """Whether those who judged found that it was sent to hurt somebody."""
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    case: Mapped[Case] = relationship()
    reporter: Mapped[Member | None] = relationship()
    site: Mapped[Site | None] = relationship()
