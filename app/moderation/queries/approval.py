"""What waits before it is seen, and why: first posts, watched words, an overruled privacy check. One place
for all.

A watch word is matched as a whole word, whatever its case; `*` stands for letters of a word, so that
`stup*` finds *stupid* and *assess* is not found by its beginning alone. It stands for LETTERS at most: a word
of twenty thousand letters would hold up everybody who waits to write. A word that warns is one
more thing that its author is asked about before it goes out, wherever something is written
(`contributions.queries.privacy`).
"""

import re
import unicodedata
from functools import lru_cache

from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.contributions.queries.privacy import looks_too
from app.core import clock
from app.core.db import db
from app.moderation.models import ModerationWish, WatchWord
from app.networks.models import Member
from app.privacy.models import WATCHED, Finding
from app.spaces.models import Space

LETTERS = 60


def needs_approval(
    actor: Member, space: Space, text: str, overruled: bool = False, *, sealed: bool = False
) -> str | None:
    """The reason why something waits: `privacy`, `watch list`, `approval`; None where it is seen at once.

    What is `sealed` never waits for who its author is: that would tell.
    """
    if overruled:
        return "privacy"
    if watched(actor.network_id, "hold", text):
        return "watch list"
    if sealed:
        return None
    if actor.approval_until is not None and actor.approval_until > clock.now():
        return "approval"
    return "approval" if _is_new_here(actor) else None


def _is_new_here(actor: Member) -> bool:
    first = wish_of(actor.network_id).first_posts
    if not first or actor.is_hub:
        return False
    seen = select(func.count()).select_from(
        select(Contribution.id)
        .where(Contribution.author_id == actor.id, Contribution.state == "published")
        .limit(first)
        .subquery()
    )
    return (db.session.scalar(seen) or 0) < first


def watched(network_id: int, watch: str, text: str) -> list[str]:
    """The patterns of this watch that are in a text."""
    query = select(WatchWord.pattern).where(WatchWord.network_id == network_id, WatchWord.watch == watch)
    plain = _folded(text)
    return [pattern for pattern in db.session.scalars(query) if matcher(pattern).search(plain)]


@looks_too
def to_look_at_again(viewer: Member, text: str) -> list[Finding]:
    """Words that warn their author, while they write and before it goes out; nobody else is told."""
    query = select(WatchWord.pattern).where(
        WatchWord.network_id == viewer.network_id, WatchWord.watch == "warn"
    )
    patterns = list(db.session.scalars(query.order_by(WatchWord.id)))
    if not patterns:
        return []
    plain, places = _folded_with_places(text)
    found = []
    for hit in (hit for pattern in patterns for hit in matcher(pattern).finditer(plain)):
        start, end = places[hit.start()], places[hit.end() - 1] + 1
        found.append(Finding(WATCHED, start, end, about=hit.group(), said=text[start:end]))
    return found


@lru_cache(1000)
def matcher(pattern: str) -> re.Pattern[str]:
    """A pattern as an expression: letters stand for themselves, `*` (two at most) for up to LETTERS."""
    parts = [re.escape(part) for part in re.split(r"\*+", _folded(pattern))]
    words = rf"\w{{0,{LETTERS}}}".join(re.sub(r"(\\ )+", r"\\s+", part) for part in parts)
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _folded(text: str) -> str:
    """Without case and accents, in one form."""
    return _folded_with_places(text)[0]


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The same, and of each of its letters the place in `text`."""
    if text.isascii():
        return text.casefold(), list(range(len(text)))
    plain, places = [], []
    for place, given in enumerate(text):
        for letter in unicodedata.normalize("NFKD", given.casefold()):
            if not unicodedata.combining(letter):
                plain.append(letter)
                places.append(place)
    return "".join(plain), places


def wish_of(network_id: int) -> ModerationWish:
    """What the network wishes; a row of its own is made when it first wishes something."""
    return db.session.get(ModerationWish, network_id) or ModerationWish(network_id=network_id, first_posts=0)


def words_of(network_id: int) -> list[WatchWord]:
    query = select(WatchWord).where(WatchWord.network_id == network_id)
    return list(db.session.scalars(query.order_by(WatchWord.pattern)))
