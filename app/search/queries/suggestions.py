"""As you type: people, groups and titles that begin with what stands in the box."""

from dataclasses import dataclass

from app.core import search as port
from app.core.search.port import EngineDown
from app.core.search.sources import Card, cards_of
from app.core.search.words import plain_words
from app.networks.models import Member
from app.search.queries.reach import reach_of

PEOPLE, TITLES = 5, 5
SHORTEST = 2
MOST_WORDS = 6


@dataclass(frozen=True)
class Suggestion:
    card: Card
    is_title: bool


def suggestions(viewer: Member, typed: str) -> list[Suggestion]:
    """A few; none for a single letter, or while the index is being made."""
    words = plain_words(typed[:100])[:MOST_WORDS]
    if not words or len("".join(words)) < SHORTEST:
        return []
    try:
        reach = reach_of(viewer)
        named = port.engine().begin_with(reach, words, ("person", "group"), PEOPLE)
        titled = port.engine().begin_with(reach, words, ("post", "resource"), TITLES)
    except EngineDown:
        return []
    cards = cards_of(viewer, [*named, *titled])
    return [Suggestion(cards[owner], owner in titled) for owner in (*named, *titled) if owner in cards]
