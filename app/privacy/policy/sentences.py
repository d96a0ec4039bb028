"""A text as tokens and sentences: what the rules read.

Nouns: a *token* is a word, a number or one sign; a *sentence* is a run of them, never longer than LONGEST.
Rules: one pass over the text, whatever is in it; codes of standards (`6.SP.B.4`), times, prices and web
addresses are tokens of their own, so that their numbers are nobody's score.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.privacy.models.words import TITLES

LONGEST = 80
"""Tokens of a sentence; a longer one is looked at in pieces."""
_TOKENS = re.compile(
    r"(?P<other>https?://\S{1,300}|\S{1,64}@\S{1,100}|\b\d\.[A-Z]{1,4}(?:\.[A-Z0-9]{1,3}){0,4}"
    r"|\d{1,2}:\d{2}\b|\$ ?\d[\d,.]{0,12})"
    r"|(?P<word>[^\W\d_]{1,40}(?:['’-][^\W\d_]{1,40}){0,4})"
    r"|(?P<number>\d{1,12}(?:[.,]\d{1,4}){0,2}(?!\d))"
    r"|(?P<line>\n)"
    r"|(?P<sign>[^\w\s]|\w)"
)
_ENDS = frozenset(".!?;")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    said: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.said.lower()

    @property
    def is_word(self) -> bool:
        return self.kind == "word"

    @property
    def capital(self) -> bool:
        return self.kind == "word" and self.said[0].isupper()


def tokens_of(text: str) -> list[Token]:
    return [
        Token(str(found.lastgroup), found[0], found.start(), found.end()) for found in _TOKENS.finditer(text)
    ]


def sentences_of(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Runs of tokens that end at a stop or a line."""
    run: list[Token] = []
    for place, token in enumerate(tokens):
        if token.kind != "line":
            run.append(token)
        if run and (token.kind == "line" or len(run) >= LONGEST or _ends(tokens, place)):
            yield run
            run = []
    if run:
        yield run


def _ends(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.said not in _ENDS:
        return False
    if token.said != ".":
        return True
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or after.start == token.end:
        return after is None
    short = before is not None and before.is_word and (before.low in TITLES or len(before.said) == 1)
    return not short
