"""Text and CSV: text in parts of readable length, CSV as a table."""

import csv
from io import StringIO
from pathlib import Path

from app.core.previews.reader import bounds
from app.core.previews.reader.finding import Damaged, Finding

_PART = 8_000
"""Letters of a part of a long text."""


def read(source: Path, finding: Finding, media_type: str) -> None:
    words = _decoded(source.read_bytes())
    if media_type == "text/csv":
        _table(words, finding)
    else:
        _parts(words, finding)


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Damaged


def _table(words: str, finding: Finding) -> None:
    head = words[:4_000]
    separator = max(",;\t", key=lambda mark: head.count(mark))
    csv.field_size_limit(bounds.LETTERS_OF_ONE)
    rows = []
    try:
        for row in csv.reader(StringIO(words), delimiter=separator):
            rows.append(row[: bounds.COLUMNS * 2])
            if len(rows) >= bounds.ROWS_READ:
                break
    except csv.Error as error:
        raise Damaged from error
    finding.is_cut = len(rows) > bounds.ROWS
    finding.begin("sheet").show(rows)


def _parts(words: str, finding: Finding) -> None:
    while words.strip() and not finding.full:
        end = len(words) if len(words) <= _PART else max(words.rfind("\n", 0, _PART), 0) or _PART
        section = finding.begin("part")
        for paragraph in words[:end].split("\n\n"):
            section.say("p", paragraph)
        words = words[end:]
