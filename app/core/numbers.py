"""Whole numbers out of what people, or nobody's browser, sent.

Rules: digits of ASCII alone, and no more of them than any number has that is kept. Anything else is no
number, and never an error.
"""

DIGITS = 15
"""Any `BigId` takes as many."""
INTEGER = 2**31 - 2
"""A plain integer column takes it, and one more."""


def whole(given: str, *, most: int = 10**DIGITS) -> int | None:
    """0 to `most`; None for what is no such number."""
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= DIGITS else None
    return number if number is not None and number <= most else None


def chosen(value: object) -> int | None:
    """The id in a choice of a form; None for no choice, 0 (which no row has) for what is no number."""
    return None if value in (None, "") else whole(str(value)) or 0
