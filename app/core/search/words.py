"""Words as search sees them: one way to cut, fold and stem, for every engine, query and snippet.

Nouns: a *stem* is a word without case, accents and English endings; a *marked* text is escaped
HTML with `<mark>` around the words that were looked for. Words such as "the" have no stem.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

from markupsafe import Markup, escape
from whoosh.lang.porter2 import stem as _english

_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_LONGEST = 40
_SILENT_WORDS = """
    a an and are as at be been but by did do does for from had has have he her his i if in into is it its me
    my of on or our s she so t than that the their them then there these they this to us was we were what when
    which who will with you your
"""
_SILENT = frozenset(_SILENT_WORDS.split())
ABOUT = 220
"""Letters of a snippet."""


def fold(words: str) -> str:
    """Without case and accents."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(50_000)
def stem(word: str) -> str:
    """The stem of one word; empty for one that says nothing."""
    plain = fold(word).replace("'", "").replace("’", "")[:_LONGEST]
    if plain in _SILENT:
        return ""
    return str(_english(plain)) if plain.isascii() and plain.isalpha() else plain


def pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Begin, end and spelling of each word. Only codes such as 6.SP.B.4 keep their dots."""
    for match in _WORD.finditer(text):
        word = match[0]
        if "." in word and not any(letter.isdigit() for letter in word):
            begin = match.start()
            for part in word.split("."):
                yield begin, begin + len(part), part
                begin += len(part) + 1
        else:
            yield match.start(), match.end(), word


def stems(text: str) -> list[str]:
    """The stems of a text, in order."""
    return [found for _begin, _end, word in pieces(text) if (found := stem(word))]


def plain_words(text: str) -> list[str]:
    """Folded words as they are spelt, for completing names and titles."""
    return [fold(word)[:_LONGEST] for _begin, _end, word in pieces(text)]


def marked(text: str, wanted: Collection[str]) -> Markup:
    """The text, escaped, with a mark around each word whose stem is wanted."""
    out, at = [], 0
    for begin, end, word in pieces(text):
        if stem(word) in wanted:
            out += [str(escape(text[at:begin])), "<mark>", str(escape(word)), "</mark>"]
            at = end
    # Every part was escaped above.
    return Markup("".join(out) + str(escape(text[at:])))  # noqa: S704


def snippet(text: str, wanted: Collection[str]) -> Markup:
    """About two lines of the text where most of the wanted words stand."""
    text = " ".join(text.split())
    hits = [(begin, stem(word)) for begin, _end, word in pieces(text) if stem(word) in wanted]
    if len(text) <= ABOUT:
        return marked(text, wanted)
    begin = max((at for at, _found in hits), key=lambda at: (_spread(hits, at), -at), default=0)
    begin = max(0, min(begin - 40, len(text) - ABOUT))
    begin = text.rfind(" ", 0, begin) + 1 if begin else 0
    end = text.find(" ", begin + ABOUT)
    cut = text[begin : end if end != -1 else None]
    return escape("…" if begin else "") + marked(cut, wanted) + escape("…" if end != -1 else "")


def _spread(hits: list[tuple[int, str]], begin: int) -> int:
    return len({found for at, found in hits if begin <= at < begin + ABOUT - 40})


def best_section(texts: list[str], wanted: Collection[str], phrases: Collection[str] = ()) -> int:
    """Which text holds most of the phrases, then of the wanted words; the first of equals."""
    sequences = [f" {' '.join(stems(phrase))} " for phrase in phrases]
    all_of_them = set(wanted)
    best, most, whole = 0, (-1, -1), (len(sequences), len(all_of_them))
    for place, text in enumerate(texts):
        found = stems(text)
        said = f" {' '.join(found)} " if sequences else ""
        held = (sum(each in said for each in sequences), len(all_of_them & set(found)))
        if held > most:
            best, most = place, held
        if most == whole:
            break
    return best


def slips(one: str, other: str, most: int = 2) -> int:
    """Letters put in, left out, changed or swapped between two words; `most + 1` when more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)
