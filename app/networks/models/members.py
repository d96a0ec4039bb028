"""Members: a person in one network, with a role, a site, grades and a standing.

Grades are a bit mask (bit 7 for grade 7, bit 0 for kindergarten), so that one comparison
filters a feed on either database. A *claim* is a school that somebody chose themselves and
that nobody has confirmed yet. *Hub roles* (facilitator, director) say what a member may
do for the network and open no content. `name_key` and `words` are what the directory sorts
and searches by: without case and accents, kept true whenever the row is written.
"""

import unicodedata
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core import clock
from app.core.db import BigId, Model, Moment
from app.networks.models.networks import Network, Site

ROLES = ("teacher", "teacher_leader", "coach", "principal", "researcher")
STANDINGS = ("asked", "active", "paused", "former")
GRADES = tuple(range(0, 13))


def grade_bit(grade: int) -> int:
    """The bit of a grade, 0 (kindergarten) to 12."""
    return 1 << grade


def grades_of(mask: int) -> list[int]:
    """The grades in a mask, in order."""
    return [grade for grade in GRADES if mask & grade_bit(grade)]


def fold(words: str) -> str:
    """Words without case and accents, for sorting and searching."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _key(name: str) -> str:
    return fold(name)[:80]


def _words(*parts: str | None) -> str:
    return fold(" | ".join(part for part in parts if part))[:1000]


def _key_at_insert(context: Any) -> str:
    return _key(context.get_current_parameters().get("name", ""))


def _words_at_insert(context: Any) -> str:
    given = context.get_current_parameters()
    return _words(given.get("name"), given.get("can_help_with"), given.get("working_on"))


class Member(Model):
    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("network_id", "account_id"),
        Index(None, "account_id"),
        Index(None, "network_id", "standing", "name_key"),
        Index(None, "site_id"),
        Index(None, "claimed_site_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(80))
    """Shown to colleagues; empty once the account is deleted ("former member")."""
    photo_key: Mapped[str | None] = mapped_column(String(64))
    role: Mapped[str | None] = mapped_column(String(20))
    role_confirmed: Mapped[bool] = mapped_column(default=True)
    """False while it is their own word alone: groups that follow roles do not count it."""
    role_before: Mapped[str | None] = mapped_column(String(20))
    """The confirmed role that they may go back to by their own hand."""
    site_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("site.id", ondelete="SET NULL"))
    """Where they are, confirmed: it opens that school's spaces."""
    claimed_site_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("site.id", ondelete="SET NULL"))
    """Where they say they are, until somebody confirms it: it opens nothing."""
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    grades: Mapped[int] = mapped_column(default=0)
    standing: Mapped[str] = mapped_column(String(10), default="active")
    is_facilitator: Mapped[bool] = mapped_column(default=False)
    is_director: Mapped[bool] = mapped_column(default=False)
    working_on: Mapped[str] = mapped_column(String(300), default="")
    can_help_with: Mapped[str] = mapped_column(String(300), default="")
    story: Mapped[str] = mapped_column(Text, default="")
    """What brought them to teaching: plain text."""
    name_key: Mapped[str] = mapped_column(String(80), default=_key_at_insert)
    words: Mapped[str] = mapped_column(Text, default=_words_at_insert)
    asked_because: Mapped[str] = mapped_column(String(500), default="")
    declined_because: Mapped[str] = mapped_column(String(500), default="")
    """A facilitator's answer to somebody who asked, kept until the mail has gone."""
    norms_version: Mapped[int | None] = mapped_column()
    norms_put_off: Mapped[int | None] = mapped_column()
    """The version that they would not accept yet: while it holds they read and do not write."""
    norms_hint_away: Mapped[bool] = mapped_column(default=False)
    """Whether they put away the norms that stand beside a first post."""
    welcomed_at: Mapped[datetime | None] = mapped_column(Moment)
    joined_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When a facilitator last confirmed that they stay for the year."""
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    paused_until: Mapped[datetime | None] = mapped_column(Moment)
    """The end of a break that the facilitators asked for; empty where it is one's own."""
    approval_until: Mapped[datetime | None] = mapped_column(Moment)
    """Until then somebody reads what they share before it is seen."""

    # "unnested": behind an outer join SQLite would first join every member with their network.
    network: Mapped[Network] = relationship(lazy="joined", innerjoin="unnested")  # type: ignore[arg-type]
    site: Mapped[Site | None] = relationship(foreign_keys=[site_id])
    claimed_site: Mapped[Site | None] = relationship(foreign_keys=[claimed_site_id])
    account: Mapped[Account | None] = relationship()

    @property
    def is_hub(self) -> bool:
        return self.is_facilitator or self.is_director

    @property
    def may_read(self) -> bool:
        return self.standing in ("active", "paused")

    @property
    def may_write(self) -> bool:
        return self.standing == "active" and not self.waits_with_norms

    @property
    def waits_with_norms(self) -> bool:
        """Whether they read along without having accepted the norms that hold."""
        return self.norms_put_off is not None and self.norms_put_off == self.network.norms_version


@event.listens_for(Member, "before_update")
def _keep_words(_mapper: Any, _connection: Any, member: Member) -> None:
    member.name_key = _key(member.name)
    member.words = _words(member.name, member.can_help_with, member.working_on)
