"""What a network wants to be looked at before it is seen.

A *watch word* is a word or a phrase, where `*` stands for any letters; it holds what has it, warns the
author, or notifies the facilitators. *First posts* are how many things of a newcomer somebody reads before
they are seen.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment

WATCHES = ("hold", "warn", "notify")
MOST_WORDS = 200


class ModerationWish(Model):
    """No row is the same as nothing wished."""

    __tablename__ = "moderation_wish"

    network_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("network.id", ondelete="CASCADE"), primary_key=True
    )
    first_posts: Mapped[int] = mapped_column(default=0)


class WatchWord(Model):
    __tablename__ = "watch_word"
    __table_args__ = (UniqueConstraint("network_id", "pattern"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    pattern: Mapped[str] = mapped_column(String(80))
    watch: Mapped[str] = mapped_column(String(6), default="hold")
    added_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
