"""One immutable part of the index, as bits and arrays, read once and kept while it lives.

Nouns: a *segment* is what one commit wrote (or a merge of some); its documents are numbered from
0. What never changes in it (postings, marks, moments, lengths) is cached with it; `alive` is what
later commits left of it.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from cachetools import LRUCache
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.reading import SegmentReader, TermNotFound

from app.core.search.embedded import bits

KEPT_BITS = 8_000_000
"""Bytes of sets that a segment keeps."""
KEPT_POSTINGS = 1_000_000
"""Entries of postings that a segment keeps: at most 8 MB."""
STEP = 4_096
"""Documents between two sets of what is older."""
WIDEST = 400
"""Words that an unfinished word may stand for."""


class Postings:
    """Where a stem stands: document numbers in order, and how often."""

    __slots__ = ("bits", "ids", "weights")

    def __init__(self, ids: "array[int]", weights: "array[float]", size: int) -> None:
        self.ids, self.weights, self.bits = ids, weights, bits.of(ids, size)


class Segment:
    def __init__(self, reader: SegmentReader) -> None:
        self.reader = reader
        self.size: int = reader.doc_count_all()
        self.alive = bits.every(self.size)
        self.published = self._column("published", "I")
        self.lengths = self._column("length", "H")
        self.total_length = sum(self.lengths)
        self._bits: LRUCache[tuple[str, str], int] = LRUCache(KEPT_BITS, getsizeof=sys.getsizeof)
        self._postings: LRUCache[str, Postings] = LRUCache(KEPT_POSTINGS, getsizeof=lambda p: len(p.ids) + 1)
        self._values: dict[str, list[str]] = {}
        self._by_age: array[int] | None = None
        self._ages = [0]

    def lives_without(self, deleted: Iterable[int]) -> None:
        """Later commits took these documents out."""
        self.alive = bits.every(self.size) & ~bits.of(deleted, self.size)

    def bits(self, name: str, term: str) -> int:
        """The documents that hold `term` in the field `name`."""
        known = self._bits.get((name, term))
        if known is None:
            known = self._bits[name, term] = bits.of(self._read(name, term)[0], self.size)
        return known

    def mark(self, facet: str, value: str) -> int:
        return self.bits("marks", f"{facet}={value}")

    def postings(self, stem: str) -> Postings:
        known = self._postings.get(stem)
        if known is None:
            known = Postings(*self._read("words", stem), self.size)
            if len(known.ids) < KEPT_POSTINGS:
                self._postings[stem] = known
        return known

    def before(self, moment: float) -> int:
        """The documents published before a moment, in seconds since 1970."""
        if self._by_age is None:
            self._by_age = array("I", sorted(range(self.size), key=self.published.__getitem__))
        place = bisect_left(self._by_age, moment, key=self.published.__getitem__)
        step = place // STEP
        while len(self._ages) <= step:
            # Each is the one before with STEP more, made when a question first reaches so far.
            older = self._by_age[(len(self._ages) - 1) * STEP : len(self._ages) * STEP]
            self._ages.append(self._ages[-1] | bits.of(older, self.size))
        return self._ages[step] | bits.of(self._by_age[step * STEP : place], self.size)

    def values(self, facet: str) -> list[str]:
        """All values of a facet in this segment, seen by anyone or not."""
        if facet not in self._values:
            self._values[facet] = [term.partition("=")[2] for term in self._beginning("marks", f"{facet}=")]
        return self._values[facet]

    def beginning_with(self, prefix: str) -> int:
        """The documents with a word in `starts` that begins so."""
        found = 0
        for term in self._beginning("starts", prefix)[:WIDEST]:
            found |= self.bits("starts", term)
        return found

    def within(self, stem: str, most: int) -> list[str]:
        """The stems that are at most so many slips away and begin with the same letter."""
        return list(self.reader.terms_within("words", stem, most, prefix=1))

    def positions(self, stem: str, number: int) -> list[int]:
        """Where in a document the stem stands."""
        matcher = self._matcher("words", stem)
        if matcher is None:
            return []
        matcher.skip_to(number)
        found = matcher.is_active() and matcher.id() == number
        return list(matcher.value_as("positions")) if found else []

    def number_of(self, owner: str) -> int:
        """The documents of an owner, as bits; not kept, for each is asked for once."""
        return bits.of(self._read("owner", owner)[0], self.size)

    def owner(self, number: int) -> str:
        return str(self.reader.stored_fields(number)["owner"])

    def _beginning(self, name: str, prefix: str) -> list[str]:
        return [term.decode() for term in self.reader.expand_prefix(name, prefix)]

    def _matcher(self, name: str, term: str) -> Any | None:
        # Not reader.postings: it would wrap the matcher to leave out what was deleted, posting by posting.
        schema = self.reader.schema
        try:
            return self.reader._terms.matcher(name, schema[name].to_bytes(term), schema[name].format)
        except (TermNotFound, KeyError):
            return None

    def _read(self, name: str, term: str) -> tuple["array[int]", "array[float]"]:
        ids, weights = array("I"), array("f")
        matcher = self._matcher(name, term)
        while matcher is not None and matcher.is_active():
            ids.append(matcher.id())
            weights.append(matcher.weight())
            if isinstance(matcher, W3LeafMatcher):
                # The block is unpacked now: take the rest of it at once.
                ids.extend(matcher._ids[1:])
                weights.extend(matcher._weights[1:])
                matcher._next_block()
            else:
                matcher.next()
        return ids, weights

    def _column(self, name: str, code: str) -> "array[int]":
        numbers = array(code, bytes(array(code).itemsize * self.size))
        column = self.reader.column_reader(name, translate=False)
        if not hasattr(column, "_dbfile"):
            return numbers
        raw = array(code)
        raw.frombytes(bytes(column._dbfile.get(column._basepos, column._count * raw.itemsize)))
        if sys.byteorder == "little":
            raw.byteswap()
        numbers[: len(raw)] = raw
        return numbers
