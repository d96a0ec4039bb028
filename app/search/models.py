"""What a network knows about its own words: synonyms, and what people looked for in vain.

Rules: a miss is words and a number, never who; names of members and anything with an address or a
long number in it are taken out before it is written.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import BigId, Model, Moment


class SearchSynonyms(Model):
    """A network's own list, one group a line; a network without a row uses the first list."""

    __tablename__ = "search_synonyms"

    network_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("network.id", ondelete="CASCADE"), primary_key=True
    )
    lines: Mapped[str] = mapped_column(Text)


class SearchMiss(Model):
    __tablename__ = "search_miss"
    __table_args__ = (UniqueConstraint("network_id", "words"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    network_id: Mapped[int] = mapped_column(BigId, ForeignKey("network.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(String(80))
    times: Mapped[int] = mapped_column(default=1)
    last_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
