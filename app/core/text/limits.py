"""How long and how deep a text may be, and what is said when it is more.

Rule: limits are checked before the work that they protect; nothing is cut off silently.
"""

from flask_babel import lazy_gettext as _l

MAX_PLAIN = 20_000
"""Characters that a person reads."""
MAX_HTML = 64 * 1024
"""Bytes of HTML, as UTF-8."""
MAX_NESTING = 64
"""Elements inside one another."""


class TooLong(ValueError):
    """The text is longer, or nested deeper, than we take; `message` is for the person who wrote it."""

    def __init__(self, limit: int, message: object = None) -> None:
        super().__init__(limit)
        self.limit = limit
        self.message = message or _l("This is longer than %(limit)s characters.", limit=f"{limit:,}")

    def __str__(self) -> str:
        return str(self.message)


def too_deep() -> TooLong:
    """The refusal for markup nested deeper than MAX_NESTING."""
    return TooLong(MAX_NESTING, _l("The formatting is nested too deeply. Pasting it as plain text helps."))


def too_much_markup() -> TooLong:
    """The refusal for HTML that is long though its words are not."""
    return TooLong(MAX_HTML, _l("There is too much formatting in this text. Pasting it as plain text helps."))


def names(words: str) -> frozenset[str]:
    """A set of element names, from one string of them."""
    return frozenset(words.split())
