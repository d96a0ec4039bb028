"""What a post says beyond its card: the parts of a *tried it*.

The contribution's row carries what the feed shows; this row keeps each answer apart, as the
author gave it, for editing and for the evidence that gathers on an idea later.
"""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core.db import BigId, Model

SETTINGS = ("whole_class", "small_group", "one_to_one", "intervention", "homework", "other")


class TriedIt(Model):
    """Plain text in every part but `tried`, which is clean HTML."""

    __tablename__ = "tried_it"

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    tried: Mapped[str] = mapped_column(Text)
    grade: Mapped[int | None] = mapped_column()
    setting: Mapped[str | None] = mapped_column(String(14))
    group_size: Mapped[int | None] = mapped_column()
    minutes: Mapped[int | None] = mapped_column()
    expected: Mapped[str] = mapped_column(Text, default="")
    happened: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(12))
    change_next: Mapped[str] = mapped_column(Text, default="")

    contribution: Mapped[Contribution] = relationship()
