"""A file written anew without the names of those who wrote it: office properties, comments' authors, PDF's
information. Its pages stay as they are."""

import re
import zipfile
from pathlib import Path

import pypdfium2 as pdfium

from app.core.previews.reader import archive
from app.core.previews.reader.finding import Damaged, Finding
from app.core.previews.reader.pages import opened

_AUTHORED = re.compile(r"((word|ppt|xl)/.*|content)\.xml", re.IGNORECASE)
_NAMES = re.compile(rb'(\b(?:w:author|w:initials|w15:author|author|initials|userId|displayName)=")[^"]*(")')
_COMMENTS = re.compile(rb"(<author>)[^<]*(</author>)")
_PEOPLE = re.compile(rb'(<p:cmAuthor\b[^>]*?\bname=")[^"]*(")')
_CREATORS = re.compile(rb"(<dc:creator>)[^<]*(</dc:creator>)")
_EMPTY = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2">'
    b"<office:meta/></office:document-meta>",
}


def strip(media_type: str, source: Path, target: Path) -> None:
    """Write the file without names to `target`. Raises Locked, Damaged, TooMuch."""
    if media_type == "application/pdf":
        _strip_pdf(source, target)
    elif media_type.startswith("application/vnd."):
        _strip_archive(source, target)
    else:
        raise Damaged


def _strip_pdf(source: Path, target: Path) -> None:
    old = opened(source)
    new = pdfium.PdfDocument.new()
    # Pages go over; the information beside them stays behind.
    new.import_pages(old)
    new.save(str(target))
    new.close()
    old.close()


def _strip_archive(source: Path, target: Path) -> None:
    archive.check(source, Finding(target.parent))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            kept = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            kept.compress_type = entry.compress_type
            new.writestr(kept, _without_names(entry.filename, old.read(entry)))


def _without_names(name: str, content: bytes) -> bytes:
    if name in _EMPTY:
        return _EMPTY[name]
    if _AUTHORED.fullmatch(name):
        for names in (_NAMES, _COMMENTS, _PEOPLE, _CREATORS):
            content = names.sub(rb"\1\2", content)
    return content
