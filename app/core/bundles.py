"""Bundles: archives of many files, written where they are kept or while they are being sent.

Rules: an entry is written piece by piece, so that no size matters; what is sent is kept nowhere, on no disk.
Neighbours: `personal` says what lies in a person's own; `accounts` builds and sends it.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from app.core.files.packing import packed
from app.core.personal import Value

PIECE = 64 * 1024


def write(archive: IO[bytes], entries: Iterable[tuple[str, Value]]) -> None:
    """Put every entry, a path and what it holds, into a new archive."""
    for piece in sent(entries):
        archive.write(piece)


def sent(entries: Iterable[tuple[str, Value]]) -> Iterator[bytes]:
    """The bytes of an archive of these entries, as they come."""
    return packed(((path, _pieces(value)) for path, value in entries), smaller=True)


def entries_of(archive: IO[bytes]) -> Iterator[tuple[str, Value]]:
    """What an archive holds already, to be put into another one; closes it."""
    with archive, zipfile.ZipFile(archive) as bundle:
        for entry in bundle.infolist():
            with bundle.open(entry) as content:
                yield entry.filename, content


def _pieces(value: Value) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, dict | list):
        yield json.dumps(value, ensure_ascii=False, indent=2, default=str).encode()
    else:
        with value() if callable(value) else value as source:
            while piece := source.read(PIECE):
                yield piece
