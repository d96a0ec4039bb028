"""The last look before a file goes without its author's name: does anything in it still carry that name?

Looked through: every part of an archive, raw and without its tags; every stream of a PDF, unpacked, and the
words of its pages; plain text. A name is found in any case, with or without accents, and with its parts in
either order, joined by a space, a dot, a line, a comma or nothing.
"""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pypdfium2 as pdfium

from app.core.previews.reader import bounds
from app.core.previews.reader.pages import opened

_TAGS = re.compile(rb"<[^>]*>")
_STREAM = re.compile(rb"stream\r?\n")
_BETWEEN = rb"(?:[\s\x00._,+-]|%20){0,4}"
_PARTS_AT_MOST = 4


def still_named(made: Path, names: Sequence[str]) -> bool:
    """Whether one of `names` (full names, addresses) is anywhere in the file."""
    patterns = [pattern for name in names if (pattern := _pattern(name))]
    if not patterns:
        return False
    wanted = re.compile(rb"(?<![a-z])(?:" + b"|".join(patterns) + rb")(?![a-z])", re.IGNORECASE)
    return any(wanted.search(piece) for piece in _pieces(made))


def _pattern(name: str) -> bytes:
    parts = (
        [part for part in re.split(r"[\s.,]+", name.strip()) if part] if "@" not in name else [name.strip()]
    )
    if not parts or len("".join(parts)) < 3:
        return b""
    orders = permutations(parts) if 1 < len(parts) <= _PARTS_AT_MOST else [tuple(parts)]
    ways = {_BETWEEN.join(_letters(part) for part in order) for order in orders}
    if len(parts) > 2:
        ends = parts[0], parts[-1]
        ways |= {_BETWEEN.join(_letters(part) for part in order) for order in permutations(ends)}
    return b"|".join(sorted(ways))


def _letters(part: str) -> bytes:
    """Each letter in the encodings that files use, with zeros of wide letters between them."""
    return b"\x00?".join(_letter(letter) for letter in unicodedata.normalize("NFC", part))


def _letter(letter: str) -> bytes:
    if letter.isascii():
        return re.escape(letter.encode())
    plain = unicodedata.normalize("NFKD", letter)
    forms = {each for form in (letter, plain, plain[0]) for each in (form.lower(), form.upper())}
    codes = ("utf-8", "latin-1", "utf-16-le", "utf-16-be")
    said = {form.encode(code, "ignore") for form in forms for code in codes} - {b""}
    return b"(?:" + b"|".join(re.escape(each) for each in sorted(said, key=len, reverse=True)) + b")"


def _pieces(made: Path) -> Iterator[bytes]:
    if zipfile.is_zipfile(made):
        with zipfile.ZipFile(made) as archive:
            for entry in archive.infolist():
                yield entry.filename.encode()
                content = archive.read(entry)
                yield content
                if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    yield _TAGS.sub(b"", content)
        return
    content = made.read_bytes()
    yield content
    if content.startswith(b"%PDF"):
        for found in _STREAM.finditer(content):
            yield _unpacked(content, found.end())
        yield from _page_words(made)


def _unpacked(content: bytes, at: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(content[at:], bounds.XML_PART)
    except zlib.error:
        return b""


def _page_words(made: Path) -> Iterator[bytes]:
    document = opened(made)
    try:
        for page in document:
            words = page.get_textpage()
            yield words.get_text_bounded().encode("utf-8", "ignore")
            words.close()
            page.close()
    except pdfium.PdfiumError:
        return
    finally:
        document.close()
