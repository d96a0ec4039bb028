"""Word documents: parts from heading to heading, with lists, tables and the first picture of each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.opc.package import OpcPackage
from docx.opc.part import PartFactory
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.table import Table

from app.core.previews.reader import archive
from app.core.previews.reader.drawing import keep_embedded
from app.core.previews.reader.finding import Finding, Section

_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_WORDS = (qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n"}


def read(source: Path, finding: Finding, _media_type: str) -> None:
    archive.check(source, finding)
    PartFactory.part_type_for.setdefault(_WITH_MACROS, DocumentPart)
    package: OpcPackage = Package.open(str(source))
    document = package.main_document_part.document
    section: Section | None = None
    for block in document.iter_inner_content():
        heading = "" if isinstance(block, Table) else _heading(block)
        if section is None or (heading and (section.text or section.blocks)):
            if finding.full:
                break
            section = finding.begin("part", heading)
        _add(block, heading, section)
        for content in _pictures(document, block):
            keep_embedded(content, section, finding)


def _heading(paragraph: Any) -> str:
    """The words of a heading that begins a part; the smaller ones do not."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    return _text(paragraph._p).strip() if style in ("Title", "Heading 1", "Heading 2") else ""


def _add(block: Any, heading: str, section: Section) -> None:
    if isinstance(block, Table):
        section.show([[_text(cell._tc) for cell in row.cells] for row in block.rows])
        return
    words = _text(block._p)
    style = (block.style.name or "") if block.style is not None else ""
    if heading or style.startswith("Heading"):
        section.say("h", words)
    else:
        section.say("li" if style.startswith("List") or _is_numbered(block) else "p", words)


def _is_numbered(paragraph: Any) -> bool:
    return paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None


def _text(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _WORDS:
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag != _FALLBACK:
            yield from _pieces(child)
            if child.tag == qn("w:p"):
                yield "\n"


def _pictures(document: Document, block: Any) -> Iterator[bytes]:
    for blip in block._element.iter(_BLIP):
        part = document.part.related_parts.get(blip.get(qn("r:embed")))
        if part is not None:
            yield part.blob
