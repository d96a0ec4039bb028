"""Unpacking an archive that somebody uploaded: plain files into a folder of ours, one by one, within bounds.

Nouns: what is *taken* lies in the folder under a number, with the name that it had kept for people; what is
*refused* is named with the reason.
Rules: names are never paths; sizes are counted while they are read, not believed; archives inside the
archive, links and what a password locks stay out; what systems leave behind (thumbnails) is passed over.
Neighbours: each file that was taken still goes through `accept`, as any other upload.
"""

import stat
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from flask_babel import gettext as _

from app.core.files.archives import UNREADABLE, has_contents
from app.core.files.errors import Refused
from app.core.files.names import split_name
from app.core.files.port import CHUNK

MOST_RATIO = 150
_RATIO_FROM = 20 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
"""Bytes of all files of one archive."""
_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".imscc"})
_JUNK = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
_UTF8 = 0x800


@dataclass
class Unpacked:
    """`taken` are names with the files that hold their bytes, `refused` names with sentences."""

    taken: list[tuple[str, Path]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    size: int = 0


def is_archive(source: BinaryIO, name: str) -> bool:
    """Whether somebody means to send several files in one; an office file under its own name is none."""
    source.seek(0)
    head = source.read(4)
    source.seek(0)
    return head in (b"PK\x03\x04", b"PK\x05\x06") and split_name(name)[1] == ".zip"


def unpack(source: BinaryIO, folder: Path, *, most_files: int, most_each: int) -> Unpacked:
    """Everything that may be taken. Raises Refused for an archive that is broken, or a trap."""
    if not has_contents(source):
        raise _broken()
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            return _all_of(archive, folder, most_files, most_each)
    except UNREADABLE as error:
        if isinstance(error, Refused):
            raise
        raise _broken() from error


def _all_of(archive: zipfile.ZipFile, folder: Path, most_files: int, most_each: int) -> Unpacked:
    made, packed = Unpacked(), 1
    for entry in archive.infolist():
        path = _name(entry)
        if entry.is_dir() or _is_junk(path):
            continue
        name = path.replace("\\", "/").rsplit("/", 1)[-1]
        reason = _why_not(entry, name, most_each)
        if not reason and len(made.taken) >= most_files:
            reason = _("At most %(most)s files come out of one archive.", most=most_files)
        if reason:
            made.refused.append((name, reason))
            continue
        packed += entry.compress_size
        place = folder / str(len(made.taken))
        _copy(archive, entry, place, made, packed, most_each)
        made.taken.append((name, place))
    return made


def _copy(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path, made: Unpacked, packed: int, most_each: int
) -> None:
    """Counted as it comes: what an archive says of its sizes is its author's word."""
    size = 0
    with archive.open(entry) as inside, place.open("wb") as target:
        while piece := inside.read(CHUNK):
            size += len(piece)
            made.size += len(piece)
            over = made.size > _RATIO_FROM and made.size / packed > MOST_RATIO
            if size > most_each or made.size > MOST_UNPACKED or over:
                raise _too_much()
            target.write(piece)


def _why_not(entry: zipfile.ZipInfo, name: str, most_each: int) -> str:
    if entry.flag_bits & 0x1:
        return _("It is locked with a password.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _("It is only a link to another file.")
    if split_name(name)[1] in _ARCHIVES:
        return _("It is an archive inside the archive. Please unpack it first.")
    if entry.file_size > most_each:
        return _("It is larger than %(limit)s MB.", limit=most_each // (1024 * 1024))
    return ""


def _name(entry: zipfile.ZipInfo) -> str:
    """Its name in the letters that were meant: older programs write UTF-8 without saying so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _is_junk(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1].lower() in _JUNK or not parts[-1]


def _broken() -> Refused:
    return Refused(_("This archive could not be opened: it is damaged, or lists far too many files."))


def _too_much() -> Refused:
    return Refused(_("This file unpacks to far more than it seems to hold, so it was not taken."))
