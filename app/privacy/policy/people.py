"""Names in a sentence: whose they may be, and whose they are not.

Nouns: a *name* is a run of tokens; `sure` says that its first word is a child's name and nothing else.
Rules: adults by their title, places and theorems by what follows, mathematicians, makers and months are
no pupils; neither is a colleague of the network: by the whole name, or by the first one where nothing else
in the sentence says pupil or test.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.privacy.models.words import (
    INSTITUTIONS,
    PUPIL,
    TEST_WORDS,
    TITLES,
    both_ways,
    everyday,
    first_names,
    not_names,
    surnames,
    words,
)
from app.privacy.policy.sentences import Token

MOST_WORDS = 4
_ADULTS = words("coach principal teacher colleague facilitator partner ap assistant director")
_MONTHS = words("april may june july august")
_PARTICLES = words("de del la las los van von al el bin ibn abu")


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `first` to `last` (the one after); `owns` where it ends in ’s."""

    first: int
    last: int
    said: str
    sure: bool
    owns: bool


@dataclass(frozen=True)
class Known:
    """The members of a network: nobody's pupils."""

    whole: frozenset[str]
    first: frozenset[str]

    @classmethod
    def of(cls, names: Collection[str]) -> "Known":
        low = [" ".join(name.lower().split()) for name in names]
        return cls(frozenset(low), frozenset(name.split(" ")[0] for name in low if name))


def bare(word: str) -> tuple[str, bool]:
    """The word in small letters without ’s, and whether it had one."""
    low = word.lower().replace("’", "'")
    return (low[:-2], True) if low.endswith("'s") else (low, False)


def names_in(sentence: Sequence[Token], known: Known) -> list[Name]:
    shouted = _is_shouted(sentence)
    found: list[Name] = []
    place = 0
    while place < len(sentence):
        name = _name_at(sentence, place, shouted)
        if name is not None and not _is_adult(sentence, name) and not _is_known(sentence, name, known):
            found.append(name)
        place = max(place + 1, name.last if name else 0)
    return found


def _is_shouted(sentence: Sequence[Token]) -> bool:
    said = [token.said for token in sentence if token.is_word and len(token.said) > 1]
    return len(said) > 3 and all(word.isupper() for word in said)


def _name_at(sentence: Sequence[Token], place: int, shouted: bool) -> Name | None:
    token = sentence[place]
    if not token.is_word or len(token.said) < 2:
        return None
    low, owns = bare(token.said)
    sure = low in first_names() or ("-" in low and low.split("-")[0] in first_names())
    if not token.capital or shouted:
        return Name(place, place + 1, low, True, owns) if sure else None
    if not sure and (token.said.isupper() or not _may_be(low)):
        return None
    last, owns = _rest(sentence, place, owns)
    parts = [bare(each.said)[0] for each in sentence[place:last] if each.is_word]
    if low in _MONTHS and len(parts) == 1:
        return None
    if low in both_ways() and len(parts) == 1 and place == 0:
        sure = False
    surname = any(word in first_names() for word in parts)
    return Name(place, last, " ".join(parts), sure or surname or (low in both_ways() and place > 0), owns)


def _may_be(low: str) -> bool:
    """A capitalised word that no list knows as a word; at the beginning every word has a capital."""
    if low in both_ways():
        return True
    return len(low) > 2 and not any(part in not_names() or part in everyday() for part in low.split("-"))


def _rest(sentence: Sequence[Token], place: int, owns: bool) -> tuple[int, bool]:
    """Where the name that begins here ends: further capitalised words, an initial with its stop."""
    last = place + 1
    while not owns and last < len(sentence) and last - place < MOST_WORDS:
        token = sentence[last]
        if token.said == "." and len(sentence[last - 1].said) == 1:
            last += 1
            break
        low, has = bare(token.said)
        particle = low in _PARTICLES and last + 1 < len(sentence) and sentence[last + 1].capital
        if not particle and (not token.capital or (low in not_names() - surnames() and len(low) > 1)):
            break
        if token.start - sentence[last - 1].end > 1:
            break
        owns = has
        last += 1
    return last, owns


def _is_adult(sentence: Sequence[Token], name: Name) -> bool:
    before = [token.low for token in sentence[max(0, name.first - 2) : name.first] if token.said != "."]
    if before and before[-1] in TITLES:
        return True
    after = [token.low for token in sentence[name.last : name.last + 4]]
    if after and after[0] in INSTITUTIONS and sentence[name.last].kind == "word":
        return after[0] not in TEST_WORDS or sentence[name.last].capital
    return len(after) > 1 and after[0] in ("(", ",") and bool(_ADULTS & set(after[1:]))


def _is_known(sentence: Sequence[Token], name: Name, known: Known) -> bool:
    if name.said in known.whole:
        return True
    if " " in name.said or name.said not in known.first:
        return False
    return not any(token.low in PUPIL or token.low in TEST_WORDS for token in sentence)
