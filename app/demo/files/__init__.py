"""The demo's attached files, made when the demo loads, so that none is kept in git.

`make(spec)` gives the bytes of one file, by the ending of its name: documents (DOCX),
slides (PPTX), sheets (XLSX), pages (PDF) and pictures (PNG, JPEG). `make_portrait(key)`
draws a member's picture. The same spec gives the same bytes on every machine: no clock,
no fonts of the system, and chance only from a seed.
"""

from collections.abc import Callable
from typing import Any

from app.demo.content import FileSpec
from app.demo.files.documents import make_document
from app.demo.files.pages import make_pages
from app.demo.files.pictures import make_picture
from app.demo.files.portraits import make_portrait
from app.demo.files.sheets import make_sheets
from app.demo.files.slides import make_slides

__all__ = ["MEDIA_TYPES", "make", "make_portrait"]

OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
}
MAKERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "docx": make_document,
    "pptx": make_slides,
    "xlsx": make_sheets,
    "pdf": make_pages,
    "png": lambda spec: make_picture(spec, "PNG"),
    "jpg": lambda spec: make_picture(spec, "JPEG"),
}


def make(spec: FileSpec) -> bytes:
    """The whole file as bytes."""
    return MAKERS[spec.ending](spec.make)
