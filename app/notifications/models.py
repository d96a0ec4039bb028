"""Notifications: what a member is told, merged by subject, and how they want to be told.

A *notification* is one line of the bell: a verb on a contribution ("replied"), with the
people behind it merged ("Ana and 3 others"). It holds ids only; its words are made when it
is shown, after visibility is checked again.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models import Member

VERBS = ("mentioned", "replied", "reacted", "will_try", "reported_on")


class Notification(Model):
    __tablename__ = "notification"
    __table_args__ = (
        Index("ix_notification_bell", "member_id", "updated_at", "id"),
        Index("ix_notification_unread", "member_id", "read_at"),
        Index("ix_notification_subject", "member_id", "contribution_id", "verb"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    verb: Mapped[str] = mapped_column(String(12))
    contribution_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    """What it is about: the root for replies, the thing itself for the rest."""
    latest_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    """Where a click lands: the newest reply, or the contribution."""
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    mailed_at: Mapped[datetime | None] = mapped_column(Moment)

    contribution: Mapped[Contribution] = relationship(foreign_keys=[contribution_id])
    latest: Mapped[Contribution] = relationship(foreign_keys=[latest_id])


class NotificationActor(Model):
    """One person behind a notification, through one contribution or response."""

    __tablename__ = "notification_actor"
    __table_args__ = (UniqueConstraint("notification_id", "member_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    notification_id: Mapped[int] = mapped_column(BigId, ForeignKey("notification.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    member: Mapped[Member | None] = relationship()


class MailWish(Model):
    """A member's wishes for mail. `unsubscribe_token` never expires (RFC 8058)."""

    __tablename__ = "mail_wish"

    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    wants_mail: Mapped[bool] = mapped_column(default=True)
    unsubscribe_token: Mapped[str] = mapped_column(String(64), unique=True)
    last_mailed_at: Mapped[datetime | None] = mapped_column(Moment)
