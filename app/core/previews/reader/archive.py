"""Office archives before a library opens them: how far they unpack, and XML that declares entities."""

import zipfile
import zlib
from pathlib import Path

from app.core.previews.reader import bounds
from app.core.previews.reader.finding import Damaged, Finding, Locked, TooMuch

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARES = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_OVERLAP = 24
_PIECE = 1024 * 1024
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Of others `zipfile` unpacks far more at once than it is asked for; no office program writes them."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


def check(source: Path, finding: Finding) -> None:
    """Raises Locked, Damaged, TooMuch; says in the finding whether there are macros."""
    with source.open("rb") as file:
        if file.read(8) == _OLE:
            raise Locked
    try:
        with zipfile.ZipFile(source) as archive:
            _check_all(archive, finding)
    except _BROKEN as error:
        raise Damaged from error


def _check_all(archive: zipfile.ZipFile, finding: Finding) -> None:
    entries = archive.infolist()
    unpacked, packed = (
        sum(getattr(entry, size) for entry in entries) for size in ("file_size", "compress_size")
    )
    if len(entries) > bounds.ENTRIES or unpacked > bounds.UNPACKED:
        raise TooMuch
    if unpacked > bounds.RATIO_FROM and unpacked > packed * bounds.RATIO:
        raise TooMuch
    for entry in entries:
        name = entry.filename.lower()
        if entry.flag_bits & 1:
            raise Locked
        if entry.compress_type not in PACKINGS:
            raise Damaged
        if name.endswith("vbaproject.bin"):
            finding.has_macros = True
        if name.endswith((".xml", ".rels", ".vml")):
            _check_part(archive, entry)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No office program writes a document type; one is there to make a parser swell or fetch."""
    if entry.file_size > bounds.XML_PART:
        raise TooMuch
    end = b""
    with archive.open(entry) as part:
        while piece := part.read(_PIECE):
            if any(word in end + piece for word in _DECLARES):
                raise Damaged
            end = piece[-_OVERLAP:]
