"""A student's name together with a grade or a score.

Nouns: a *pair* is a name and a score that belong together: a verb between them, nothing but a colon,
"'s grade", or "20 % for".
Rules: from each name at most REACH tokens are looked at, and never beyond the next name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.privacy.models.words import PRONOUNS, SCORE_NOUNS, SOFT_VERBS, TEST_WORDS, UNITS, VERBS, words
from app.privacy.policy.people import Name, bare
from app.privacy.policy.scores import Score, low_at
from app.privacy.policy.sentences import Token

REACH = 16
NEAR = 4
"""Tokens between a score and a word that may be no name at all."""
_JOINTS = words(': - – — = → > ( , | " “ ; ’')
_FOR = words("for from by to goes : - – — = was is belongs")
_GIVEN = words("gave give gives giving")
_ARTICLES = words("a an only just about")


@dataclass(frozen=True, slots=True)
class Pair:
    name: Name
    score: Score


@dataclass(frozen=True, slots=True)
class Talk:
    """What the text around says: that it speaks of a test, that it is a list of names and scores."""

    tested: bool = False
    listed: bool = False


def pairs_in(
    sentence: Sequence[Token], names: Sequence[Name], scores: Sequence[Score], talk: Talk
) -> list[Pair]:
    begins = {score.first for score in scores}
    entries = [name for name in names if beside(sentence, name, begins) is not None]
    listed = talk.listed or (len(entries) >= 2 and any(name.sure for name in entries))
    tested = talk.tested
    found = []
    for order, name in enumerate(names):
        until = names[order + 1].first if order + 1 < len(names) else len(sentence)
        score = _after(sentence, name, scores, until, listed, tested) or _before(sentence, name, scores)
        if score is not None:
            found.append(Pair(name, score))
    return found


def beside(sentence: Sequence[Token], name: Name, begins: set[int]) -> int | None:
    """The token at which a score begins that only signs part from the name."""
    place = name.last
    while place < len(sentence) and place - name.last < 3 and sentence[place].said in _JOINTS:
        place += 1
    return place if place in begins else None


def _after(
    sentence: Sequence[Token], name: Name, scores: Sequence[Score], until: int, listed: bool, tested: bool
) -> Score | None:
    begins = {score.first: score for score in scores}
    next_to = beside(sentence, name, set(begins))
    if next_to is not None and _fits_beside(sentence, name, begins[next_to], listed, tested):
        return begins[next_to]
    for score in scores:
        if name.last <= score.first < min(until, name.last + REACH) and _linked(
            sentence, name, score, tested
        ):
            return score
    return None


def _fits_beside(sentence: Sequence[Token], name: Name, score: Score, listed: bool, tested: bool) -> bool:
    sign = score.first > name.last
    comma = sign and sentence[name.last].said == ","
    if score.strong:
        return name.sure or listed or (sign and not comma)
    if score.small:
        return listed or tested
    ends = score.last >= len(sentence) or not sentence[score.last].is_word
    return (name.sure and ends and tested) or (listed and ends and not comma)


def _linked(sentence: Sequence[Token], name: Name, score: Score, tested: bool) -> bool:
    between = [bare(token.said)[0] for token in sentence[name.last : score.first]]
    said = set(between)
    if (not name.sure and len(between) > NEAR) or (between and between[-1] in ("than", "by")):
        return False
    if low_at(sentence, name.first - 1) in _GIVEN and between and between[0] in ("a", "an"):
        return True
    if between and between[0] in (",", ":") and between[-1] in SCORE_NOUNS and len(between) <= 3:
        return name.sure
    if name.owns:
        return bool(said & SCORE_NOUNS) and (score.strong or score.small or tested)
    if score.small:
        return tested and bool(said & (VERBS | SOFT_VERBS))
    if said & VERBS:
        return score.strong or _weak_is_theirs(between, sentence, score, tested)
    if said & SOFT_VERBS:
        return (score.strong and (name.sure or tested)) or _weak_is_theirs(between, sentence, score, tested)
    return bool(between) and between[0] in ("with", "only", "has") and (score.strong or tested) and name.sure


def _weak_is_theirs(between: Sequence[str], sentence: Sequence[Token], score: Score, tested: bool) -> bool:
    """A mere number: after "a" ("got a 62"), after "scored", before "points", or in talk of a test."""
    last = between[-1]
    ends = score.last >= len(sentence) or not sentence[score.last].is_word
    points = low_at(sentence, score.last) in ("points", "pts", "right", "correct", "average", "out")
    if last in ("a", "an") or points:
        return ends or points or low_at(sentence, score.last) not in UNITS
    return "scored" in between or (
        tested and (ends or last in ("got", "at", "to", "level", "from", "both", "is", "was", "and"))
    )


def _before(sentence: Sequence[Token], name: Name, scores: Sequence[Score]) -> Score | None:
    """ "Only 20 % for Marcus", "a 31 for", "1/4 for Rosa"."""
    for score in scores:
        gap = [token.low for token in sentence[score.last : name.first]]
        if (
            0 < len(gap) <= 3
            and score.last <= name.first
            and set(gap) <= _FOR
            and gap[0] not in (":", "-", "to")
        ):
            article = low_at(sentence, score.first - 1) in _ARTICLES
            if (score.strong or score.small or article) and name.sure:
                return score
    return None


def goes_on(sentence: Sequence[Token]) -> bool:
    """Whether a sentence speaks on of whom the one before named: "He has a 52"."""
    return bool(sentence) and sentence[0].low in PRONOUNS | {"they", "this", "who"}


def failed_at(sentence: Sequence[Token], name: Name) -> Score | None:
    """ "failed the unit test", "flunked the quiz": told without a number."""
    near = range(name.last, min(len(sentence), name.last + 4))
    for place in near:
        if sentence[place].low in ("failed", "flunked", "bombed", "aced", "failing"):
            rest = {token.low for token in sentence[place : place + 7]}
            return Score(place, place + 1, True) if rest & TEST_WORDS - {"failing"} else None
    return None
