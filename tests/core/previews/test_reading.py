"""What is read in real files, and what is said of those that cannot be read."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage

from app.core import previews
from app.core.db import db
from app.core.drain import drain_all
from app.core.files import files
from app.core.files.models import StoredFile
from tests.core.previews import samples


def kept(content: bytes, name: str) -> StoredFile:
    """An upload, after the worker was there."""
    stored = files.receive(
        FileStorage(BytesIO(content), filename=name), scope="test", network_id=1, uploader_id=1
    )
    assert stored.reading == "waiting"
    previews.catch_up()
    db.session.refresh(stored)
    return stored


def told(stored: StoredFile) -> list[tuple[int, str, str]]:
    return [(text.number, text.unit, text.title) for text in stored.texts]


def test_a_pdf_by_its_pages(in_app: Flask) -> None:
    stored = kept(samples.pdf(["First median", "Second quartile"]), "plan.pdf")
    assert stored.reading == "read"
    assert told(stored) == [(1, "page", "First median"), (2, "page", "Second quartile")]
    assert all(text.picture_key and text.width == 1000 for text in stored.texts)
    assert stored.thumb_key


def test_a_document_by_its_headings(in_app: Flask) -> None:
    stored = kept(samples.word(), "plan.docx")
    assert told(stored) == [(1, "part", "Box plots"), (2, "part", "Exit slip")]
    first, second = stored.texts
    assert first.blocks == [
        ["h", "Box plots"],
        ["p", "The median cuts the data in two."],
        ["li", "quartile"],
    ]
    assert ["table", [["grade", "tries"], ["6", "41"]]] in second.blocks
    assert (second.picture_key is not None, second.width, second.height) == (True, 400, 300)


def test_slides_with_what_the_speaker_notes(in_app: Flask) -> None:
    stored = kept(samples.slides(), "talk.pptx")
    assert told(stored) == [(number, "slide", f"Step {number}") for number in (1, 2, 3)]
    assert stored.texts[2].blocks == [
        ["h", "Step 3"],
        ["li", "Notice 3"],
        ["li", "Wonder 3"],
        ["note", "Give time 3"],
    ]
    assert stored.texts[0].picture_key


def test_sheets_with_a_formula_where_no_value_is_kept(in_app: Flask) -> None:
    stored = kept(samples.sheets(), "tries.xlsx")
    assert told(stored) == [(1, "sheet", "Tries"), (2, "sheet", "Notes")]
    assert stored.texts[0].blocks == [["table", [["grade", "tries", "twice"], ["6", "41.5", "=B2*2"]]]]


@pytest.mark.parametrize(
    ("content", "name", "unit", "word"),
    [
        (samples.odt(), "plan.odt", "part", "rhombus"),
        (samples.ods(), "solids.ods", "sheet", "prism"),
        (samples.odp(), "talk.odp", "slide", "trapezoid"),
        ("grade;tries\n6;½".encode("cp1252"), "tries.csv", "sheet", "½"),
        ("one\n\nrhombus".encode("utf-16"), "notes.txt", "part", "rhombus"),
    ],
)
def test_the_other_kinds(in_app: Flask, content: bytes, name: str, unit: str, word: str) -> None:
    stored = kept(content, name)
    assert stored.reading == "read"
    assert stored.texts[0].unit == unit
    assert word in stored.texts[0].text


def test_documents_with_macros_are_read_and_say_so(in_app: Flask) -> None:
    macros = samples.with_part(samples.word(), "word/vbaProject.bin", b"\x00" * 10)
    stored = kept(macros, "plan.docm")
    assert (stored.reading, stored.has_macros) == ("read", True)


@pytest.mark.parametrize(
    ("content", "name", "state"),
    [
        (samples.pdf(["secret"], password="opens it"), "locked.pdf", "locked"),
        (samples.locked_office(), "locked.docx", "locked"),
        (samples.locked_office(), "locked.xlsx", "locked"),
        (samples.pdf(["words " * 400])[:400], "cut.pdf", "damaged"),
        (b"%PDF-1.7\n" + b"\x00" * 500, "nothing.pdf", "damaged"),
        (samples.with_part(samples.word(), "word/document.xml", samples.BOMB), "bomb.docx", "damaged"),
        (samples.with_part(samples.slides(), "ppt/presentation.xml", samples.BOMB), "bomb.pptx", "damaged"),
        (samples.with_part(samples.sheets(), "xl/workbook.xml", samples.BOMB), "bomb.xlsx", "damaged"),
        (samples.with_part(samples.word(), "word/document.xml", b"<w:document"), "cut.docx", "damaged"),
        (samples.with_part(samples.slides(), "ppt/slides/slide1.xml", b"x"), "cut.pptx", "damaged"),
        (samples.with_part(samples.sheets(), "xl/worksheets/sheet1.xml", b"<x"), "cut.xlsx", "damaged"),
        (samples.odt("<text:p>"), "cut.odt", "damaged"),
        (samples.pdf([""]), "empty.pdf", "empty"),
    ],
)
def test_what_cannot_be_read_says_why_and_is_kept(
    in_app: Flask, content: bytes, name: str, state: str
) -> None:
    stored = kept(content, name)
    assert stored.reading == state
    assert not any(text.text for text in stored.texts)
    with files.open(stored.key) as blob:
        assert blob.read() == content


def test_a_picture_of_too_many_pixels_in_a_document_is_passed_over(in_app: Flask) -> None:
    out = BytesIO()
    Image.new("1", (40_000, 30_000)).save(out, "PNG")
    document = samples.word()
    stored = kept(samples.with_part(document, "word/media/image1.png", out.getvalue()), "wall.docx")
    assert stored.reading == "read"
    assert not any(text.picture_key for text in stored.texts)


def test_long_ones_are_cut_and_say_so(in_app: Flask) -> None:
    rows = "\n".join(f"{number},word" for number in range(3_000))
    stored = kept(rows.encode(), "long.csv")
    assert stored.is_cut
    assert len(stored.texts[0].blocks[0][1]) == 100
    assert len(stored.texts[0].text) <= 20_000


def test_removing_a_file_removes_its_pages(in_app: Flask) -> None:
    stored = kept(samples.pdf(["one", "two"]), "plan.pdf")
    folder = Path(in_app.config["FILES_DIR"])
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 4
    files.delete(stored.key)
    drain_all()
    assert not [path for path in folder.rglob("*") if path.is_file()]
