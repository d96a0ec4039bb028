"""Whole numbers out of what people, or nobody's browser, sent.

Rules: digits of ASCII alone, and no more of them than any number has that is kept. Anything else is no
number, and never an error.
"""

DIGITS = 15


def whole(given: str) -> int | None:
    """0 or more; None for what is no such number."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= DIGITS else None
