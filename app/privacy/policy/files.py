"""Looking into a file: by its sections, as they were read for the search, and at its name.

Rules: tables are looked at as tables, all other words as a text; what a sheet has beyond the rows that
are kept as a table is looked at line by line. At most FOUND findings of one file, LETTERS of its words.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from app.privacy.models.findings import Finding, Place, at
from app.privacy.policy.looking import look
from app.privacy.policy.people import Known
from app.privacy.policy.tables import look_at_rows

FOUND = 30
LETTERS = 400_000
ROWS = 100
"""Of a table, as the reader keeps it (`previews.reader.bounds`)."""


class Section(Protocol):
    """A page, slide, sheet or part, as `core.files.models.FileText` keeps it."""

    number: Any
    unit: Any
    title: Any
    text: Any
    blocks: Any


def look_inside(key: str, name: str, sections: Iterable[Section], known: Known) -> list[Finding]:
    """What looks like pupils' in a file, with the place; a finding holds none of its words."""
    found = _in_name(key, name, known)
    letters = 0
    for section in sections:
        letters += len(section.text)
        place = Place(key, name, section.unit, section.number, section.title)
        found.extend(_in_section(section, place, known))
        if len(found) >= FOUND or letters > LETTERS:
            break
    return found[:FOUND]


def _in_name(key: str, name: str, known: Known) -> list[Finding]:
    words = name.rpartition(".")[0].replace("_", " ")
    return [at(finding, Place(key, name, "name", 0)) for finding in look(words, known)]


def _in_section(section: Section, place: Place, known: Known) -> Iterator[Finding]:
    tables = [block[1] for block in section.blocks if block[0] == "table"]
    for rows in tables:
        yield from _in_table(rows, place, known)
    if not tables:
        yield from _in_lines(section.text, place, known)
        return
    words = "\n".join(block[1] for block in section.blocks if block[0] != "table")
    for finding in look(words, known):
        yield at(finding, place)
    if any(len(rows) >= ROWS for rows in tables):
        lines = section.text.split("\n")
        yield from _in_lines("\n".join(lines[ROWS:]), place, known, below=ROWS)


def _in_table(rows: Sequence[Sequence[str]], place: Place, known: Known) -> Iterator[Finding]:
    for found in look_at_rows(rows, known):
        where = Place(
            place.file_key, place.name, place.unit, place.number, place.title, found.first, found.last
        )
        yield Finding(found.kind, 0, 0, found.about, place=where)


def _in_lines(text: str, place: Place, known: Known, below: int = 0) -> Iterator[Finding]:
    """Findings of one kind in lines that follow each other are one."""
    open_one: tuple[str, int, int, str] | None = None
    for finding in look(text, known):
        line = text.count("\n", 0, finding.start) + 1 + below
        if open_one and open_one[0] == finding.kind and line <= open_one[2] + 1:
            open_one = (finding.kind, open_one[1], line, f"{open_one[3]}\n{finding.about}")
            continue
        if open_one:
            yield _of_lines(open_one, place)
        open_one = (finding.kind, line, line, finding.about)
    if open_one:
        yield _of_lines(open_one, place)


def _of_lines(lines: tuple[str, int, int, str], place: Place) -> Finding:
    kind, first, last, about = lines
    where = Place(place.file_key, place.name, place.unit, place.number, place.title, first, last)
    return Finding(kind, 0, 0, about, place=where)
