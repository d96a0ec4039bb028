"""The registry of what can be found: a feature joins with one `Source`, and core knows none of them.

Nouns: a *source* (`contribution`, `member`, `space`, later `file`) gives documents by id, lists its
ids for a rebuild, and loads what was found for a viewer; a *card* is one found thing as the page
shows it; its *sections* (the pages of its files) are where a word stands that is not in its own text.

Rules: `documents` leaves out what nobody may find (held, removed, left); `found` loads through
the viewer and leaves out what they may not see, so that an index that lags shows nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.search.port import Document


@dataclass(frozen=True)
class Section:
    """A page or slide: what it is called, what it says, and the address that opens it."""

    name: str
    text: str
    url: str


@dataclass(frozen=True)
class Card:
    """One found thing. `text` is plain; `by` and `where` are already words for people."""

    title: str
    text: str
    url: str
    word: Any
    """What it is, in a word: the kind's, lazily translated."""
    icon: str
    tone: str = ""
    by: str = ""
    where: str = ""
    when: datetime | None = None
    outcome: str | None = None
    face: tuple[str, int, str | None] | None = None
    """Name, number and photo key, for people and groups."""
    facts: tuple[str, ...] = ()
    """What its own cards show beside its words."""
    sections: tuple[Section, ...] = ()
    """The line names the first of them that has more of the words than `title` and `text`."""


@dataclass(frozen=True)
class Source:
    name: str
    documents: Callable[[Sequence[int]], Iterable[Document]]
    ids: Callable[[int, int], Sequence[int]]
    """The next ids after one, at most so many, in order."""
    found: Callable[[Any, Sequence[int]], Mapping[int, Card]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Join the search; a second source of the same name replaces the first."""
    _sources[source.name] = source


def sources() -> list[Source]:
    return list(_sources.values())


def source(name: str) -> Source | None:
    return _sources.get(name)


_facet_words: dict[str, Mapping[str, Any]] = {}


def say_facet(name: str, words: Mapping[str, Any]) -> None:
    """Register the words of a facet's values, as a feature has them (lazily translated)."""
    _facet_words[name] = words


def facet_word(name: str, value: str) -> str:
    """The word for a facet's value; empty for one that nobody knows."""
    return str(_facet_words.get(name, {}).get(value, ""))


def split(owner: str) -> tuple[str, int]:
    """`contribution:7` as its source and its id."""
    name, _, number = owner.partition(":")
    return name, int(number)


def cards_of(viewer: Any, owners: Iterable[str]) -> dict[str, Card]:
    """What of these the viewer may see, by owner: one load for each source."""
    by_source: dict[str, list[int]] = {name: [] for name in _sources}
    for owner in owners:
        name, number = split(owner)
        by_source.setdefault(name, []).append(number)
    found: dict[str, Card] = {}
    for name, numbers in by_source.items():
        known = source(name)
        if known is not None and numbers:
            found |= {f"{name}:{number}": card for number, card in known.found(viewer, numbers).items()}
    return found


def documents_of(owners: Iterable[str]) -> list[Document]:
    """The documents that these owners have now."""
    by_source: dict[str, list[int]] = {}
    for owner in owners:
        name, number = split(owner)
        by_source.setdefault(name, []).append(number)
    return [
        document
        for name, numbers in by_source.items()
        if (known := source(name)) is not None
        for document in known.documents(numbers)
    ]
