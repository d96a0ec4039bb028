"""Reading a long talk: where somebody is in it, what a reply quotes, who wants to be seen there.

A *place* is the position up to which a member has read the replies of a root; what is unread
is the rest, told from positions and never counted. A *quote* is a reference: a range of the
plain text of another contribution of the same root, filled in when it is shown.

Rule: a place is its member's alone. No page, event, export or count tells it to anyone else.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment


class ReadPlace(Model):
    """`position` was read, and all before it; 0 is the opening alone."""

    __tablename__ = "read_place"
    __table_args__ = (UniqueConstraint("member_id", "contribution_id"), Index(None, "contribution_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    contribution_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    went_back: Mapped[bool] = mapped_column(default=False)
    """Whether it was put here by "mark unread from here", which open pages must not overrule."""
    moved_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class Quote(Model):
    """What a reply quotes: characters `start` to `stop` of the plain text; 0 to 0 once they are changed."""

    __tablename__ = "quote"
    __table_args__ = (Index(None, "quoted_id"),)

    reply_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    quoted_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    start: Mapped[int] = mapped_column()
    stop: Mapped[int] = mapped_column()


class HereWish(Model):
    """A member who does not want others to see that they are here, nor that they write."""

    __tablename__ = "here_wish"

    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    hidden: Mapped[bool] = mapped_column(default=False)
