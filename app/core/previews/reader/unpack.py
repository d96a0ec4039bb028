"""An archive of somebody's files, taken apart: each plain file lies in the folder under a number.

Rules: names are never paths; sizes are counted while they are read, not believed; archives inside the
archive, links, what a password locks and packing that cannot be read piece by piece stay out; what systems
leave behind (thumbnails) is passed over. The finding says what was `taken` (names, in the order of the
numbers) and what was `refused` (with why).
"""

import errno
import stat
import zipfile
import zlib
from pathlib import Path
from typing import Any

from app.core.previews.reader import bounds
from app.core.previews.reader.archive import PACKINGS
from app.core.previews.reader.finding import Damaged, TooMuch

_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".imscc"})
_JUNK = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError)
_UTF8 = 0x800
_PIECE = 64 * 1024


class Taken:
    """What came out so far: the names, what was refused, and the bytes of all together."""

    def __init__(self, folder: Path, most_files: int, most_each: int) -> None:
        self.folder, self.most_files, self.most_each = folder, most_files, most_each
        self.names: list[str] = []
        self.refused: list[tuple[str, str]] = []
        self.size, self.packed = 0, 1


def unpack(source: Path, folder: Path, most_files: int, most_each: int) -> dict[str, Any]:
    """Everything that may be taken; `most_each` in bytes. Raises Damaged, TooMuch."""
    taken = Taken(folder, most_files, most_each)
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            if len(entries) > bounds.ENTRIES:
                raise TooMuch
            for entry in entries:
                _take(archive, entry, taken)
    except _BROKEN as error:
        raise Damaged from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return {"state": "full"}
        raise Damaged from error
    return {"state": "read", "taken": taken.names, "refused": taken.refused}


def _take(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, taken: Taken) -> None:
    parts = _path(entry).replace("\\", "/").split("/")
    if entry.is_dir() or _is_junk(parts):
        return
    if reason := _why_not(entry, parts[-1], taken):
        taken.refused.append((parts[-1], reason))
        return
    taken.packed += entry.compress_size
    size = 0
    with archive.open(entry) as inside, (taken.folder / str(len(taken.names))).open("xb") as target:
        while piece := inside.read(_PIECE):
            size += len(piece)
            taken.size += len(piece)
            if size > taken.most_each or _swells(taken):
                raise TooMuch
            target.write(piece)
    taken.names.append(parts[-1])


def _swells(taken: Taken) -> bool:
    over = taken.size > bounds.RATIO_FROM and taken.size / taken.packed > bounds.RATIO
    return over or taken.size > bounds.UNPACKED


def _why_not(entry: zipfile.ZipInfo, name: str, taken: Taken) -> str:
    if entry.flag_bits & 0x1:
        return "locked"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "link"
    if entry.compress_type not in PACKINGS:
        return "packing"
    if Path(name).suffix.lower() in _ARCHIVES:
        return "archive"
    if entry.file_size > taken.most_each:
        return "large"
    return "many" if len(taken.names) >= taken.most_files else ""


def _path(entry: zipfile.ZipInfo) -> str:
    """Its name in the letters that were meant: older programs write UTF-8 without saying so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _is_junk(parts: list[str]) -> bool:
    return "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1].lower() in _JUNK or not parts[-1]
