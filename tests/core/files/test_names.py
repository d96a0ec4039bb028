"""Names: kept for people, harmless in headers, never a path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from app.core.files.names import LONGEST, disposition, kept_name
from tests.core.text.data import naughty_strings


@pytest.mark.parametrize(
    ("given_name", "ending", "kept"),
    [
        ("Box plots – day 2.pdf", ".pdf", "Box plots – day 2.pdf"),
        ("../../etc/passwd", ".txt", "passwd.txt"),
        ("C:\\Users\\ann\\plan.docx", ".docx", "plan.docx"),
        ("photo.JPEG", ".jpg", "photo.jpeg"),
        ("user\u202efdp.exe.pdf", ".pdf", "userfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", ".pdf", "a Set-Cookie: x.pdf"),
        ("...", ".pdf", "file.pdf"),
        ("", ".png", "file.png"),
        (".pdf", ".pdf", "pdf.pdf"),
        ("x" * 300 + ".pdf", ".pdf", "x" * 146 + ".pdf"),
        ("數學.pdf", ".pdf", "數學.pdf"),
    ],
)
def test_kept_names(given_name: str, ending: str, kept: str) -> None:
    assert kept_name(given_name, ending) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_a_harmless_one(given_name: str) -> None:
    kept = kept_name(given_name, ".pdf")
    assert kept.endswith(".pdf")
    assert len(kept) <= LONGEST
    assert not set(kept) & set("/\\\r\n\x00\u202e")
    assert kept_name(kept, ".pdf") == kept
    assert_returned(kept)


def test_naughty_names_come_back_in_the_header() -> None:
    for given_name in naughty_strings():
        assert_returned(kept_name(given_name, ".txt"))


def assert_returned(name: str) -> None:
    header = disposition(name, inline=False)
    assert header.isascii()
    assert header.isprintable()
    assert parse_options_header(header) == ("attachment", {"filename": name})
