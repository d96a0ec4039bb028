"""PDF: the text and the picture of each page, by PDFium, which runs no script and fetches nothing."""

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from app.core.previews.reader import bounds
from app.core.previews.reader.drawing import keep
from app.core.previews.reader.finding import Damaged, Finding, Locked, Section

_NEEDS_PASSWORD = 4


def read(source: Path, finding: Finding, _media_type: str) -> None:
    document = opened(source)
    try:
        if len(document) == 0:
            raise Damaged
        for index in range(len(document)):
            if finding.full:
                break
            _words(document, index, finding.begin("page"))
        draw(document, finding)
    finally:
        document.close()


def opened(source: Path) -> Any:
    """The document. Raises Locked, Damaged."""
    try:
        return pdfium.PdfDocument(str(source))
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _NEEDS_PASSWORD or "password" in str(error).lower():
            raise Locked from error
        raise Damaged from error


def draw(document: Any, finding: Finding) -> None:
    """Pictures of the pages, as far as there is time; section n shows page n."""
    for section in finding.sections[: len(document)]:
        if not finding.may_draw:
            finding.is_cut = finding.is_cut or finding.pictures < len(finding.sections)
            break
        _picture(document, section, finding)


def _words(document: Any, index: int, section: Section) -> None:
    try:
        page = document[index]
        words = page.get_textpage()
    except pdfium.PdfiumError:
        return
    text = (
        words.get_text_range(0, min(words.count_chars(), bounds.LETTERS_OF_ONE))
        if words.count_chars()
        else ""
    )
    for line in text.splitlines():
        section.add(line.replace("\ufffe", "").replace("\xad", "").strip())
    words.close()
    page.close()
    section.title = next((line[:200] for line in section.text.splitlines() if len(line) > 2), "")


def _picture(document: Any, section: Section, finding: Finding) -> None:
    try:
        page = document[section.number - 1]
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            return
        scale = min(bounds.PAGE_WIDTH / width, bounds.PAGE_HEIGHT / height)
        image = page.render(scale=scale, may_draw_forms=False).to_pil()
        page.close()
    except (pdfium.PdfiumError, ValueError):
        return
    keep(image.convert("RGB"), section, finding)
