"""Looking through a text: every rule, once, in one pass over its sentences.

Rules: pure (no database, no request), nothing is sent anywhere; never more than MOST letters and FOUND
findings. A list of names and numbers, one a line, is found as what it is.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from app.privacy.models.findings import Finding
from app.privacy.models.words import TEST_WORDS
from app.privacy.policy.contacts import births_in, emails_in, ids_in, phones_in
from app.privacy.policy.pairs import Pair, Talk, beside, failed_at, goes_on, pairs_in
from app.privacy.policy.people import Known, Name, bare, names_in
from app.privacy.policy.scores import Score, scores_in
from app.privacy.policy.sentences import Token, sentences_of, tokens_of

MOST = 100_000
"""Letters of one text that are looked at: five times the longest reply."""
FOUND = 50
ENTRY = 14
"""Tokens of an entry of a list."""


@dataclass
class Read:
    """One sentence, read: its tokens, and who and what stands in it."""

    tokens: list[Token]
    names: list[Name]
    scores: list[Score]

    @property
    def is_entry(self) -> bool:
        """A name and a score, and little else: an entry of a list."""
        begins = bool(self.names) and self.names[0].first <= 2 and len(self.tokens) <= ENTRY
        return (
            begins and beside(self.tokens, self.names[0], {score.first for score in self.scores}) is not None
        )


def look(text: str, known: Collection[str] | Known = ()) -> list[Finding]:
    """What looks like a student's in `text`, in order. `known` are names of the network's members."""
    text = text[:MOST].replace("\xa0", " ")
    people = known if isinstance(known, Known) else Known.of(known)
    tokens = tokens_of(text)
    read = [Read(each, names_in(each, people), scores_in(each)) for each in sentences_of(tokens)]
    talk = Talk(
        tested=any(token.is_word and bare(token.said)[0] in TEST_WORDS for token in tokens),
        listed=sum(each.is_entry and each.names[0].sure for each in read) >= 2,
    )
    found: list[Finding] = []
    for place, each in enumerate(read):
        before = read[place - 1] if place else None
        found.extend(_in_sentence(text, before, each, talk))
        if len(found) >= FOUND:
            break
    return _apart(found)[:FOUND]


def _in_sentence(text: str, before: Read | None, read: Read, talk: Talk) -> Iterator[Finding]:
    first, last = read.tokens[0].start, read.tokens[-1].end
    piece, said = text[first:last], {token.low for token in read.tokens}
    going_on = before is not None and goes_on(read.tokens)
    with_before = said | {token.low for token in before.tokens} if before and going_on else said
    yield from emails_in(piece, with_before, first)
    yield from phones_in(piece, said, first, bool(read.names))
    yield from ids_in(read.tokens, 0, bool(read.names))
    yield from births_in(piece, first)
    for pair in _pairs(read, talk):
        yield _as_finding(text, read.tokens, pair)
    if before and going_on and read.scores and not read.names:
        both = [*before.tokens, *read.tokens]
        for pair in _pairs_across(before, read, both, talk):
            yield _as_finding(text, both, pair)


def _pairs(read: Read, talk: Talk) -> Iterator[Pair]:
    pairs = pairs_in(read.tokens, read.names, read.scores, talk) if read.scores else []
    yield from pairs
    paired = {pair.name.first for pair in pairs}
    for name in read.names:
        failed = None if name.first in paired else failed_at(read.tokens, name)
        if failed is not None:
            yield Pair(name, failed)


def _pairs_across(before: Read, read: Read, both: Sequence[Token], talk: Talk) -> list[Pair]:
    """ "I am worried about Dante. He has a 52": the last one named is meant."""
    named = [name for name in before.names if name.sure][-1:]
    shift = len(before.tokens)
    later = [replace(score, first=score.first + shift, last=score.last + shift) for score in read.scores]
    return pairs_in(both, named, later, talk)


def _as_finding(text: str, tokens: Sequence[Token], pair: Pair) -> Finding:
    inside = [
        tokens[place]
        for place in (pair.name.first, pair.name.last - 1, pair.score.first, pair.score.last - 1)
    ]
    start, end = min(token.start for token in inside), max(token.end for token in inside)
    score = "".join(token.low for token in tokens[pair.score.first : pair.score.last])
    name = text[tokens[pair.name.first].start : tokens[pair.name.last - 1].end]
    out = name[:-2] if pair.name.owns else name
    return Finding("score", start, end, f"{pair.name.said} {score}", text[start:end], out)


def _apart(found: Sequence[Finding]) -> list[Finding]:
    """In order, without one that lies in another."""
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or finding.start >= kept[-1].end or (finding.kind, kept[-1].kind).count("score") == 1:
            kept.append(finding)
    return kept
