"""One engine at one size: how fast it takes documents in, answers, completes, and takes a few more."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from app.core.search.port import Document, Engine
from bench.figures import say, spread
from bench.search.corpus import WORDS, Corpus
from bench.search.engines import bare_whoosh, opened

PORTION, BATCH = 200, 300
"""Documents at a time in a rebuild, and in a turn of the worker."""
STARTS = 10
MORE = 10
"""Fresh starts, and small commits, that are measured."""
COMPLETED = (("person", "group"), ("post", "resource"))
"""What is completed under the box, in two questions."""


def measured(name: str, size: int, queries: int, rounds: int) -> float:
    """Say everything of one size; gives the median of the rounds' medians of two words."""
    corpus, label = Corpus(size), f"search.{name}[{size}]"
    with opened(name) as (start, place):
        engine = start()
        _fill(engine, corpus, label)
        if place:
            say(f"{label}.megabytes", f"{sum(file.stat().st_size for file in place.rglob('*')) / 1e6:.0f}")
        say(f"{label}.cold", spread([_timed(_first(start, corpus))[0] for _start in range(STARTS)]))
        median = _ask(engine, corpus, label, queries, rounds)
        if place:
            bare = bare_whoosh(place)
            asked = [corpus.question() for _query in range(queries)]
            # In turn, so that whatever else the machine does weighs on both alike.
            ours, its = zip(
                *[(_timed(partial(engine.search, q))[0], _timed(partial(bare, q))[0]) for q in asked],
                strict=True,
            )
            say(f"{label}.bare_whoosh", spread(its))
            say(f"{label}.ratio_to_bare_whoosh", f"{statistics.median(ours) / statistics.median(its):.2f}")
        more = list(portions(corpus.documents(size + 1, 20 * MORE), 20))
        say(f"{label}.twenty_more", spread([_timed(partial(engine.write, (), b))[0] for b in more]))
        again = [corpus.question() for _query in range(queries)]
        say(f"{label}.after_them", spread([_timed(partial(engine.search, q))[0] for q in again]))
    return median


def _fill(engine: Engine, corpus: Corpus, label: str) -> None:
    """The contributions as a rebuild does, then the texts of files as the worker does."""
    plain = [*portions(corpus.documents(), PORTION), *portions(corpus.people(), PORTION)]
    wall, busy = _timed(lambda: engine.rebuild(lambda: plain))
    say(
        f"{label}.indexed_a_second", f"{corpus.size / wall:.0f} ({corpus.size / busy:.0f} a processor second)"
    )
    heavy = list(corpus.with_files())
    wall, _busy = _timed(lambda: _written(engine, portions(heavy, BATCH)))
    words = sum(WORDS + document.inside.count(" ") + 1 for document in heavy)
    say(
        f"{label}.files",
        f"{len(heavy)} with {words} words, {len(heavy) / wall:.0f} files, {words / wall:.0f} words a second",
    )


def _written(engine: Engine, batches: Iterable[Sequence[Document]]) -> None:
    for batch in batches:
        engine.write([document.owner for document in batch], batch)


def _first(start: Callable[[], Engine], corpus: Corpus) -> Callable[[], object]:
    asked = corpus.question()
    return lambda: start().search(asked)


def _ask(engine: Engine, corpus: Corpus, label: str, queries: int, rounds: int) -> float:
    engine.search(corpus.question())
    medians = []
    for number in range(1, rounds + 1):
        asked = [corpus.question() for _query in range(queries)]
        medians.append(_said(f"{label}.two_words.{number}", [partial(engine.search, q) for q in asked]))
        _said(f"{label}.again.{number}", [partial(engine.search, q) for q in asked])
        begun = [corpus.begun() for _query in range(queries)]
        _said(f"{label}.suggestions.{number}", [_complete(engine, corpus, it) for it in begun])
    return statistics.median(medians)


def _said(name: str, works: Sequence[Callable[[], object]]) -> float:
    """Do each once and say how long they took, also by the processor's own clock; gives the median."""
    taken = [_timed(work) for work in works]
    say(name, spread([wall for wall, _busy in taken]))
    say(f"{name}.processor", spread([busy for _wall, busy in taken]))
    return spread([wall for wall, _busy in taken]).p50


def _complete(engine: Engine, corpus: Corpus, begun: str) -> Callable[[], Any]:
    return lambda: [engine.begin_with(corpus.reach, [begun], sources, 5) for sources in COMPLETED]


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor: a busy machine stretches only the first."""
    began, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - busy


def portions(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    """The documents, so many at a time."""
    left = iter(documents)
    while portion := list(islice(left, size)):
        yield portion
