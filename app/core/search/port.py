"""The search port: what an engine must do, whichever engine it is.

Nouns: a *document* is what one thing (a contribution, a person, a group) gives to be found; its
`owner` is `<source>:<id>`; its `space_id` is the wall, `None` for what the whole network sees. A
*reach* is what one viewer can reach: their spaces, without what changed since it was indexed. A
*clause* must (or must never) hold; each of its *alternatives* is some words, together or anywhere.

Rules: an engine finds, counts and completes inside the reach and nowhere else; it never decides
a reach by itself, and its hits are checked again when their rows load. Only the worker writes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

FACETS = (
    *("kind", "source", "grade", "standard", "school", "outcome", "has", "author", "in"),
    *("driver", "what", "subject", "licence"),
)
"""The names of marks that a document may carry; a new one needs a rebuild."""
A_COPY = ("has", "copy")
"""The mark of what was made of something else."""
OF_A_COPY = 0.9
"""Of its score: where both match alike, what it was made of comes first."""
DEEPEST = 1_000
"""Results after which nobody turns pages any more."""


@dataclass(frozen=True)
class Document:
    """What can be found. All texts are plain, never HTML; `tags` count like words of the title."""

    owner: str
    network_id: int
    space_id: int | None
    title: str
    words: str
    published_at: datetime
    tags: tuple[str, ...] = ()
    inside: str = ""
    """The words inside its files: found like its own, but a long file makes nobody's own words count less."""
    starts: str = ""
    """What is completed as one types: a name, a title."""
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facets, each with its values: `{"grade": ("6", "7")}`."""


@dataclass(frozen=True)
class Reach:
    """What a viewer can reach. `changed` are owners whose document is older than their row."""

    network_id: int
    space_ids: frozenset[int]
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Alternative:
    """Stems of `core.search.words`, all of them; `together` in this very order, side by side."""

    stems: tuple[str, ...]
    together: bool = False
    weight: float = 1.0


@dataclass(frozen=True)
class Clause:
    any_of: tuple[Alternative, ...]
    never: bool = False


@dataclass(frozen=True)
class Query:
    """`marks` narrows by facets, any value of each. `after` is the last owner that was shown."""

    reach: Reach
    clauses: tuple[Clause, ...] = ()
    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    newest_first: bool = False
    size: int = 20
    after: str | None = None
    count: tuple[str, ...] = ()
    """Facets to count."""


@dataclass(frozen=True)
class Answer:
    """`counts` of a facet leave that facet's own filter out, so that it can be changed."""

    owners: list[str]
    total: int
    counts: dict[str, dict[str, int]]
    more: bool


class EngineDown(Exception):
    """The index cannot be asked now: it is being made. Pages say so and stay usable."""


class Engine(Protocol):
    """Finds documents. Reading raises `EngineDown` where there is no whole index."""

    def ready(self) -> bool:
        """Whether the index is whole and can be asked."""

    def check(self) -> bool:
        """The worker's look at its start: whether every byte is as it was written."""

    def write(self, gone: Collection[str], documents: Sequence[Document]) -> None:
        """Forget the owners of `gone`, then add. On return it is on disk and visible to all."""

    def rebuild(self, batches: Callable[[], Iterable[Sequence[Document]]]) -> None:
        """Make a new index of these documents; the old one, if whole, answers until then."""

    def distrust(self) -> None:
        """The index is not whole any more: make a new one before it is asked again."""

    def search(self, query: Query) -> Answer:
        """The best (or newest) first."""

    def begin_with(
        self, reach: Reach, words: Sequence[str], sources: Collection[str], size: int
    ) -> list[str]:
        """Owners whose `starts` has all `words`, the last one perhaps unfinished; newest first."""

    def near(self, reach: Reach, stem: str, size: int) -> list[str]:
        """Owners in reach that hold a word spelt almost like `stem`."""
