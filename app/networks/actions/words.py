"""What people type into a network, tidied and measured before it is kept.

Raises `core.text.TooLong`, whose words are for the person who typed.
"""

from app.core.text import TooLong, line
from app.core.text.characters import tidy

NAME = 80
SHORT = 300
STORY = 2000


def lines(words: str, limit: int) -> str:
    """Plain text that may have several lines: at most two line ends in a row."""
    kept = tidy(words).strip()
    while "\n\n\n" in kept:
        kept = kept.replace("\n\n\n", "\n\n")
    if len(kept) > limit:
        raise TooLong(limit)
    return kept


def name_of(words: str, limit: int = NAME) -> str:
    """A name that a reader can see. Raises ValueError for one without any visible letter."""
    kept = line(words, limit)
    if not kept:
        raise ValueError("a name needs a letter that can be seen")
    return kept
