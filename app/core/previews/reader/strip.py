"""A file written anew without the names of those who wrote it: office properties, comments' authors, PDF's
information, what cameras wrote into pictures. Its pages stay as they are.

Where it must not carry certain names at all, the outcome is looked through once more."""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium

from app.core.previews.reader import archive, pdf_names
from app.core.previews.reader.finding import Damaged, Finding
from app.core.previews.reader.office_names import is_dropped, without_names
from app.core.previews.reader.pages import opened
from app.core.previews.reader.picture_names import without_metadata
from app.core.previews.reader.still_named import still_named

_ID = re.compile(rb"/ID\s*\[[^\]]*\]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_XML = (".xml", ".rels", ".vml", ".rdf")
_INSIDE = (".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".pptm")
_UNREADABLE = ("vbaproject.bin", "vbadata.xml", ".ole", ".doc", ".xls", ".ppt")
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


class StillNamed(Exception):
    """It carries the name that it must not carry, or has something inside that cannot be looked through."""


def strip(media_type: str, source: Path, target: Path, names: Sequence[str] = ()) -> None:
    """Write the file without names to `target`; `names` must not be in it anywhere then.

    Raises Locked, Damaged, TooMuch, StillNamed.
    """
    if media_type == "application/pdf":
        _strip_pdf(source, target)
    elif media_type.startswith("application/vnd."):
        archive.check(source, Finding(target.parent))
        target.write_bytes(_strip_archive(source, closed=bool(names)))
    elif media_type.startswith("text/") and names:
        target.write_bytes(source.read_bytes())
    else:
        raise Damaged
    if still_named(target, names):
        raise StillNamed


def _strip_pdf(source: Path, target: Path) -> None:
    """Pages go over; the information beside them stays behind. Twice: what pages point at goes in between."""
    between = target.with_suffix(".between")
    _take_pages(source, between)
    between.write_bytes(pdf_names.blanked(between.read_bytes()))
    _take_pages(between, target)
    between.unlink()
    target.write_bytes(_ID.sub(lambda found: b" " * len(found[0]), target.read_bytes()))


def _take_pages(source: Path, target: Path) -> None:
    old = opened(source)
    new = pdfium.PdfDocument.new()
    new.import_pages(old)
    pdf_names.empty_comments(new)
    new.save(str(target))
    new.close()
    old.close()


def _strip_archive(source: Path | BytesIO, *, closed: bool, depth: int = 0) -> bytes:
    """`closed`: nothing may be in it that cannot be looked through."""
    out = BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if is_dropped(entry.filename):
                continue
            kept = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            kept.compress_type = entry.compress_type
            new.writestr(kept, _without_names(entry.filename, old.read(entry), closed, depth))
    return out.getvalue()


def _without_names(name: str, content: bytes, closed: bool, depth: int) -> bytes:
    low = name.lower()
    if name in _EMPTY:
        return _EMPTY[name]
    if low.endswith(_INSIDE) and depth < 1:
        return _inside(content, closed)
    if closed and (low.endswith((*_UNREADABLE, *_INSIDE)) or content.startswith(_OLE)):
        raise StillNamed
    if low.endswith(_XML) and content:
        return without_names(name, content)
    return without_metadata(content)


def _inside(content: bytes, closed: bool) -> bytes:
    """A document inside a document."""
    with TemporaryDirectory() as folder:
        inner = Path(folder) / "inner"
        inner.write_bytes(content)
        archive.check(inner, Finding(Path(folder)))
    return _strip_archive(BytesIO(content), closed=closed, depth=1)
