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
FEWEST_LETTERS = 3
_WORDS = """
a about after again all also always am an and another any are around as ask at away back be because
been before being best better between both but by call came can class come could day days did different
do does doing done down each end even every few find first for from get give go going good got great grade
group had hand has have having he help her here him his home how i if in into is it its just keep kids
kind know last learn learned learning left lesson let like little long look made make many math maybe me
means might more morning most much must my myself name need never new next no not nothing now number of
off often old on once one only or other our out over own parents part people place principal problem
question read really right said same saw say school see she should show since small so some someone
something still student students such take talk teach teacher teachers teaching tell than thank thanks
that the their them then there these they thing things think this those though thought three through time
to today together too tried try two under until up us use used using very want was way we week well went
were what when where which while who why will with without work worked working world would write
year years yes yet you your
"""
COMMON = frozenset(_WORDS.split())
"""Words of every other sentence: to watch one would be to read along with everybody."""


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
