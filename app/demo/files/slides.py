"""Slides (PPTX): a `title` slide, then `slides` with a title and one of `say` (lines of
text), `big` (one line, large), `pic` (see `pictures`) or `table`; `note` is for the speaker.
"""

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from app.demo.files.pictures import make_picture
from app.demo.files.steady import steady

INK = RGBColor(0x1F, 0x29, 0x33)
ACCENT = RGBColor(0x0F, 0x62, 0x59)
BLANK = 6


def make_slides(spec: dict[str, Any]) -> bytes:
    show = Presentation()
    show.slide_width, show.slide_height = Inches(13.333), Inches(7.5)
    show.core_properties.title = spec["title"]
    show.core_properties.author = spec.get("by", "Middle Grades Math Network")
    cover = show.slides.add_slide(show.slide_layouts[BLANK])
    _text(cover, [spec["title"]], top=2.5, size=44, colour=ACCENT, bold=True)
    _text(cover, [spec.get("note", "")], top=4.4, size=22)
    for slide in spec["slides"]:
        _slide(show, slide)
    out = BytesIO()
    show.save(out)
    return steady(out.getvalue())


def _slide(show: Any, spec: dict[str, Any]) -> None:
    slide = show.slides.add_slide(show.slide_layouts[BLANK])
    _text(slide, [spec["title"]], top=0.45, size=32, colour=ACCENT, bold=True)
    if "say" in spec:
        _text(slide, spec["say"], top=1.8, size=28)
    if "big" in spec:
        _text(slide, [spec["big"]], top=2.7, size=48)
    if "pic" in spec:
        picture = BytesIO(make_picture(spec["pic"], "PNG"))
        slide.shapes.add_picture(picture, Inches(1.2), Inches(spec.get("top", 1.7)), width=Inches(10.9))
    if "table" in spec:
        _table(slide, spec["table"])
    if "note" in spec:
        slide.notes_slide.notes_text_frame.text = spec["note"]


def _text(
    slide: Any, lines: list[str], *, top: float, size: int, colour: RGBColor = INK, bold: bool = False
) -> None:
    frame = slide.shapes.add_textbox(Inches(0.9), Inches(top), Inches(11.6), Inches(1)).text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(12)
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour


def _table(slide: Any, rows: list[list[Any]]) -> None:
    shape = slide.shapes.add_table(len(rows), len(rows[0]), Inches(1.2), Inches(1.9), Inches(10.9), Inches(4))
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            cell = shape.table.cell(y, x)
            cell.text = str(value)
            cell.text_frame.paragraphs[0].runs[0].font.size = Pt(24)
