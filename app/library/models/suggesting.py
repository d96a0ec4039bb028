"""Suggestions: what a colleague would say of a resource, for its owner to take or to decline.

A *suggestion* is a set of fields with other values and perhaps a word why. It changes nothing by itself; one
that is taken is written as an edit of the owner's. One person has at most one open suggestion on a resource.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core import clock
from app.core.asread import mark_of
from app.core.db import BigId, Model, Moment
from app.networks.models import Member

SUGGESTION_STATES = ("open", "taken", "declined")
_OPEN = text("state = 'open'")


class ResourceSuggestion(Model):
    """`said` holds only what would be different, by the name of the field: `title`, `what`, `grades` (a bit
    mask), `subject`, `minutes`, `needs`, `language`, `tags`, `driver`, and `standards` as
    `{"add": {id: relation}, "drop": [id]}`."""

    __tablename__ = "resource_suggestion"
    __table_args__ = (
        Index(None, "contribution_id"),
        Index(None, "member_id"),
        Index(
            "uq_resource_suggestion_open",
            "contribution_id",
            "member_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    contribution_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    word: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[str] = mapped_column(String(8), default="open")
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)

    contribution: Mapped[Contribution] = relationship()
    member: Mapped[Member] = relationship()

    @property
    def mark(self) -> str:
        """Names what it says now: who answers it answers this."""
        return mark_of([self.said, self.word])
