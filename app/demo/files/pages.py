"""Pages (PDF), from the same blocks as `documents`, set in the PDF's own Helvetica.

That face knows only Western European letters: typographic signs beyond them are written
with their plain neighbours.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from fpdf import FPDF
from fpdf.fonts import FontFace

from app.demo.files.pictures import make_picture

MADE = datetime(2024, 9, 2, 19, 30, tzinfo=UTC)
PLAIN = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "...", "⅔": "2/3", "•": "·"}
    | {"≤": "<=", "≥": ">=", "→": "->", "√": "root "}
)
INK = (31, 41, 51)
MUTED = (91, 101, 112)
RULE = (176, 183, 190)


def plain(text: object) -> str:
    return str(text).translate(PLAIN)


def make_pages(spec: dict[str, Any]) -> bytes:
    pdf = FPDF(format="letter")
    pdf.set_creation_date(MADE)
    pdf.set_title(plain(spec["title"]))
    pdf.set_author(plain(spec.get("by", "Middle Grades Math Network")))
    pdf.set_margin(18)
    pdf.set_auto_page_break(auto=True, margin=16)
    pdf.add_page(orientation=spec.get("orientation", "portrait"))
    _say(pdf, spec["title"], 20, style="B", height=10)
    if spec.get("note"):
        pdf.set_text_color(*MUTED)
        _say(pdf, spec["note"], 10.5, height=5.5)
    pdf.set_text_color(*INK)
    pdf.ln(4)
    for kind, content in spec["blocks"]:
        BLOCKS[kind](pdf, content)
    return bytes(pdf.output())


def _say(pdf: FPDF, text: object, size: float, *, style: str = "", height: float = 6.5) -> None:
    pdf.set_font("Helvetica", style, size)
    pdf.multi_cell(0, height, plain(text), new_x="LMARGIN", new_y="NEXT")


def _heading(pdf: FPDF, text: str) -> None:
    pdf.ln(3)
    _say(pdf, text, 14, style="B", height=8)


def _paragraph(pdf: FPDF, text: str) -> None:
    _say(pdf, text, 11.5)
    pdf.ln(1.5)


def _list(mark: Callable[[int], str]) -> Callable[[FPDF, list[str]], None]:
    def add(pdf: FPDF, items: list[str]) -> None:
        for number, item in enumerate(items, start=1):
            pdf.set_font("Helvetica", "", 11.5)
            pdf.cell(8, 6.5, plain(mark(number)))
            pdf.multi_cell(0, 6.5, plain(item), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2)

    return add


def _table(pdf: FPDF, rows: list[list[Any]]) -> None:
    pdf.set_font("Helvetica", "", 11)
    pdf.set_draw_color(*RULE)
    with pdf.table(
        line_height=8, headings_style=FontFace(emphasis="BOLD", fill_color=(240, 238, 232))
    ) as table:
        for row in rows:
            table.row([plain(value) for value in row])
    pdf.ln(4)


def _cards(pdf: FPDF, texts: list[str]) -> None:
    """Two in a row with a dashed line to cut along."""
    wide, high = (pdf.w - 36) / 2, 38
    pdf.set_draw_color(*RULE)
    pdf.set_dash_pattern(dash=1.5, gap=1.2)
    for place, text in enumerate(texts):
        if place % 2 == 0 and pdf.get_y() + high > pdf.h - 16:
            pdf.add_page()
        x, y = 18 + wide * (place % 2), pdf.get_y()
        pdf.rect(x, y, wide, high)
        pdf.set_xy(x + 5, y + 5)
        pdf.set_font("Helvetica", "", 12.5)
        pdf.multi_cell(wide - 10, 6.4, plain(text), align="L")
        pdf.set_xy(18, y + high if place % 2 else y)
    pdf.set_dash_pattern()
    pdf.set_xy(18, pdf.get_y() + (high if len(texts) % 2 else 0) + 4)


def _write(pdf: FPDF, lines: int) -> None:
    pdf.set_draw_color(*RULE)
    for _line in range(lines):
        pdf.ln(9)
        pdf.line(18, pdf.get_y(), pdf.w - 18, pdf.get_y())
    pdf.ln(4)


def _picture(pdf: FPDF, picture: dict[str, Any]) -> None:
    pdf.image(BytesIO(make_picture(picture, "PNG")), w=picture.get("cm", 16) * 10)
    pdf.ln(3)


BLOCKS: dict[str, Callable[[FPDF, Any], None]] = {
    "h": _heading,
    "p": _paragraph,
    "ul": _list(lambda _number: "-"),
    "ol": _list(lambda number: f"{number}."),
    "table": _table,
    "cards": _cards,
    "write": _write,
    "pic": _picture,
}
