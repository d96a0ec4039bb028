"""What people look for and do not find, for those who look after the network."""

from sqlalchemy import delete, func, select

from app.core.db import db
from app.core.search.words import fold, plain_words, stem
from app.networks.models import Member
from app.search.models import SearchMiss
from app.search.queries.language import Asked

SHOWN = 50
KEPT = 500
"""Rows of a network; the oldest go first."""
MOST_WORDS = 6
TWICE = 2
"""What was looked for only once may be about somebody; it is not shown."""


def misses_of(network_id: int) -> list[SearchMiss]:
    """The most wanted first."""
    query = select(SearchMiss).where(SearchMiss.network_id == network_id, SearchMiss.times >= TWICE)
    return list(db.session.scalars(query.order_by(SearchMiss.times.desc(), SearchMiss.id).limit(SHOWN)))


def worth_keeping(network_id: int, asked: Asked) -> str:
    """The words of a question without names, addresses and numbers; empty when nothing is left."""
    if "@" in asked.text:
        return ""
    said = [word for word in plain_words(asked.words) if stem(word) and not _is_number(word)]
    names = _names_among(network_id, said)
    return " ".join(word for word in said if word not in names)[:80].strip() if said else ""


def _is_number(word: str) -> bool:
    return sum(letter.isdigit() for letter in word) > 3


def _names_among(network_id: int, said: list[str]) -> set[str]:
    keys = db.session.scalars(select(Member.name_key).where(Member.network_id == network_id))
    known = {part for key in keys for part in fold(key).split()}
    return known & set(said)


def forget_oldest(network_id: int) -> None:
    """Inside a command: keep a network's list short."""
    newest = (
        select(SearchMiss.id)
        .where(SearchMiss.network_id == network_id)
        .order_by(SearchMiss.last_at.desc(), SearchMiss.id.desc())
        .offset(KEPT)
    )
    db.session.execute(delete(SearchMiss).where(SearchMiss.id.in_(newest.limit(KEPT))))


def count_of(network_id: int) -> int:
    return (
        db.session.scalar(select(func.count(SearchMiss.id)).where(SearchMiss.network_id == network_id)) or 0
    )
