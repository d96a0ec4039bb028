"""Each file is real: it opens with its own library and holds its text."""

import re
import zlib
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from app.demo.content import SLUGS, FileSpec, read_script
from app.demo.files import MEDIA_TYPES, make, make_portrait

SPECS = [spec for slug in SLUGS for spec in read_script(slug).files.values()]


def of(*endings: str) -> Any:
    specs = [spec for spec in SPECS if spec.ending in endings]
    return pytest.mark.parametrize("spec", specs, ids=[spec.key for spec in specs])


def test_there_is_one_of_every_kind():
    assert {spec.ending for spec in SPECS} == set(MEDIA_TYPES)
    assert len(SPECS) >= 40


@of("docx")
def test_a_document_opens(spec: FileSpec):
    document = Document(BytesIO(make(spec)))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert spec.make["title"] in words
    for kind, content in spec.make["blocks"]:
        if kind in ("h", "p"):
            assert content in words
        if kind == "cards":
            assert content[0] in cells


@of("pptx")
def test_slides_open(spec: FileSpec):
    show = Presentation(BytesIO(make(spec)))
    words = [shape.text_frame.text for slide in show.slides for shape in slide.shapes if shape.has_text_frame]
    assert len(show.slides) == len(spec.make["slides"]) + 1
    assert {slide["title"] for slide in spec.make["slides"]} <= set(words)


@of("xlsx")
def test_a_sheet_opens_with_its_formulas(spec: FileSpec):
    book = load_workbook(BytesIO(make(spec)))
    assert book.sheetnames == [sheet["name"] for sheet in spec.make["sheets"]]
    for sheet in spec.make["sheets"]:
        rows = [[cell.value for cell in row] for row in book[sheet["name"]].iter_rows()]
        first = [value for value in sheet["rows"][0] if value != ""]
        assert [value for value in rows[0] if value is not None] == first


@of("pdf")
def test_pages_open_and_say_their_title(spec: FileSpec):
    data = make(spec)
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    texts = [
        zlib.decompressobj().decompress(stream)
        for stream in re.findall(rb"FlateDecode.*?stream\r?\n(.*?)endstream", data, re.DOTALL)
    ]
    first_word = str(spec.make["title"]).split()[0].strip("−,:").encode("latin-1", "ignore")
    assert any(first_word in text for text in texts)


@of("jpg", "png")
def test_a_picture_opens_and_is_described(spec: FileSpec):
    with Image.open(BytesIO(make(spec))) as image:
        image.load()
        assert min(image.size) >= 400
        colours = image.convert("RGB").resize((40, 30)).getcolors(1200)
        assert colours is not None
        assert len(colours) > 20
    assert len(spec.alt) > 30


@pytest.mark.parametrize("ending", sorted(MEDIA_TYPES))
def test_the_same_file_is_made_twice(ending: str):
    spec = next(spec for spec in SPECS if spec.ending == ending)
    assert make(spec) == make(spec)


def test_a_portrait_is_a_square_of_its_own():
    with Image.open(BytesIO(make_portrait("lena"))) as image:
        assert image.size == (256, 256)
    assert make_portrait("lena") == make_portrait("lena") != make_portrait("tomas")
