"""A proposal to change the network's norms.

It is a contribution of the kind `norms` in the commons; its talk is where it is discussed. What it
would change is a list of changes (old and new words of a norm) against one version, the *base*. Once
another version holds it is *overtaken*, until somebody renews it from the version that does.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core.asread import mark_of
from app.core.db import BigId, Model, Moment
from app.networks.models import Change, Member, change_from

KIND = "norms"
STATES = ("open", "adopted", "declined")


class NormsProposal(Model):
    __tablename__ = "norms_proposal"
    __table_args__ = (Index(None, "network_id", "state"), Index(None, "decided_by_id"))

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    base: Mapped[int] = mapped_column()
    """The version that it was written from."""
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="open")
    """open | adopted | declined"""
    word: Mapped[str] = mapped_column(String(500), default="")
    """What the facilitator said who decided."""
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int | None] = mapped_column()
    """The version that it became."""

    contribution: Mapped[Contribution] = relationship()
    decided_by: Mapped[Member | None] = relationship()

    @property
    def wishes(self) -> list[Change]:
        """What it would change, in words."""
        return [change_from(change) for change in self.changes]

    @property
    def mark(self) -> str:
        """Names what it would change, and the line that says why: who decides has read these."""
        return mark_of([self.base, self.changes, self.contribution.title])
