"""The search port: what an engine must do, whichever engine it is.

Nouns: a *document* is what one contribution or person gives to be found; its `space_id` is the
wall, and `None` means visible to the whole network. An *engine* keeps documents and answers
queries inside the spaces that it is given; it never decides visibility by itself, and its
hits are checked again when their rows load.

Rules: only the worker writes to an engine, in batches; an engine that is missing or damaged
says so through `ready()`. The engine that reads inside files comes with the library; until
then `engine` is `None` and no page offers a search.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from flask import Flask

from app.core.health import check


@dataclass(frozen=True)
class Document:
    """What can be found. `key` is `<kind>:<id>`; `words` is plain text, never HTML."""

    key: str
    network_id: int
    space_id: int | None
    kind: str
    title: str
    words: str
    published_at: datetime
    facets: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Query:
    """What somebody looks for, within the spaces that they see."""

    words: str
    network_id: int
    space_ids: Collection[int]
    kinds: Collection[str] = ()
    size: int = 20
    after: str | None = None


@dataclass(frozen=True)
class Hit:
    key: str
    score: float
    snippet: str = ""


class Engine(Protocol):
    """Keeps documents and finds them. Every method may raise `EngineDown`."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace, by key."""

    def remove(self, keys: Iterable[str]) -> None:
        """Forget; unknown keys are fine."""

    def search(self, query: Query) -> list[Hit]:
        """The best hits first, only from `query.space_ids` and from what the network sees."""

    def ready(self) -> bool:
        """Whether the index is whole and can be asked."""


class EngineDown(Exception):
    """The engine cannot answer now; pages say so and stay usable."""


engine: Engine | None = None
"""The engine of this deployment, chosen at start by the search feature."""


def works() -> bool:
    """A deployment without an engine lacks nothing that it had."""
    return engine is None or engine.ready()


def init_app(_app: Flask) -> None:
    """Say in `/readyz` whether the engine can be asked."""
    check("search")(works)
