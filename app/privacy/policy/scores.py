"""What reads like a score: 72 %, 7/10, 18 out of 20, B-, or a mere number.

Nouns: a *score* is a run of tokens; it is `strong` where it can be little else, weak where it is a number.
Rules: a fraction of something, an amount of things, a time, a price, a room are nobody's score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.privacy.models.words import (
    NOT_THEIRS,
    UNITS,
    words,
)
from app.privacy.policy.sentences import Token

MOST_TESTS = 12
""" "quiz 4" is a quiz, "quiz 45" is a score."""
_TESTS = words("quiz test exam ticket check task")
_LETTERS = words("a b c d f")
_BEFORE_LETTER = words("a an the to from in is was with : - – — got gets earned earns = made , now")
_OF = words("a an the his her its their my our all of them kids class students")
_NUMBERED = words(
    "grade room period chapter lesson unit module page p pp problem problems table group week day item "
    "version session booth section part step seat ch ex exercise number no # pattern act task year p. "
    "vol volume grades periods pages #s ms standard bus locker cohort round station card slide team on"
)


@dataclass(frozen=True, slots=True)
class Score:
    first: int
    last: int
    strong: bool
    small: bool = False
    """A fraction with a small bottom, which is mostly mathematics."""


def scores_in(sentence: Sequence[Token]) -> list[Score]:
    found: list[Score] = []
    place = 0
    while place < len(sentence):
        score = _score_at(sentence, place)
        if score is not None:
            found.append(score)
        place = max(place + 1, score.last if score else 0)
    return found


def low_at(sentence: Sequence[Token], place: int) -> str:
    return sentence[place].low if 0 <= place < len(sentence) else ""


def _score_at(sentence: Sequence[Token], place: int) -> Score | None:
    token = sentence[place]
    if token.is_word or token.kind == "sign":
        return _letter(sentence, place)
    if token.kind != "number" or (place and sentence[place - 1].said in ("$", "#", "€")):
        return None
    after = low_at(sentence, place + 1)
    if after in ("%", "percent", "percentage"):
        return _per_cent(sentence, place)
    if after in ("th", "st", "nd", "rd") and low_at(sentence, place + 2) in ("percentile", "%ile"):
        return Score(place, place + 3, True)
    if after in ("/", "of", "de") or (after, low_at(sentence, place + 2)) == ("out", "of"):
        return _out_of(sentence, place, 3 if after == "out" else 2)
    return _number(sentence, place)


def _letter(sentence: Sequence[Token], place: int) -> Score | None:
    token = sentence[place]
    if token.low not in _LETTERS or not token.said.isupper():
        return None
    sign = (
        place + 1 < len(sentence)
        and sentence[place + 1].said in ("+", "-")
        and sentence[place + 1].start == token.end
    )
    last = place + (2 if sign else 1)
    if low_at(sentence, place - 1) not in _BEFORE_LETTER or (token.said == "A" and place == 0):
        return None
    following = low_at(sentence, last)
    return None if following and following[0].isalpha() and _is_named(following) else Score(place, last, True)


def _is_named(following: str) -> bool:
    """ "plan B and", "group C got" are told by what stands before; "B problems", "D wing" by what follows."""
    return following in UNITS or following in ("wing", "hall", "day", "team", "group", "side", "string")


def _per_cent(sentence: Sequence[Token], place: int) -> Score | None:
    after = low_at(sentence, place + 2)
    if after in NOT_THEIRS or (after == "of" and low_at(sentence, place + 3) in _OF):
        return None
    return Score(place, place + 2, True)


def _out_of(sentence: Sequence[Token], place: int, step: int) -> Score | None:
    bottom = place + step
    if bottom >= len(sentence) or sentence[bottom].kind != "number":
        return _number(sentence, place) if step != 2 or low_at(sentence, place + 1) != "/" else None
    top_value, bottom_value = _value(sentence[place].said), _value(sentence[bottom].said)
    after = low_at(sentence, bottom + 1)
    if (
        "/" in (after, low_at(sentence, place - 1))
        or after in UNITS
        or bottom_value < 2
        or top_value > bottom_value * 1.2
    ):
        return None
    if after == "of" and low_at(sentence, bottom + 2) in _OF:
        return None
    small = bottom_value <= 4 and low_at(sentence, place + 1) == "/"
    return Score(place, bottom + 1, not small, small)


def _number(sentence: Sequence[Token], place: int) -> Score | None:
    before, after = low_at(sentence, place - 1), low_at(sentence, place + 1)
    if before in _TESTS and _value(sentence[place].said) <= MOST_TESTS:
        return None
    if (
        before in _NUMBERED
        or after in UNITS
        or (after in ("-", "/") and low_at(sentence, place + 2) in UNITS)
    ):
        return None
    if (
        after in ("st", "nd", "rd", "th", ":", "x", "+", "*", "=", "×")
        and sentence[place + 1].start == sentence[place].end
    ):
        return None
    if place + 1 < len(sentence) and sentence[place + 1].is_word and _counts(after):
        return None
    return Score(place, place + 1, False) if _value(sentence[place].said) <= 1600 else None


def _counts(after: str) -> bool:
    """ "12 apples": a number of things."""
    return (
        after.endswith("s")
        and len(after) > 3
        and after not in ("points", "pts", "percents", "this", "was", "items")
    )


def _value(said: str) -> float:
    try:
        return float(said.replace(",", "."))
    except ValueError:
        return 10.0**9
