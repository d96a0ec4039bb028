"""Documents (DOCX): exit slips, cards, protocols.

A document is a `title`, an optional `note` under it, and `blocks`; a block is a list of its
kind and its content: `["h", text]`, `["p", text]`, `["ul", [texts]]`, `["ol", [texts]]`,
`["table", [[cells]]]`, `["cards", [texts]]` (two in a row, to cut), `["write", n]` (n lines
to write on), `["pic", picture]` (see `pictures`). The same blocks make PDF `pages`.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx import Document
from docx.shared import Cm, Pt, RGBColor

from app.demo.files.pictures import make_picture
from app.demo.files.steady import steady

INK = RGBColor(0x1F, 0x29, 0x33)
MUTED = RGBColor(0x5B, 0x65, 0x70)


def make_document(spec: dict[str, Any]) -> bytes:
    document = Document()
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(12)
    document.core_properties.title = spec["title"]
    document.core_properties.author = spec.get("by", "Middle Grades Math Network")
    heading = document.add_heading(spec["title"], level=1)
    heading.runs[0].font.color.rgb = INK
    if spec.get("note"):
        document.add_paragraph().add_run(spec["note"]).font.color.rgb = MUTED
    for kind, content in spec["blocks"]:
        BLOCKS[kind](document, content)
    out = BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _heading(document: Any, text: str) -> None:
    document.add_heading(text, level=2).runs[0].font.color.rgb = INK


def _paragraph(document: Any, text: str) -> None:
    document.add_paragraph(text)


def _list(style: str) -> Callable[[Any, list[str]], None]:
    def add(document: Any, items: list[str]) -> None:
        for item in items:
            document.add_paragraph(item, style=style)

    return add


def _table(document: Any, rows: list[list[Any]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            run = table.cell(y, x).paragraphs[0].add_run(str(value))
            run.bold = y == 0
    document.add_paragraph()


def _cards(document: Any, texts: list[str]) -> None:
    table = document.add_table(rows=(len(texts) + 1) // 2, cols=2)
    table.style = "Table Grid"
    for row in table.rows:
        row.height = Cm(3.4)
    for place, text in enumerate(texts):
        run = table.cell(place // 2, place % 2).paragraphs[0].add_run(text)
        run.font.size = Pt(14)
    document.add_paragraph()


def _write(document: Any, lines: int) -> None:
    for _line in range(lines):
        document.add_paragraph("_" * 72).runs[0].font.color.rgb = MUTED


def _picture(document: Any, picture: dict[str, Any]) -> None:
    document.add_picture(BytesIO(make_picture(picture, "PNG")), width=Cm(picture.get("cm", 16)))


BLOCKS: dict[str, Callable[[Any, Any], None]] = {
    "h": _heading,
    "p": _paragraph,
    "ul": _list("List Bullet"),
    "ol": _list("List Number"),
    "table": _table,
    "cards": _cards,
    "write": _write,
    "pic": _picture,
}
