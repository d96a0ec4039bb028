"""The port on Whoosh: a snapshot of the newest commit for readers, the store for the worker.

Rule: a question that fails makes nobody else wait. Only where the parts are not what was written is the index
called damaged and made anew; else the question finds nothing, and the log says why.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import structlog
from whoosh import index
from whoosh.reading import SegmentReader

from app.core.native import run_native
from app.core.search.embedded import bits, evaluation
from app.core.search.embedded.segments import Segment
from app.core.search.embedded.store import Store
from app.core.search.port import Alternative, Answer, Clause, Document, EngineDown, Query, Reach

R = TypeVar("R")
CHECKED_FOR = 60.0
"""Seconds for which an index that was found whole after a failure counts as whole."""
LOOKS = 5
"""Tries to open a commit while the worker merges parts away underneath."""
log = structlog.get_logger()


class Embedded:
    """Whoosh in a folder. Reading never waits for the writer."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder)
        self._lock = threading.Lock()
        self._build: Path | None = None
        self._generation = -1
        self._segments: dict[str, Segment] = {}
        self._whole_until = 0.0

    def ready(self) -> bool:
        return self.store.build() is not None

    def check(self) -> bool:
        whole = self.store.whole()
        if not whole and self.store.build() is not None:
            log.error("search_index_damaged")
            self.store.distrust()
        return whole

    def distrust(self) -> None:
        self.store.distrust()

    def write(self, gone: Collection[str], documents: Sequence[Document]) -> None:
        try:
            self.store.write(gone, documents)
        except OSError:
            raise
        except Exception:
            # Any other error of a writer means that what it read was not what it had written.
            self.store.distrust()
            raise

    def rebuild(self, batches: Callable[[], Iterable[Sequence[Document]]]) -> None:
        self.store.rebuild(batches())

    def search(self, query: Query) -> Answer:
        nothing = Answer([], 0, {facet: {} for facet in query.count}, more=False)
        return self._read(lambda segments: evaluation.search(segments, query), nothing)

    def begin_with(
        self, reach: Reach, words: Sequence[str], sources: Collection[str], size: int
    ) -> list[str]:
        def look(segments: Sequence[Segment]) -> list[str]:
            found = [
                (segment.published[number], segment, number)
                for segment in segments
                for number in bits.numbers(_beginning(segment, reach, words, sources))
            ]
            found.sort(key=lambda one: (-one[0], -one[2]))
            return [segment.owner(number) for _when, segment, number in found[:size]]

        return self._read(look, [])

    def near(self, reach: Reach, stem: str, size: int) -> list[str]:
        def look(segments: Sequence[Segment]) -> list[str]:
            owners: list[str] = []
            for most in (1, 2):
                for segment in segments:
                    owners += _near(segment, reach, stem, most, size)
                if owners:
                    break
            return owners[: size * 4]

        return self._read(look, [])

    def _read(self, look: Callable[[Sequence[Segment]], R], nothing: R) -> R:
        # A segment's reader has one place in its file: threads take turns, greenlets never meet here.
        with self._lock:
            segments = self._newest()
            try:
                return look(segments)
            except Exception as error:
                log.exception("search_read_failed")
                failed = error
        if self._is_damaged():
            self.store.distrust()
            raise EngineDown from failed
        return nothing

    def _is_damaged(self) -> bool:
        """Whether the parts differ from what was written; asked at most once a minute."""
        if time.monotonic() < self._whole_until:
            return False
        if not run_native(self.store.whole):
            return True
        self._whole_until = time.monotonic() + CHECKED_FOR
        return False

    def _newest(self) -> list[Segment]:
        """The segments of the newest commit; kept ones are used again."""
        for _look in range(LOOKS):
            build = self.store.build()
            if build is None:
                raise EngineDown
            try:
                return self._opened(build)
            except FileNotFoundError:
                continue
            except Exception as error:
                log.exception("search_open_failed")
                self.store.distrust()
                raise EngineDown from error
        self.store.distrust()
        raise EngineDown

    def _opened(self, build: Path) -> list[Segment]:
        opened = index.open_dir(build)
        generation = opened.latest_generation()
        if build != self._build or generation != self._generation:
            known = self._segments if build == self._build else {}
            self._segments = {
                each.segment_id(): known.get(each.segment_id())
                or Segment(SegmentReader(opened.storage, opened.schema, each))
                for each in opened._segments()
            }
            for each in opened._segments():
                self._segments[each.segment_id()].lives_without(each.deleted_docs())
            self._build, self._generation = build, generation
        return list(self._segments.values())


def _beginning(segment: Segment, reach: Reach, words: Sequence[str], sources: Collection[str]) -> int:
    found = evaluation.reached(segment, reach)
    for word in words[:-1]:
        found &= segment.bits("starts", word)
    wanted = 0
    for source in sources:
        wanted |= segment.mark("source", source)
    return found & wanted and found & wanted & segment.beginning_with(words[-1])


def _near(segment: Segment, reach: Reach, stem: str, most: int, size: int) -> list[str]:
    seen = evaluation.reached(segment, reach)
    owners = []
    for other in segment.within(stem, most):
        held = evaluation.holds(segment, (Clause((Alternative((other,)),)),), seen)
        number = next(bits.numbers(held), None)
        if number is not None:
            owners.append(segment.owner(number))
    return owners[:size]
