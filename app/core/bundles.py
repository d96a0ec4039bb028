"""Bundles: archives of many files, written where they are kept or while they are being sent.

Rules: an entry is written piece by piece, so that no size matters; what is sent is kept nowhere, on no disk.
Neighbours: `personal` says what lies in a person's own; `accounts` builds and sends it.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from app.core import clock
from app.core.personal import Value

PIECE = 64 * 1024


def write(archive: IO[bytes], entries: Iterable[tuple[str, Value]]) -> None:
    """Put every entry, a path and what it holds, into a new archive."""
    for _piece in _written(archive, entries):
        pass


def sent(entries: Iterable[tuple[str, Value]]) -> Iterator[bytes]:
    """The bytes of an archive of these entries, as they come."""
    pipe = _Pipe()
    for _piece in _written(pipe, entries):
        yield pipe.taken()
    yield pipe.taken()


def entries_of(archive: IO[bytes]) -> Iterator[tuple[str, Value]]:
    """What an archive holds already, to be put into another one; closes it."""
    with archive, zipfile.ZipFile(archive) as bundle:
        for entry in bundle.infolist():
            with bundle.open(entry) as content:
                yield entry.filename, content


class _Pipe:
    """A file that can only be written, and from which what was written is taken."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._waiting.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here but for being taken."""

    def taken(self) -> bytes:
        said, self._waiting = b"".join(self._waiting), []
        return said


def _written(archive: Any, entries: Iterable[tuple[str, Value]]) -> Iterator[None]:
    """Write them, and stop for a moment after each piece."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path, value in entries:
            entry = zipfile.ZipInfo(path, clock.now().timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with bundle.open(entry, "w") as target:
                for piece in _pieces(value):
                    target.write(piece)
                    yield


def _pieces(value: Value) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, dict | list):
        yield json.dumps(value, ensure_ascii=False, indent=2, default=str).encode()
    else:
        with value() if callable(value) else value as source:
            while piece := source.read(PIECE):
                yield piece
