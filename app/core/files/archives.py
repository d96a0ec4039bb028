"""Office files, which are zip archives: checked without unpacking them, but for the part that is the text.

Rules: the table of contents is measured before it is read (a small file can list half a million entries);
entries, their total and their ratio are bounded; encrypted entries and entries outside the archive are
refused; macros make it a kind of its own. A document that a password locks is no zip but an OLE file. Whoever
unpacks one later still reads it with a limit: the sizes in a zip are its author's word.
"""

import struct
import zipfile
import zlib
from typing import BinaryIO

from flask_babel import gettext as _

from app.core.files.errors import Refused
from app.core.files.kinds import BY_ENDING, KINDS, OFFICE, FileKind

MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 150
_MOST_READ = 20 * 1024 * 1024
"""Bytes of the main part that are read to see whether it is whole."""
_RATIO_FROM = 20 * 1024 * 1024
_MOST_CONTENTS = 2 * 1024 * 1024
_END, _END64 = b"PK\x05\x06", b"PK\x06\x07"
_MACROS = "vbaproject.bin"
_CONTENTS = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    OSError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)


def office_kind(source: BinaryIO) -> FileKind:
    """The kind of an Office archive. Raises Refused for any other archive, and for a dangerous one."""
    _measure_contents(source)
    try:
        source.seek(0)
        with zipfile.ZipFile(source) as archive:
            _check_entries(archive.infolist())
            kind = _kind_of(archive)
            if kind is not None:
                _read_through(archive, kind.part)
    except _UNREADABLE as error:
        if isinstance(error, Refused):
            raise
        raise _broken() from error
    if kind is None:
        raise Refused(_("Archives are not taken. Please add the files in it one by one."))
    return kind


def locked_kind(source: BinaryIO, ending: str) -> FileKind:
    """The kind that its name gives to a document locked with a password. Raises Refused for other OLE."""
    kind = BY_ENDING.get(ending)
    if kind is not None and kind.family == OFFICE and _holds(source, _LOCKED):
        return kind
    raise Refused(_("Older Office files are not taken. Saving it in today's format helps."))


def _holds(source: BinaryIO, words: bytes) -> bool:
    source.seek(0)
    end = b""
    while piece := source.read(1024 * 1024):
        if words in end + piece:
            return True
        end = piece[-len(words) :]
    return False


def _measure_contents(source: BinaryIO) -> None:
    source.seek(0, 2)
    size = source.tell()
    source.seek(max(0, size - 65_557))
    tail = source.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise _broken()
    entries, length = struct.unpack("<HL", tail[at + 10 : at + 16])
    if _END64 in tail[max(0, at - 20) : at] or entries > MOST_ENTRIES or length > _MOST_CONTENTS:
        raise _too_much()


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise _too_much()
    if unpacked > _RATIO_FROM and unpacked / packed > MOST_RATIO:
        raise _too_much()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Refused(_("This file is locked with a password, so that nobody else could open it."))
        if entry.filename.startswith("/") or ".." in entry.filename.split("/"):
            raise _broken()


def _kind_of(archive: zipfile.ZipFile) -> FileKind | None:
    names = set(archive.namelist())
    declared = ""
    if "mimetype" in names:
        with archive.open("mimetype") as entry:
            declared = entry.read(100).decode("ascii", "replace").strip()
    macros = _CONTENTS in names and _has_macros(archive)
    for kind in (kind for kind in KINDS if kind.family == OFFICE and kind.part in names):
        if declared == kind.media_type:
            return kind
        if not declared and _CONTENTS in names and kind.has_macros == macros:
            return kind
    return None


def _has_macros(archive: zipfile.ZipFile) -> bool:
    if any(name.lower().endswith(_MACROS) for name in archive.namelist()):
        return True
    with archive.open(_CONTENTS) as entry:
        return b"macroenabled" in entry.read(_MOST_CONTENTS).lower()


def _read_through(archive: zipfile.ZipFile, part: str) -> None:
    """To its end, where the checksum is compared; of a very long one only the beginning."""
    with archive.open(part) as entry:
        left = _MOST_READ
        while left > 0 and (piece := entry.read(64 * 1024)):
            left -= len(piece)


def _broken() -> Refused:
    return Refused(_("This file seems damaged: it could not be read. Saving it again often helps."))


def _too_much() -> Refused:
    return Refused(_("This file unpacks to far more than it seems to hold, so it was not taken."))
