"""Notifications: what a member is told, merged by subject, and how they want to be told.

A *notification* is one line of the bell: a verb on a contribution ("replied"), with the
people behind it merged ("Ana and 3 others") for as long as it is unread. An *act* is one
thing that somebody did, mostly through one contribution; it is kept so that a repeat changes
nothing and what is taken back is taken away. Both hold ids only; the words are made when
they are shown, after visibility is checked again.

A *mail wish* says whether a member wants mail, when the last one went, and which one is
being sent: the claim. `unsubscribe_token` never expires (RFC 8058).
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models import Member

VERBS = (
    "mentioned",
    "replied",
    "wrote",
    "reacted",
    "will_try",
    "reported_on",
    "posted",
    "checks_in",
    "suggested",
    "sugg_taken",
    "sugg_no",
    "answered",
    "met",
    "privacy",
    "norms_wish",
    "norms_yes",
    "norms_no",
)
ABOUT_MEMBERS = ("site_claimed", "role_claimed")
ABOUT_SITES = ("site_opened", "site_refused")
ABOUT_GROUPS = (
    "group_asked",
    "group_opened",
    "group_closed",
    "group_invite",
    "group_lead",
    "group_hello",
    "group_alone",
    "group_unled",
)
ABOUT_SEALS = ("seal_asked",)
ABOUT_PROPOSALS = ("group_wanted", "group_yes", "group_no")
"""The verbs that lead to no contribution; `about_id` is a member's, a site's, a group's, a proposal's,
or an opening's of a seal."""
MAILED = ("mentioned", "replied", "wrote", "answered")
"""The verbs that are also told by mail, when they were not seen."""
_UNREAD = text("read_at IS NULL")


class Notification(Model):
    __tablename__ = "notification"
    __table_args__ = (
        Index("ix_notification_bell", "member_id", "updated_at", "id"),
        Index("ix_notification_unread", "member_id", "read_at"),
        Index("ix_notification_subject", "member_id", "contribution_id", "verb"),
        Index(
            "uq_notification_unread",
            "member_id",
            "contribution_id",
            "verb",
            unique=True,
            sqlite_where=_UNREAD,
            postgresql_where=_UNREAD,
        ),
        Index(
            "uq_notification_unread_about",
            "member_id",
            "about_id",
            "verb",
            unique=True,
            sqlite_where=_UNREAD,
            postgresql_where=_UNREAD,
        ),
        Index("ix_notification_about", "about_id", "verb"),
        Index("ix_notification_waiting", "updated_at", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
        Index(None, "contribution_id"),
        Index(None, "latest_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    verb: Mapped[str] = mapped_column(String(12))
    contribution_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE")
    )
    """What it is about: the root for replies and mentions, the thing itself for the rest."""
    latest_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    """Where a click lands: the newest reply, or the contribution."""
    about_id: Mapped[int | None] = mapped_column(BigId)
    """What it is about where that is no contribution: the verb says what the number is of."""
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    """When the newest act was told; nothing else moves it."""
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    mailed_at: Mapped[datetime | None] = mapped_column(Moment)
    """Acts up to here were told by mail."""

    contribution: Mapped[Contribution | None] = relationship(foreign_keys=[contribution_id])
    latest: Mapped[Contribution | None] = relationship(foreign_keys=[latest_id])
    member: Mapped[Member] = relationship()


class NotificationActor(Model):
    """One act: who, through which contribution, and how where there are several ways.

    `member_id` is empty where authorship is sealed or the account is gone.
    """

    __tablename__ = "notification_actor"
    __table_args__ = (
        UniqueConstraint("notification_id", "through_id", "how", "member_id"),
        Index(None, "through_id"),
        Index(None, "member_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    notification_id: Mapped[int] = mapped_column(BigId, ForeignKey("notification.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    through_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    """The reply, mention or report; for reactions and "I'll try this" the thing answered.
    Empty where the line is about no contribution."""
    how: Mapped[str] = mapped_column(String(10), default="")
    """The kind of a reaction; empty for the rest."""
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    notification: Mapped[Notification] = relationship()
    member: Mapped[Member | None] = relationship()


class MailWish(Model):
    """No row is the same as wanting mail; the first mail makes one, for its token."""

    __tablename__ = "mail_wish"

    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    wants_mail: Mapped[bool] = mapped_column(default=True)
    paused_until: Mapped[datetime | None] = mapped_column(Moment)
    unsubscribe_token: Mapped[str] = mapped_column(String(64), unique=True)
    last_mailed_at: Mapped[datetime | None] = mapped_column(Moment)
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    """The end of the window of the mail that is being sent; it names the mail. None: none is."""
    claim_ends_at: Mapped[datetime | None] = mapped_column(Moment)
    """From then on somebody else may try that mail again."""
    claims: Mapped[int] = mapped_column(default=0)
    """How often that mail was tried."""

    member: Mapped[Member] = relationship()
