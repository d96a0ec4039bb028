"""Evidence, and what is needed: "I used this", requests and their answers, collections.

A *use* ties a reply on a resource to what it tells: grade, setting, how it went. The words are the reply's;
the row keeps them apart for the summary, and counts only while the reply shows. A *request* is a
contribution of the kind `request` with a day; an *answer* ties it to a resource, a *need* to who
looks for the same. A *collection* is a list of resources in an order, one's own or a space's; it shows
to each only what they may see.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.contributions.models import Contribution
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models import Member
from app.spaces.models import Space

REQUEST = "request"


class ResourceUse(Model):
    __tablename__ = "resource_use"
    __table_args__ = (Index(None, "contribution_id"), Index(None, "member_id"), Index(None, "site_id"))

    reply_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    contribution_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    site_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("site.id", ondelete="SET NULL"))
    grade: Mapped[int | None] = mapped_column()
    setting: Mapped[str] = mapped_column(String(14), default="")
    outcome: Mapped[str] = mapped_column(String(12))
    changed: Mapped[str] = mapped_column(Text, default="")
    tip: Mapped[str] = mapped_column(Text, default="")
    used_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    reply: Mapped[Contribution] = relationship(foreign_keys=[reply_id])


class ResourceRequest(Model):
    """`met_at` is when its author, or the first answer, said that it is met."""

    __tablename__ = "resource_request"

    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    needed_by: Mapped[date | None] = mapped_column()
    met_at: Mapped[datetime | None] = mapped_column(Moment)

    contribution: Mapped[Contribution] = relationship()


class RequestNeed(Model):
    """ "I need this too": who is told when a request is answered or met."""

    __tablename__ = "request_need"
    __table_args__ = (Index(None, "member_id"),)

    request_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    said_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class RequestAnswer(Model):
    __tablename__ = "request_answer"
    __table_args__ = (Index(None, "resource_id"), Index(None, "reply_id"))

    request_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    resource_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    reply_id: Mapped[int] = mapped_column(BigId, ForeignKey("contribution.id", ondelete="CASCADE"))


class Collection(Model):
    """`space_id` is None for one's own, which nobody else sees."""

    __tablename__ = "collection"
    __table_args__ = (Index(None, "network_id"), Index(None, "space_id"), Index(None, "owner_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    space_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("space.id", ondelete="CASCADE"))
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(140))
    about: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)

    space: Mapped[Space | None] = relationship()
    owner: Mapped[Member | None] = relationship()


class CollectionItem(Model):
    __tablename__ = "collection_item"
    __table_args__ = (Index(None, "contribution_id"),)

    collection_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True
    )
    contribution_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(500), default="")
