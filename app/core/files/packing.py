"""Packing: an archive made while it is sent, so that it lies nowhere and nobody waits for all of it.

Nouns: an *entry* is a path inside the archive and its bytes in pieces; the next entry is asked for only when
the one before was taken. Nothing is compressed: most of what people upload is already.
Rules: paths are made of `safe_name`s, which every system can write; the caller has checked each entry when
it hands it over.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator

from app.core import clock
from app.core.files.names import split_name

LONGEST = 80
"""Letters of one name: folders and their files stay below the shortest limit that a system has."""
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_TAKEN = re.compile(r"(con|conin\$|conout\$|prn|aux|nul|(com|lpt)[\d¹²³])\s*(\.|$)", re.IGNORECASE)

Entry = tuple[str, Iterable[bytes]]


class _Sink:
    """What the archive writes to: it keeps what was written until it is taken, and cannot go back."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def take(self) -> bytes:
        taken, self.written = b"".join(self.written), []
        return taken


def packed(entries: Iterable[Entry], *, smaller: bool = False) -> Iterator[bytes]:
    """The bytes of a zip archive of these entries, in pieces; `smaller`: compressed."""
    sink, moment = _Sink(), clock.now().timetuple()[:6]
    with zipfile.ZipFile(sink, "w") as archive:  # type: ignore[call-overload]
        for path, pieces in entries:
            info = zipfile.ZipInfo(path, moment)
            info.compress_type = zipfile.ZIP_DEFLATED if smaller else zipfile.ZIP_STORED
            with archive.open(info, "w") as entry:
                for piece in pieces:
                    entry.write(piece)
                    yield sink.take()
    yield sink.take()


def safe_name(given: str, fallback: str = "file") -> str:
    """A name for a folder or a file that any system can write; never a path."""
    name = _UNSAFE.sub(" ", unicodedata.normalize("NFC", given))
    name = re.sub(r"\s+", " ", name).strip(" .")
    stem, ending = split_name(name)
    name = stem[: LONGEST - len(ending)].rstrip(" .") + ending
    return f"_{name}" if _TAKEN.match(name) else name or fallback


def apart(name: str, taken: set[str]) -> str:
    """`name`, or the same with a number where there is one already in whatever case; it is taken then."""
    stem, ending = split_name(name)
    chosen, number = name, 1
    while chosen.casefold() in taken:
        number += 1
        chosen = f"{stem} ({number}){ending}"
    taken.add(chosen.casefold())
    return chosen
