"""Finding: which dollar signs in clean HTML hold a formula, and which are money.

Noun: a *sign* is a run of dollars, or a backslash with the letter after it.
Rules: a formula lies in one piece of text, outside code and links; it neither begins nor ends with a space;
no letter or digit stands before it and no digit after it; it does not read like a sentence or an amount.
`\\$` is a dollar. Linear: each sign looks only at the next one.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape

MOST_LETTERS = 600
"""Letters of one formula; more is shown as typed."""

Write = Callable[[str, bool], str | None]
"""`(tex, on a line of its own) -> HTML`, or None to leave it as it was typed."""

_PART = re.compile(r"([^<]*)(<[^>]*>|\Z)")
_NAME = re.compile(r"</?([a-z0-9]+)")
_INLINE = frozenset({"strong", "em", "u", "s", "a", "code"})
_LEFT_ALONE = frozenset({"a", "code", "pre"})
_SIGN = re.compile(r"\\.|\$+", re.DOTALL)
_ALONE = re.compile(r"\s*\$\$((?:[^$\\]|\\.)+)\$\$\s*", re.DOTALL)
_TEXT = re.compile(r"\\(?:text|mathrm|textbf|textit|operatorname|mbox)\s*\{[^{}]*\}")
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|.)", re.DOTALL)
_SENTENCE = re.compile(r"[^\W\d_]{2,}[\s,;:.?!]+[^\W\d_]{2,}")
_AMOUNT = re.compile(r"[\d.,]+(?:\s+[^\W\d_]{2,}|\s*[-–—/+&])?")
_JUST_NUMBER = re.compile(r"[\d.,]+")


def replaced(html: str, write: Write) -> str:
    """Clean HTML with each formula as `write` has it; `\\$` outside of formulas becomes a dollar."""
    if "$" not in html:
        return html
    return "".join(_parts(html, write))


def _parts(html: str, write: Write) -> Iterator[str]:
    before, alone = "", 0
    for part in _PART.finditer(html):
        words, tag = part[1], part[2]
        if "$" not in words or alone:
            yield words
        elif (line := _whole_line(before, words, tag)) is not None:
            yield write(line, True) or words
        else:
            yield from _in_text(words, write)
        yield tag
        before = tag
        if _name(tag) in _LEFT_ALONE:
            alone = max(0, alone + (-1 if tag[1] == "/" else 1))


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1] if found else ""


def _whole_line(before: str, words: str, after: str) -> str | None:
    if _name(before) in _INLINE or _name(after) in _INLINE:
        return None
    found = _ALONE.fullmatch(words)
    return _tex(found[1]) if found else None


def _in_text(words: str, write: Write) -> Iterator[str]:
    signs = list(_SIGN.finditer(words))
    following = _next_dollars(signs)
    at = index = 0
    while index < len(signs):
        sign, other = signs[index], following[index]
        index += 1
        if sign[0][0] == "\\":
            if sign[0] == r"\$":
                yield words[at : sign.start()] + "$"
                at = sign.end()
            continue
        if other is None or not _can_hold(words, sign, signs[other]):
            continue
        made = write(_tex(words[sign.end() : signs[other].start()]), False)
        if made is not None:
            yield words[at : sign.start()] + made
            at = signs[other].end()
        index = other + 1
    yield words[at:]


def _next_dollars(signs: list[re.Match[str]]) -> list[int | None]:
    """For each sign the index of the next run of dollars."""
    following: list[int | None] = []
    later: int | None = None
    for index in range(len(signs) - 1, -1, -1):
        following.append(later)
        if signs[index][0][0] == "$":
            later = index
    return following[::-1]


def _can_hold(words: str, opening: re.Match[str], closing: re.Match[str]) -> bool:
    before, after = words[: opening.start()][-1:], words[closing.end() :][:1]
    inside = words[opening.end() : closing.start()]
    if len(opening[0]) > 2 or opening[0] != closing[0] or not inside or inside != inside.strip():
        return False
    return not before.isalnum() and not after.isdigit() and not _reads_like_words(_tex(inside))


def _reads_like_words(tex: str) -> bool:
    if len(tex) > MOST_LETTERS:
        return True
    bare = _COMMAND.sub("\x00", _TEXT.sub("\x00", tex))
    if _JUST_NUMBER.fullmatch(bare):
        return False
    amount = _AMOUNT.match(bare)
    is_amount = amount is not None and (amount.end() == len(bare) or bare[amount.end() - 1].isalpha())
    return is_amount or _SENTENCE.search(bare) is not None


def _tex(escaped: str) -> str:
    return unescape(escaped).strip()
