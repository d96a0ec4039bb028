"""Real files, written by the libraries that write them everywhere, and hostile ones made of them."""

import zipfile
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pptx
from fpdf import FPDF

from tests.core.files.samples import archive, picture

BOMB = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><w>&d;&d;&d;&d;</w>"""


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(pages: list[str], password: str = "", author: str = "") -> bytes:
    made = FPDF()
    made.set_font("Helvetica", size=14)
    made.set_author(author)
    if password:
        made.set_encryption(owner_password="owner", user_password=password)
    for words in pages:
        made.add_page()
        made.multi_cell(0, 8, words)
    return bytes(made.output())


def word(author: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    document.add_heading("Box plots", 1)
    document.add_paragraph("The median cuts the data in two.")
    document.add_paragraph("quartile", style="List Bullet")
    document.add_heading("Exit slip", 1)
    table = document.add_table(2, 2)
    for place, cell in enumerate(("grade", "tries", "6", "41")):
        table.cell(place // 2, place % 2).text = cell
    document.add_picture(BytesIO(picture("PNG", (400, 300))))
    return saved(document)


def slides(count: int = 3) -> bytes:
    show = pptx.Presentation()
    for number in range(1, count + 1):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = f"Step {number}"
        slide.placeholders[1].text = f"Notice {number}\nWonder {number}"
        slide.notes_slide.notes_text_frame.text = f"Give time {number}"
    show.slides[0].shapes.add_picture(BytesIO(picture("PNG", (400, 300))), 0, 0)
    return saved(show)


def sheets() -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Tries"
    first.append(["grade", "tries", "twice"])
    first.append([6, 41.5, "=B2*2"])
    book.create_sheet("Notes").append(["hexagon"])
    return saved(book)


def odt(paragraphs: str = "<text:p>rhombus</text:p>") -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = f"""<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0"
    xmlns:text="{names}:text:1.0" xmlns:table="{names}:table:1.0"><office:body><office:text>
    <text:h text:outline-level="1">Angles</text:h>{paragraphs}</office:text>
    </office:body></office:document-content>"""
    return archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def ods() -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    row = "<table:table-cell><text:p>prism</text:p></table:table-cell>"
    row += '<table:table-cell table:number-columns-repeated="99999999"/>'
    content = f"""<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0"
    xmlns:text="{names}:text:1.0" xmlns:table="{names}:table:1.0"><office:body><office:spreadsheet>
    <table:table table:name="Solids"><table:table-row>{row}</table:table-row></table:table>
    </office:spreadsheet></office:body></office:document-content>"""
    return archive(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}
    )


def odp() -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = f"""<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0"
    xmlns:text="{names}:text:1.0" xmlns:draw="{names}:drawing:1.0"><office:body><office:presentation>
    <draw:page><draw:frame><draw:text-box><text:p>Warm-up</text:p><text:p>trapezoid</text:p></draw:text-box></draw:frame>
    </draw:page></office:presentation></office:body></office:document-content>"""
    return archive(
        {"mimetype": b"application/vnd.oasis.opendocument.presentation", "content.xml": content.encode()}
    )


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """An archive with one part put in or exchanged."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return out.getvalue()


def locked_office() -> bytes:
    """What Word leaves of a document with a password: an OLE file."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
    return head + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 2_000
