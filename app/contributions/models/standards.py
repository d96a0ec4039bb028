"""Which standards a contribution serves, and how: addressing, building on, building towards."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import BigId, Model
from app.standards.models import Standard


class ContributionStandard(Model):
    __tablename__ = "contribution_standard"
    __table_args__ = (Index(None, "standard_id", "contribution_id"),)

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    standard_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("standard.id", ondelete="CASCADE"), primary_key=True
    )
    relation: Mapped[str] = mapped_column(String(20), default="addressing")

    standard: Mapped[Standard] = relationship()
