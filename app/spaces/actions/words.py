"""What people write about a group, tidied: names, purposes, reasons, rich texts."""

from app.core import text
from app.networks.actions.words import lines

NAME, PURPOSE, QUESTION, ANSWER, RICH = 120, 600, 300, 500, 5000
"""Characters."""


class NoName(ValueError):
    """A group needs a name with a letter in it."""


def name_of(name: str) -> str:
    """Raises NoName, text.TooLong."""
    name = text.line(name, NAME)
    if not any(letter.isalnum() for letter in name):
        raise NoName
    return name


def purpose_of(words: str) -> str:
    """Plain text of several lines. Raises text.TooLong."""
    return lines(words, PURPOSE)


def answer_of(words: str) -> str:
    """An answer or a reason, plain. Raises text.TooLong."""
    return lines(words, ANSWER)


def rich_of(words: str) -> str:
    """Clean HTML from the editor's HTML or from plain text; empty where nothing is said."""
    clean = text.clean(words if words.lstrip().startswith("<") else text.from_plain(words))
    if text.is_blank(clean):
        return ""
    if len(text.plain(clean)) > RICH:
        raise text.TooLong(RICH)
    return clean
