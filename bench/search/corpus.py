"""A network of the wanted size, as documents: who writes what where, in words as uneven as a language's.

Of a hundred contributions five carry a file whose text comes with them, fifteen stand in the library, and
a third of the rest are replies. A few spaces hold most; the viewer is in fifteen of 300 and sees the commons.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from app.core.search.port import Alternative, Clause, Document, Query, Reach
from app.core.search.words import stem

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
MINUTES = 1_000_000
"""Between the first and the last, whatever the size: not quite two years."""
WORDS = 120
SPACES, REACHED = 300, 15
PEOPLE = 2_000
FILES = 0.05
WORDS_OF_A_FILE = (200, 1_800)
FACETS = (
    *("source", "kind", "grade", "standard", "school"),
    *("driver", "outcome", "what", "subject", "licence"),
)
STEMS = 25_000
SYLLABLES = "ra ti o plo ta ble frac num ber talk sli quiz de mi gra ph lo ne su er con pre ver in al"
ENDINGS = ("", "s", "ing", "ed")


class Words:
    """A few words in every third text, most in hardly any (Zipf, without the words that say nothing)."""

    def __init__(self, chance: random.Random) -> None:
        parts = SYLLABLES.split()
        made: dict[str, None] = {}
        while len(made) < STEMS:
            made["".join(chance.choices(parts, k=chance.randint(2, 5)))] = None
        self.chance = chance
        self.all = [word + ending for word in made for ending in ENDINGS]
        shares = (1 / ((rank + 40) * (place + 1)) for rank in range(STEMS) for place in range(len(ENDINGS)))
        self.weights = list(accumulate(shares))

    def some(self, count: int) -> list[str]:
        return self.chance.choices(self.all, cum_weights=self.weights, k=count)


class Corpus:
    """Documents of one network, the same for every engine: they follow from the size alone."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.chance = random.Random(size)
        self.words = Words(self.chance)
        self.places = list(accumulate(1 / (place + 6) for place in range(SPACES)))

    @property
    def reach(self) -> Reach:
        """Fifteen spaces, from the second fullest to middling ones, and the commons."""
        return Reach(1, frozenset(range(2, 2 + REACHED * 4, 4)))

    def documents(self, first: int = 1, count: int | None = None) -> Iterator[Document]:
        """Contributions without files' texts."""
        for number in range(first, first + (self.size if count is None else count)):
            yield self._contribution(number, "")

    def with_files(self) -> Iterator[Document]:
        """Those that a file came to: the same contributions once more, with its words."""
        for number in self.chance.sample(range(1, self.size + 1), int(self.size * FILES)):
            yield self._contribution(number, " ".join(self.words.some(self.chance.randint(*WORDS_OF_A_FILE))))

    def people(self) -> Iterator[Document]:
        for number in range(1, PEOPLE + 1):
            name = " ".join(word.capitalize() for word in self.words.some(2))
            marks = {"source": ("person",), "school": (str(number % 40 + 1),)}
            yield Document(f"member:{number}", 1, None, name, "", BEGAN, starts=name, marks=marks)

    def question(self) -> Query:
        """Two words of any frequency, within the reach, with every facet counted."""
        clauses = tuple(Clause((Alternative((stem(word),)),)) for word in self.words.some(2))
        return Query(self.reach, clauses, count=FACETS)

    def begun(self) -> str:
        """A word as far as somebody has typed it."""
        return self.words.some(1)[0][: self.chance.randint(2, 5)]

    def _contribution(self, number: int, inside: str) -> Document:
        said = self.words.some(WORDS)
        (space,) = self.chance.choices(range(SPACES), cum_weights=self.places)
        return Document(
            owner=f"contribution:{number}",
            network_id=1,
            space_id=space or None,
            title=" ".join(said[:5]),
            words=" ".join(said[5:]),
            inside=inside,
            published_at=BEGAN + timedelta(minutes=MINUTES * number // self.size),
            starts=" ".join(said[:5]),
            marks=self._marks(number),
        )

    def _marks(self, number: int) -> dict[str, tuple[str, ...]]:
        pick = self.chance.choice
        source = "resource" if number % 7 == 0 else "reply" if number % 3 == 0 else "post"
        marks: dict[str, tuple[str, ...]] = {
            "source": (source,),
            "kind": ("resource" if source == "resource" else pick(("update", "question", "tried_it")),),
            "grade": (str(self.chance.randint(5, 8)),),
            "school": (str(self.chance.randint(1, 40)),),
            "author": (str(self.chance.randint(1, PEOPLE)),),
            "in": (str(number % SPACES),),
        }
        if number % 4 == 0:
            marks["standard"] = tuple(str(self.chance.randint(1, 300)) for _ in range(2))
            marks["driver"] = (str(self.chance.randint(1, 6)),)
            marks["outcome"] = (pick(("worked", "mixed", "did_not_work")),)
        if source == "resource":
            marks |= {"what": (pick(("task", "lesson", "slides")),), "licence": (pick(("cc-by", "cc0")),)}
            marks["subject"] = ("mathematics",)
        return marks
