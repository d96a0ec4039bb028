"""What is not said yet, and what was said once.

A *draft* is one per member, kind and target; its `sequence` tells a stale tab. An
*idempotency key* is the client's name for one posting, with a hash of its body, so that a
repeat returns the first result and never posts twice.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment


class Draft(Model):
    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("member_id", "kind", "target"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(40), default="")
    """What it would answer or edit: empty, `reply:7`, `edit:7`."""
    body: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sequence: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class IdempotencyKey(Model):
    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("owner", "key"), Index(None, "contribution_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    owner: Mapped[str] = mapped_column(String(64))
    """Who posts: a keyed hash of member and key, so that no two rows tell that they are of one person."""
    key: Mapped[str] = mapped_column(String(64))
    body_hash: Mapped[str] = mapped_column(String(64))
    contribution_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
