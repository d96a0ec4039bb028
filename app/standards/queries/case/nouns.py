"""What a CASE package holds, as plain data."""

from dataclasses import dataclass, field
from datetime import datetime

EXAMPLES = 5
"""Identifiers that are shown of one kind of problem."""


class NotAPackage(ValueError):
    """Nothing of it can be used. `reason` is one of `models.words.REASON_WORDS`, `where` what helps to find
    the place: a line, what was found instead."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(reason)
        self.reason, self.where = reason, where[:120]


class Problems:
    """What was not understood: how often, and the first few places."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, kind: str, where: str = "") -> None:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        places = self._found.setdefault(kind, [])
        if where and len(places) < EXAMPLES:
            places.append(where[:80])

    def listed(self) -> list[dict[str, object]]:
        """As JSON, the most frequent first."""
        kinds = sorted(self._counts, key=lambda kind: -self._counts[kind])
        return [
            {"kind": kind, "count": self._counts[kind], "places": list(self._found[kind])} for kind in kinds
        ]


@dataclass(frozen=True)
class Item:
    """An entry of the list. `grades` is a bit mask; `changed_at` is aware, or unknown."""

    identifier: str
    statement: str
    uri: str = ""
    code: str = ""
    label: str = ""
    notes: str = ""
    item_type: str = ""
    language: str = ""
    grades: int = 0
    changed_at: datetime | None = None

    @property
    def called(self) -> str:
        return self.code or self.identifier


@dataclass(frozen=True)
class Link:
    """An association, from `origin` to `destination`; both are identifiers."""

    identifier: str
    kind: str
    origin: str
    destination: str
    title: str = ""
    """What the destination is called."""
    sequence: float | None = None


@dataclass(frozen=True)
class Package:
    """One framework with its items in the order of the file."""

    identifier: str
    title: str
    uri: str = ""
    creator: str = ""
    subject: str = ""
    description: str = ""
    language: str = ""
    version: str = ""
    adoption_status: str = ""
    source_url: str = ""
    licence: str = ""
    changed_at: datetime | None = None
    items: dict[str, Item] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    problems: Problems = field(default_factory=Problems, compare=False)
