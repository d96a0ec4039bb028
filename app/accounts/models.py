"""Accounts, their sessions, and what guards them.

Nouns: an *account* is a person who signs in, with one address, whatever the number of
networks; a *session* is one signed-in browser, kept here so that it can be revoked; a
*reset* is a single-use way back in; an *e-mail change* waits until the new address answers;
a *sign-in attempt* feeds the throttle; a *download* is a copy of all one's own data.

Rules: tokens are stored only as SHA-256; those that travel by mail are derived again from
their nonce when the mail is written; addresses in lower case; a deleted account keeps its row
and nothing personal.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import BigId, Model, Moment


class Account(UserMixin, Model):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(80))
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    language: Mapped[str] = mapped_column(String(8), default="en")
    theme: Mapped[str] = mapped_column(String(5), default="auto")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    suspended_at: Mapped[datetime | None] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)

    if TYPE_CHECKING:
        current_session: "Session | None"
    current_session = None
    """The session through which this person is here; only set on `current_user`."""

    @property
    def may_sign_in(self) -> bool:
        return self.suspended_at is None and self.deleted_at is None


class Session(Model):
    """One signed-in browser. `label` is what it calls itself, shortened for people."""

    __tablename__ = "session"
    __table_args__ = (Index(None, "account_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(45), default="")
    remembered: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(Moment)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class PasswordReset(Model):
    """Asking for an address that nobody has makes a row too, so that both take as long."""

    __tablename__ = "password_reset"
    __table_args__ = (Index(None, "account_id", "created_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id", ondelete="CASCADE"))
    nonce: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it was used, or replaced by a newer one."""

    account: Mapped[Account | None] = relationship()


class EmailChange(Model):
    """The new address, until somebody who reads its mail says yes."""

    __tablename__ = "email_change"
    __table_args__ = (Index(None, "account_id", "created_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254))
    nonce: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class SignInAttempt(Model):
    """A failed try. `who` and `where` are keyed hashes, so that the table names nobody."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "who", "at"), Index(None, "where", "at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    who: Mapped[str] = mapped_column(String(64))
    where: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class Download(Model):
    """A copy of all one's own data: asked for, built by the worker, kept for a week."""

    __tablename__ = "download"
    __table_args__ = (Index(None, "account_id", "asked_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id", ondelete="CASCADE"))
    file_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    size: Mapped[int | None] = mapped_column(BigId)
    asked_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    ready_at: Mapped[datetime | None] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)

    account: Mapped[Account] = relationship()
