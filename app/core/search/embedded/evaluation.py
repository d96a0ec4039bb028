"""Finding and ranking inside a snapshot of the index.

Per segment a query becomes one set of bits: the reach, the clauses, the marks, the dates. Counts
are intersections with it. Only what is left is ranked (BM25), so that what the viewer cannot
reach costs nothing, counts nowhere, and cannot be told from what does not exist.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from app.core.search.embedded import bits
from app.core.search.embedded.segments import Segment
from app.core.search.port import A_COPY, DEEPEST, OF_A_COPY, Alternative, Answer, Clause, Query, Reach

K1, B = 1.2, 0.6
FEW = 8
"""Where fewer than one in so many of a stem's documents are left, they are looked up one by one."""


@dataclass(frozen=True)
class Found:
    """One document, in the order of the results: best first, then newest, then by place."""

    score: float
    published: int
    segment: int
    number: int


def reached(segment: Segment, reach: Reach) -> int:
    """The documents that the viewer reaches in this segment."""
    seen = segment.bits("marks", f"space={reach.network_id}-all")
    for space_id in reach.space_ids:
        seen |= segment.bits("marks", f"space={reach.network_id}-{space_id}")
    seen &= segment.alive
    for owner in reach.changed:
        seen &= ~segment.number_of(owner)
    return seen


def search(segments: Sequence[Segment], query: Query) -> Answer:
    seen = [reached(segment, query.reach) for segment in segments]
    matched = [
        all_of & holds(segment, query.clauses, all_of) & _dates(segment, query)
        for segment, all_of in zip(segments, seen, strict=True)
    ]
    left = [these & _marks(segment, query.marks) for segment, these in zip(segments, matched, strict=True)]
    order = _ranked(segments, left, query) if query.size else []
    owners, more = _page(segments, order, query)
    counts = {facet: _count(segments, matched, query, facet) for facet in query.count}
    return Answer(owners, sum(these.bit_count() for these in left), counts, more)


def holds(segment: Segment, clauses: Sequence[Clause], among: int) -> int:
    """The documents of `among` in which every clause holds."""
    for clause in clauses:
        found = 0
        for each in clause.any_of:
            found |= _alternative(segment, each, among)
        among &= ~found if clause.never else found
    return among


def _alternative(segment: Segment, alternative: Alternative, among: int) -> int:
    for stem in alternative.stems:
        among &= segment.postings(stem).bits
        if not among:
            return 0
    if alternative.together and len(alternative.stems) > 1:
        stems = alternative.stems
        return bits.of((n for n in bits.numbers(among) if _side_by_side(segment, stems, n)), segment.size)
    return among


def _side_by_side(segment: Segment, stems: tuple[str, ...], number: int) -> bool:
    places = [set(segment.positions(stem, number)) for stem in stems]
    return any(all(first + step in here for step, here in enumerate(places)) for first in places[0])


def _marks(segment: Segment, marks: Mapping[str, frozenset[str]], but: str = "") -> int:
    left = bits.every(segment.size)
    for facet, values in marks.items():
        if facet != but:
            left &= _any_mark(segment, facet, values)
    return left


def _any_mark(segment: Segment, facet: str, values: frozenset[str]) -> int:
    found = 0
    for value in values:
        found |= segment.mark(facet, value)
    return found


def _dates(segment: Segment, query: Query) -> int:
    if query.since is None and query.until is None:
        return bits.every(segment.size)
    begin = query.since.timestamp() if query.since else 0.0
    end = query.until.timestamp() if query.until else float(2**33)
    return segment.before(end) & ~segment.before(begin)


def _count(segments: Sequence[Segment], matched: Sequence[int], query: Query, facet: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for segment, these in zip(segments, matched, strict=True):
        left = these & _marks(segment, query.marks, but=facet)
        if not left:
            continue
        for value in segment.values(facet):
            if number := (left & segment.mark(facet, value)).bit_count():
                counts[value] = counts.get(value, 0) + number
    return counts


def _ranked(segments: Sequence[Segment], left: Sequence[int], query: Query) -> list[Found]:
    weights = {
        stem: each.weight
        for clause in query.clauses
        if not clause.never
        for each in clause.any_of
        for stem in each.stems
    }
    scores: list[dict[int, float]] = [{} for _segment in segments]
    if not query.newest_first:
        for stem, weight in weights.items():
            _add_scores(segments, left, scores, stem, weight)
        _lower_copies(segments, left, scores)
    found = [
        Found(round(known.get(number, 0.0), 6), segment.published[number], place, number)
        for place, (segment, these, known) in enumerate(zip(segments, left, scores, strict=True))
        for number in bits.numbers(these)
    ]
    found.sort(key=lambda one: (-one.score, -one.published, one.segment, -one.number))
    return found[:DEEPEST]


def _lower_copies(segments: Sequence[Segment], left: Sequence[int], scores: list[dict[int, float]]) -> None:
    for segment, these, known in zip(segments, left, scores, strict=True):
        for number in bits.numbers(these & segment.mark(*A_COPY)):
            known[number] = known.get(number, 0.0) * OF_A_COPY


def _add_scores(
    segments: Sequence[Segment], left: Sequence[int], scores: list[dict[int, float]], stem: str, weight: float
) -> None:
    every = sum(segment.size for segment in segments) or 1
    mean = sum(segment.total_length for segment in segments) / every or 1.0
    here = [segment.postings(stem) for segment in segments]
    frequent = sum(len(postings.ids) for postings in here)
    rare = weight * log(1 + (every - frequent + 0.5) / (frequent + 0.5))
    for segment, these, known, postings in zip(segments, left, scores, here, strict=True):
        both = these & postings.bits
        if both:
            for number, often in _weights(postings, both):
                norm = K1 * (1 - B + B * segment.lengths[number] / mean)
                known[number] = known.get(number, 0.0) + rare * often * (K1 + 1) / (often + norm)


def _weights(postings: Any, both: int) -> list[tuple[int, float]]:
    """Number and frequency of the documents in `both`."""
    ids, weights = postings.ids, postings.weights
    if both.bit_count() * FEW < len(ids):
        return [(number, weights[bisect_left(ids, number)]) for number in bits.numbers(both)]
    flags = both.to_bytes((both.bit_length() + 7) // 8 + 1, "little")
    last = len(flags) * 8
    return [
        (number, often)
        for number, often in zip(ids, weights, strict=True)
        if number < last and flags[number >> 3] >> (number & 7) & 1
    ]


def _page(segments: Sequence[Segment], order: list[Found], query: Query) -> tuple[list[str], bool]:
    begin = 0
    if query.after is not None:
        begin = _place_after(segments, order, query.after)
    shown = order[begin : begin + query.size]
    owners = [segments[one.segment].owner(one.number) for one in shown]
    return owners, len(order) > begin + query.size


def _place_after(segments: Sequence[Segment], order: list[Found], owner: str) -> int:
    """Right after the last one that was shown; at the end when it is found no more."""
    for place, segment in enumerate(segments):
        numbers = set(bits.numbers(segment.number_of(owner) & segment.alive))
        for position, one in enumerate(order):
            if one.segment == place and one.number in numbers:
                return position + 1
    return len(order)
