"""Imports that a network asked for: what was sent, and what came of it.

The bytes wait in the store of files under `blob_key` until the worker has written them, or nobody wants them.
`report` is what the page shows: first what would come (`plans`), afterwards counts and what was not
understood, or a reason. Nobody's name is in it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment

STATES = ("waiting", "ready", "taking", "done", "failed", "dropped")


class FrameworkImport(Model):
    __tablename__ = "framework_import"
    __table_args__ = (Index(None, "network_id"), Index(None, "framework_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    framework_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("framework.id", ondelete="SET NULL"))
    source: Mapped[str] = mapped_column(String(1000))
    """The file's name, or the address."""
    blob_key: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    asked_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
