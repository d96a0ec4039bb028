"""Lines and plain words: what normalising changes, and that it changes nothing else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import text
from tests.core.text.data import naughty_strings

REMOVED = {
    chr(code) for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC), 0xFEFF]
}


def documented(typed: str) -> str:
    """The rules of `characters`, said a second time in another way."""
    kept = [
        char
        for char in typed.replace("\r\n", "\n")
        if char not in REMOVED
        and not (unicodedata.category(char) in {"Cc", "Cs"} and char not in "\t\n\r\x85")
    ]
    lines = "".join("\n" if char in "\r\x85\u2028\u2029" else char for char in kept)
    return unicodedata.normalize("NFC", lines)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann \t\n Lee ", "Ann Lee"),
        ("e\u0301", "é"),
        ("a\x00b\x1b[31m\x7fc\x85d", "ab[31mc d"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("\u2066x\u2069", "x"),
        ("A\u200bnn\ufeff", "Ann"),
        ("\u200b\u200d\u2060 \u3164\u2800", ""),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("سلام\u200cها", "سلام\u200cها"),
        ("\u200dAnn\u200d", "Ann"),
        ("lone \ud800 half", "lone half"),
    ],
)
def test_a_line(typed: str, kept: str) -> None:
    assert text.line(typed) == kept
    assert text.line(kept) == kept


def test_a_line_that_is_too_long_is_refused_not_cut() -> None:
    assert text.line("x" * 80 + "  ", 80) == "x" * 80
    with pytest.raises(text.TooLong) as refusal:
        text.line("x" * 81, 80)
    assert refusal.value.limit == 80


def test_naughty_strings_survive_a_line() -> None:
    for typed in naughty_strings():
        kept = text.line(typed)
        assert kept.split() == documented(typed).replace("\u200b", "").replace("\u2060", "").split() or (
            not kept or set(typed) & set("\u200c\u200d\u2061\u2062\u2063\u2064\u00ad")
        ), typed
        assert text.line(kept) == kept


def test_naughty_strings_survive_a_paragraph() -> None:
    for typed in naughty_strings():
        html = text.from_plain(typed)
        if text.is_blank(html):
            assert not text.line(typed)
            continue
        rows = [row.strip() for row in documented(typed).strip().split("\n")]
        assert text.typed(html) == "\n".join(rows).strip(), typed
        assert text.clean(html) == html


@given(st.text(max_size=200))
def test_any_string_survives_a_paragraph(typed: str) -> None:
    html = text.from_plain(typed)
    assert text.clean(html) == html
    assert text.from_plain(text.typed(html)) == html


def test_words_of_every_block() -> None:
    html = text.clean("<p>one<br>two</p><ul><li>a &amp; b</li><li>c</li></ul><pre>x &lt; y</pre>")
    assert text.plain(html).split() == ["one", "two", "a", "&", "b", "c", "x", "<", "y"]


def test_excerpt_cuts_between_words() -> None:
    assert text.excerpt("We tried box plots, today.\n\nAll", 20) == "We tried box plots…"
    assert text.excerpt("short", 20) == "short"
    assert text.excerpt("x" * 50, 20) == "x" * 19 + "…"
    assert text.excerpt("👩\u200d🚀" * 10, 12) == "👩\u200d🚀" * 3 + "…"


@given(st.text(max_size=200), st.integers(2, 60))
def test_excerpt_is_never_longer(typed: str, limit: int) -> None:
    assert len(text.excerpt(typed, limit)) <= limit
