"""Opening a seal: that two of the hub's people looked who wrote something, when, why. Never who it was."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models.contributions import Contribution
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models import Member


class SealOpening(Model):
    """One asks and gives a reason; another one agrees, and the seal is open for these two, once each."""

    __tablename__ = "seal_opening"
    __table_args__ = (
        Index(None, "network_id", "id"),
        Index(None, "contribution_id"),
        Index(None, "asked_by_id"),
        Index(None, "agreed_by_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    contribution_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="SET NULL")
    )
    reason: Mapped[str] = mapped_column(String(1000))
    asked_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    agreed_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    agreed_at: Mapped[datetime | None] = mapped_column(Moment)
    asker_saw_at: Mapped[datetime | None] = mapped_column(Moment)
    agreer_saw_at: Mapped[datetime | None] = mapped_column(Moment)

    contribution: Mapped[Contribution | None] = relationship()
    asked_by: Mapped[Member | None] = relationship(foreign_keys=[asked_by_id])
    agreed_by: Mapped[Member | None] = relationship(foreign_keys=[agreed_by_id])
