"""The registry of kinds: what a contribution can be, and how each kind shows itself.

A feature joins by registering a `Kind`: its name, its word and icon on the screen, the
template of its card's body and of its page, and what it gives to the search index. Replies,
reactions, files, mentions, edits and live updates come with the contribution, for every kind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _just_the_text(contribution: Any) -> str:
    return str(contribution.text)


@dataclass(frozen=True)
class Kind:
    """`word` is lazily translated; `tone` is the colour class of its chip, never alone."""

    name: str
    word: Any
    icon: str
    tone: str
    card: str
    """Template of the body on a card; it sees `card`, the small JSON that the kind made."""
    page: str | None = None
    """Template of its own page; None for the general one."""
    words_for_search: Callable[[Any], str] = _just_the_text
    in_feed: bool = True
    can_be_tried: bool = True
    editable: str | None = None
    """Endpoint of its edit form, when it is not the general one."""


class Kinds:
    def __init__(self) -> None:
        self._kinds: dict[str, Kind] = {}

    def register(self, kind: Kind) -> Kind:
        known = self._kinds.get(kind.name)
        if known is not None and known != kind:
            raise ValueError(f"two kinds are called {kind.name}")
        self._kinds[kind.name] = kind
        return kind

    def get(self, name: str) -> Kind:
        """Raises KeyError for a kind that no feature registered."""
        return self._kinds[name]

    def in_feed(self) -> list[Kind]:
        """The kinds that the feed shows and filters by, in order of registration."""
        return [kind for kind in self._kinds.values() if kind.in_feed]

    def __contains__(self, name: object) -> bool:
        return name in self._kinds


kinds = Kinds()
