"""OpenDocument texts, slides and sheets, from `content.xml` alone."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring

from app.core.previews.reader import archive, bounds
from app.core.previews.reader.drawing import keep_embedded
from app.core.previews.reader.finding import Damaged, Finding, Locked, Section

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW = (f"{{{_NAMES}{part}:1.0}}" for part in ("text", "table", "drawing"))
_PRESENTATION = f"{{{_NAMES}presentation:1.0}}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_REPEATED = f"{_TABLE}number-columns-repeated"


def read(source: Path, finding: Finding, media_type: str) -> None:
    archive.check(source, finding)
    with zipfile.ZipFile(source) as package:
        if "META-INF/manifest.xml" in package.namelist() and b"encryption-data" in package.read(
            "META-INF/manifest.xml"
        ):
            raise Locked
        content = fromstring(package.read("content.xml"))
        body = content.find(f"{{{_NAMES}office:1.0}}body")
        if body is None or not len(body):
            raise Damaged
        pictures = _Pictures(package, finding)
        kind = media_type.rsplit(".", 1)[-1]
        {"text": _read_text, "presentation": _read_slides, "spreadsheet": _read_sheets}[kind](
            body[0], finding, pictures
        )


class _Pictures:
    def __init__(self, package: zipfile.ZipFile, finding: Finding) -> None:
        self.package, self.finding, self.names = package, finding, set(package.namelist())

    def of(self, element: Any, section: Section) -> None:
        for image in element.iter(f"{_DRAW}image"):
            name = image.get(_XLINK, "")
            if name in self.names and not section.picture:
                keep_embedded(self.package.read(name), section, self.finding)


def _read_text(body: Any, finding: Finding, pictures: _Pictures) -> None:
    section: Section | None = None
    for kind, element in _blocks(body):
        begins = kind == "h" and int(element.get(f"{_TEXT}outline-level", "1")) <= 2
        if section is None or (begins and section.text):
            if finding.full:
                return
            section = finding.begin("part", _words(element) if begins else "")
        if kind == "table":
            section.show(_rows(element))
        else:
            section.say(kind, _words(element))
        pictures.of(element, section)


def _blocks(element: Any, inside: str = "p") -> Iterator[tuple[str, Any]]:
    for child in element:
        if child.tag == f"{_TEXT}h":
            yield "h", child
        elif child.tag == f"{_TEXT}p":
            yield inside, child
        elif child.tag == f"{_TABLE}table":
            yield "table", child
        elif child.tag in (f"{_TEXT}list", f"{_TEXT}list-item", f"{_TEXT}section"):
            yield from _blocks(child, "li" if "list" in child.tag else inside)


def _read_slides(body: Any, finding: Finding, pictures: _Pictures) -> None:
    for page in body.iter(f"{_DRAW}page"):
        if finding.full:
            return
        section = finding.begin("slide")
        for element in page:
            notes = element.tag == f"{_PRESENTATION}notes"
            for paragraph in (each for each in element.iter() if each.tag in (f"{_TEXT}p", f"{_TEXT}h")):
                first = not section.title and not notes
                words = _words(paragraph)
                section.title = section.title or (words[:200] if first else "")
                section.say("h" if first else "note" if notes else "p", words)
        pictures.of(page, section)


def _read_sheets(body: Any, finding: Finding, _pictures: _Pictures) -> None:
    for table in body.iter(f"{_TABLE}table"):
        if finding.full:
            return
        finding.begin("sheet", table.get(f"{_TABLE}name", "")).show(_rows(table))


def _rows(table: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row:
            if len(cells) < bounds.COLUMNS * 2:
                again = int(cell.get(_REPEATED, "1"))
                words = "\n".join(_words(part) for part in cell.iter(f"{_TEXT}p"))
                cells += [words] * min(max(again, 1), bounds.COLUMNS * 2)
        rows.append(cells)
        if len(rows) >= bounds.ROWS_READ:
            break
    return rows


def _words(element: Any) -> str:
    return "".join(element.itertext())
