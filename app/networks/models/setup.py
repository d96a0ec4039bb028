"""The first set-up of a real network: one link, printed in the terminal, and how far it got.

The link's token is kept only as SHA-256. It opens nothing but the first step; once the first
director has an account, going on needs that account's sign-in.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models.networks import Network


class Setup(Model):
    __tablename__ = "setup"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id", ondelete="SET NULL"))
    network_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("network.id", ondelete="SET NULL"))
    done: Mapped[str] = mapped_column(String(12), default="")
    """The last step that was saved."""
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)

    account: Mapped[Account | None] = relationship()
    network: Mapped[Network | None] = relationship()
