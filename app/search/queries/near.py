"""Names near what was typed: spelt a letter or two differently, or begun so."""

from collections.abc import Iterable

from app.core.search.words import fold, slips

MOST = 3
SHORT = 4
"""A word of so few letters is near by one letter at most."""


def near(typed: str, names: Iterable[str]) -> list[str]:
    """The nearest ones; by the whole name, or by one of its words."""
    wanted = _plain(typed)
    most = 1 if len(wanted) <= SHORT else 2
    found: list[tuple[int, str]] = []
    for name in dict.fromkeys(names):
        whole = _plain(name)
        far = min(_far(wanted, each, most) for each in (whole, *whole.split()))
        if wanted and far <= most:
            found.append((far, name))
    best = min(found, default=(0, ""))[0]
    return [name for far, name in found if far == best][:MOST]


def _far(wanted: str, name: str, most: int) -> int:
    return 0 if name.startswith(wanted) else slips(wanted, name, most)


def _plain(words: str) -> str:
    return fold(words).replace("-", " ").replace("'", "").strip(" @")
