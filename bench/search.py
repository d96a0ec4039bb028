"""Search at scale: how fast it indexes, answers two words with the viewer's walls and counts, and completes.

Documents of 120 words drawn from a vocabulary as uneven as a language's, in 60 spaces of which the
viewer sees 15. Whoosh is measured in a folder of its own; nothing of a deployment is touched. Each size is
built anew; words are asked that no query before has asked, so that caches help as little as they ever do.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.figures import say, spread

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
WORDS = 120
SPACES = 60
REACHED = 15
PORTION = 200
SYLLABLES = "ra ti o plo ta ble frac num ber talk sli quiz de mi gra ph lo ne su er"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--documents", default="10000,100000", help="sizes of the index")
    parser.add_argument("--queries", type=int, default=200)


def run(arguments: argparse.Namespace) -> None:
    """Measure every size, and say how much the cost grew from the first to the last."""
    medians = [_measured(int(size), arguments.queries) for size in arguments.documents.split(",")]
    if len(medians) > 1:
        say("search.growth", f"{medians[-1] / medians[0]:.2f}")


def _measured(size: int, queries: int) -> float:
    from app.core.search.embedded import Embedded
    from app.core.search.port import Reach

    place = Path(tempfile.mkdtemp(prefix="throughline-bench-"))
    chance = random.Random(size)
    words = Words(chance)
    try:
        engine = Embedded(place)
        began, busy = time.perf_counter(), time.process_time()
        engine.rebuild(lambda: _batches(size, words, chance))
        say(f"search[{size}].indexed_per_second", f"{size / (time.perf_counter() - began):.0f}")
        say(f"search[{size}].indexed_per_processor_second", f"{size / (time.process_time() - busy):.0f}")
        say(f"search[{size}].megabytes", f"{sum(f.stat().st_size for f in place.rglob('*')) / 1e6:.0f}")
        reach = Reach(1, frozenset(range(1, REACHED + 1)))
        asked = [_query(reach, words, chance) for _ in range(queries)]
        say(f"search[{size}].first", spread([_timed(lambda: engine.search(asked[0]))[0]]))
        taken = [_timed(lambda query=query: engine.search(query)) for query in asked[1:]]
        say(f"search[{size}].two_words", spread([wall for wall, _busy in taken]))
        say(f"search[{size}].two_words.processor", spread([busy for _wall, busy in taken]))
        begun = [words.any()[: chance.randint(2, 4)] for _ in range(queries)]
        typed = [_timed(lambda it=it: engine.begin_with(reach, [it], ("post",), 5)) for it in begun]
        say(f"search[{size}].suggestions", spread([wall for wall, _busy in typed]))
        say(f"search[{size}].suggestions.processor", spread([busy for _wall, busy in typed]))
        added = list(_batches(50, words, chance, first=size + 1))
        say(f"search[{size}].fifty_more", spread([_timed(lambda: engine.write((), added[0]))[0]]))
        return spread([busy for _wall, busy in taken]).p50
    finally:
        shutil.rmtree(place, ignore_errors=True)


class Words:
    """Words as uneven as a language's: a few in every text, most in hardly any."""

    def __init__(self, chance: random.Random, count: int = 20_000) -> None:
        parts = SYLLABLES.split()
        self.chance = chance
        self.all = ["".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(count)]
        self.weights = [1 / (rank + 20) for rank in range(count)]

    def some(self, count: int) -> list[str]:
        return self.chance.choices(self.all, self.weights, k=count)

    def any(self) -> str:
        return self.some(1)[0]


def _batches(size: int, words: Words, chance: random.Random, *, first: int = 1) -> Iterator[Sequence[Any]]:
    from app.core.search.port import Document

    batch = []
    for number in range(first, first + size):
        said = words.some(WORDS)
        batch.append(
            Document(
                owner=f"contribution:{number}",
                network_id=1,
                space_id=chance.choice([None, *range(1, SPACES)]),
                title=" ".join(said[:5]),
                words=" ".join(said),
                published_at=BEGAN + timedelta(minutes=7 * number),
                starts=" ".join(said[:5]),
                marks={
                    "source": ("post",),
                    "kind": (chance.choice(("update", "question", "tried_it", "material")),),
                    "grade": (str(chance.randint(5, 8)),),
                    "school": (str(chance.randint(1, 40)),),
                    "author": (str(chance.randint(1, 2000)),),
                },
            )
        )
        if len(batch) == PORTION or number == first + size - 1:
            yield batch
            batch = []


def _query(reach: Any, words: Words, chance: random.Random) -> Any:
    from app.core.search.port import Alternative, Clause, Query
    from app.core.search.words import stem

    clauses = tuple(Clause((Alternative((stem(word),)),)) for word in words.some(2))
    return Query(reach, clauses, count=("source", "kind", "grade", "school", "outcome"))


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor: a busy machine stretches only the first."""
    began, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - busy
