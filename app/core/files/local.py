"""Blobs in a folder: the port's default.

Rules: a blob lies at `<two letters>/<two letters>/<key>`; it is written beside its place, flushed to the
disk and renamed into it, so that a crash leaves a whole blob or a leftover that the sweep removes.
"""

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from app.core.files.errors import Missing, StorageFull
from app.core.files.port import CHUNK, Blob, is_key, new_key

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_DRAFT = ".draft-"


class LocalFiles:
    """Blobs under one folder, which only this program writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, source: BinaryIO) -> Blob:
        key = new_key()
        with full_disk_said_kindly():
            size, sha256 = self._write(source, self._place(key))
        return Blob(key, size, sha256)

    def replace(self, key: str, source: BinaryIO) -> Blob:
        with full_disk_said_kindly():
            size, sha256 = self._write(source, self._place(key))
        return Blob(key, size, sha256)

    def open(self, key: str) -> BinaryIO:
        try:
            return self._place(key).open("rb")
        except FileNotFoundError as error:
            raise Missing(key) from error

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        with self.open(key) as blob:
            blob.seek(start)
            left = length if length is not None else self.size(key) - start
            while left > 0 and (piece := blob.read(min(CHUNK, left))):
                left -= len(piece)
                yield piece

    def size(self, key: str) -> int:
        try:
            return self._place(key).stat().st_size
        except FileNotFoundError as error:
            raise Missing(key) from error

    def exists(self, key: str) -> bool:
        return is_key(key) and self._place(key).is_file()

    def delete(self, key: str) -> None:
        self._place(key).unlink(missing_ok=True)

    def keys_older_than(self, seconds: float) -> Iterator[str]:
        before = time.time() - seconds
        for path in self.folder.glob("*/*/*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime >= before:
                    continue
                if path.name.startswith(_DRAFT):
                    path.unlink()
                elif is_key(path.name):
                    yield path.name

    def healthy(self) -> bool:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder) as probe:
                probe.write(b"x")
                probe.flush()
        except OSError:
            return False
        return True

    def _place(self, key: str) -> Path:
        if not is_key(key):
            raise Missing(key)
        return self.folder / key[:2] / key[2:4] / key

    def _write(self, source: BinaryIO, place: Path) -> tuple[int, str]:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=_DRAFT, dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as target:
                size, sha256 = _copy(source, target)
                target.flush()
                os.fsync(target.fileno())
            Path(draft).rename(place)
            _sync_folder(place.parent)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        return size, sha256


@contextmanager
def full_disk_said_kindly() -> Iterator[None]:
    """Turns the system's "no space left" into StorageFull."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull from error
        raise


def _copy(source: BinaryIO, target: BinaryIO) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(CHUNK):
        digest.update(piece)
        size += len(piece)
        target.write(piece)
    return size, digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    # The rename itself must survive a power cut, not only the bytes.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
