"""Norms that a group adds to its network's, in versions, by its leads."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models import Member


class GroupNorms(Model):
    """A version of a group's own norms: `{ref, title, meaning, example}`; the highest one holds."""

    __tablename__ = "group_norms"
    __table_args__ = (UniqueConstraint("space_id", "version"), Index(None, "adopted_by_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    space_id: Mapped[int] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(default=1)
    norms: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    adopted_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    adopted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))

    adopted_by: Mapped[Member | None] = relationship()
