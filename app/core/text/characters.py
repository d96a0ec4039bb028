"""Characters: what we keep of what a person typed, letter by letter.

Rules, for all text: NFC; line ends become ``\\n``; control characters (but tab and line end), the
bidirectional embeddings, overrides and isolates, interlinear marks, lone surrogates and byte-order marks
go, because they
change how *other* text is shown; everything else stays, emoji joiners and right-to-left marks too.
For a line as well: whitespace becomes single spaces, zero-width spaces go, invisible characters at the
ends go, and a line of nothing visible is empty.
"""

import re
import unicodedata

from app.core.text.limits import TooLong

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\u0085]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff\ud800-\udfff]"
)
_ZERO_WIDTH = re.compile("[\u200b\u2060-\u2064]")
_SPACES = re.compile(r"\s+")
# Blank to the eye though Unicode calls them letters, symbols or marks.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})


def tidy(text: str) -> str:
    """The text by the rules above, its lines and spaces untouched."""
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text)


def line(text: str, limit: int | None = None) -> str:
    """A one-line field. Raises TooLong above `limit` characters, counted after tidying."""
    text = _SPACES.sub(" ", _ZERO_WIDTH.sub("", tidy(text))).strip()
    text = _trim_invisible(text) if is_visible(text) else ""
    if limit is not None and len(text) > limit:
        raise TooLong(limit)
    return text


def is_visible(text: str) -> bool:
    """Whether a reader would see anything at all."""
    return any(_shows(char) for char in text)


def excerpt(plain: str, limit: int) -> str:
    """At most `limit` characters of plain text on one line, cut between words, with an ellipsis where cut."""
    flat = _SPACES.sub(" ", plain).strip()
    if len(flat) <= limit:
        return flat
    head = flat[: limit - 1]
    if flat[limit - 1] != " ":
        whole = head.rpartition(" ")[0]
        head = whole if len(whole) > limit // 2 else _whole_letters(flat, limit - 1)
    return head.rstrip(" ,;:.–—-") + "…"


def _whole_letters(flat: str, end: int) -> str:
    # A cut inside a joined emoji or between a letter and its accent would show something else.
    while end > 0 and (unicodedata.category(flat[end])[0] in "MC" or flat[end - 1] == "\u200d"):
        end -= 1
    return flat[:end]


def _trim_invisible(text: str) -> str:
    first = next(at for at, char in enumerate(text) if _shows(char))
    return text[first:].rstrip("\u200b\u200c\u200d\u2060\u00ad ")


def _shows(char: str) -> bool:
    if char in _BLANK_LETTERS or "\ufe00" <= char <= "\ufe0f":
        return False
    return unicodedata.category(char) not in _INVISIBLE
