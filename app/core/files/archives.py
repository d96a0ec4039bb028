"""Office files, which are zip archives: what kind each is, told without unpacking it.

Rules: what is not whole, locked with a password or unpacks to far too much is kept all the same where its
parts say what it is: the reader says later, in its own process, why there is nothing to see. Other archives
are refused, and so are entries outside the archive, macros that the name does not say and packing that no
office program uses (of some, one byte asked for unpacks everything). The table of contents is measured before
it is read (a small file can list half a million entries); where it cannot be used the names before the parts
tell the kind. A document that a password locks is no zip but an OLE file.
Neighbours: `core.previews.reader.archive` looks again, and finds out what is wrong.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import BinaryIO

from flask_babel import gettext as _

from app.core.files.errors import Refused
from app.core.files.kinds import BY_ENDING, KINDS, OFFICE, FileKind

MOST_ENTRIES = 5_000
_MOST_CONTENTS = MOST_ENTRIES * 150
_MOST_BESIDE = 1_024
"""Bytes of the fields beside one name; `zipfile` takes them apart in the square of their length."""
_MOST_DECLARED = 2 * 1024 * 1024
_LONGEST_NAME = 300
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOOKED_THROUGH = 4 * 1024 * 1024
"""Bytes of a broken archive in which names of parts are looked for."""
_LINE, _END, _END64 = b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x07"
_ENTRY = struct.Struct("<4s24xHHH12x")
"""One line of the table of contents: how it begins, and how long its name, fields and remark are."""
_PART = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_MACROS = "vbaproject.bin"
_CONTENTS = "[Content_Types].xml"
_OF_ANY = frozenset({_CONTENTS, "_rels", "docProps"})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    OSError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)


def _folder(kind: FileKind) -> str:
    """Where the parts of this kind lie."""
    return kind.part.partition("/")[0]


_FOLDERS = frozenset(_folder(kind) for kind in KINDS if kind.family == OFFICE)


def office_kind(source: BinaryIO, ending: str) -> FileKind:
    """The kind of an Office archive, whole or not; `ending` is its name's. Raises Refused for any other."""
    kind = _by_contents(source) if has_contents(source) else None
    kind = kind or _by_parts(source, BY_ENDING.get(ending))
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


def has_contents(source: BinaryIO) -> bool:
    """Whether there is a table of contents of a size that a web process may read."""
    source.seek(0, 2)
    size = source.tell()
    source.seek(max(0, size - 65_557))
    tail = source.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22 or _END64 in tail[max(0, at - 20) : at]:
        return False
    _entries, length = struct.unpack("<HL", tail[at + 10 : at + 16])
    start = size - len(tail) + at - length
    if length > _MOST_CONTENTS or start < 0:
        return False
    source.seek(start)
    return _is_modest(source.read(length))


def _is_modest(contents: bytes) -> bool:
    """Whether the table itself lists no more than we read; how many it says is not believed."""
    at = 0
    for _entry in range(MOST_ENTRIES):
        if at >= len(contents):
            return at == len(contents)
        if at + _ENTRY.size > len(contents):
            return False
        mark, name, beside, remark = _ENTRY.unpack_from(contents, at)
        if mark != _LINE or beside > _MOST_BESIDE:
            return False
        at += _ENTRY.size + name + beside + remark
    return at == len(contents)


def _by_contents(source: BinaryIO) -> FileKind | None:
    """By the table of contents; None where it cannot be read or names no kind of ours."""
    try:
        source.seek(0)
        with zipfile.ZipFile(source) as archive:
            _insist_on_inside(archive.namelist())
            _insist_on_packing(archive)
            return _kind_of(archive)
    except UNREADABLE as error:
        if isinstance(error, Refused):
            raise
        return None


def _insist_on_inside(names: Iterable[str]) -> None:
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise Refused(_("This file seems damaged: it could not be read. Saving it again often helps."))


def _insist_on_packing(archive: zipfile.ZipFile) -> None:
    if any(entry.compress_type not in PACKINGS for entry in archive.infolist()):
        raise Refused(
            _("This file is packed in a way that office programs do not use. Saving it again helps.")
        )


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
        return b"macroenabled" in entry.read(_MOST_DECLARED).lower()


def _by_parts(source: BinaryIO, named: FileKind | None) -> FileKind | None:
    """The kind that the name says, where every part that can be seen is one of such a file."""
    if named is None or named.family != OFFICE:
        return None
    source.seek(0)
    seen = _names_in(source.read(_LOOKED_THROUGH))
    _insist_on_inside(seen)
    if any(name.lower().endswith(_MACROS) for name in seen) and not named.has_macros:
        raise Refused(
            _("This file contains macros, which its name does not say. Saving it without them helps.")
        )
    if named.part == "content.xml":
        said = seen.get("mimetype", "")
        fits = said.startswith(named.media_type) and not said.startswith(f"{named.media_type}-")
    else:
        folders = {name.partition("/")[0] for name in seen}
        fits = bool(folders & {_folder(named), *_OF_ANY}) and not folders & (_FOLDERS - {_folder(named)})
    return named if fits else None


def _names_in(data: bytes) -> dict[str, str]:
    """The names before the parts of an archive, each with the first letters behind it."""
    found: dict[str, str] = {}
    at = 0
    for _entry in range(MOST_ENTRIES):
        if (match := _PART.search(data, at)) is None:
            break
        length = int.from_bytes(match[1], "little")
        if length > _LONGEST_NAME:
            at = match.end()
            continue
        at = match.end() + length
        name = data[match.end() : at].decode("utf-8", "replace")
        found.setdefault(name, data[at : at + 100].decode("latin-1"))
    return found
