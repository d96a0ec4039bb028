"""The port: what a place for bytes must be able to do, whichever place it is.

Nouns: a *key* is 160 random bits, url-safe; it says nothing about what it leads to. A *blob* is the bytes.
Rules: a blob is written once, and only ever replaced as a whole; it is there whole or not at all; keys are
made here and never by a person, and names of people's files are never part of an address.
Neighbours: `local` keeps blobs in a folder; an object store fits behind the same verbs.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

CHUNK = 64 * 1024
_KEY = re.compile(r"[A-Za-z0-9_-]{27}")


@dataclass(frozen=True)
class Blob:
    """What was stored: key, size in bytes, SHA-256 in hex."""

    key: str
    size: int
    sha256: str


class Store(Protocol):
    """A place for blobs. `key` arguments that are no keys raise Missing."""

    def put(self, source: BinaryIO) -> Blob:
        """Store everything that `source` still has, durably. Raises StorageFull and leaves nothing behind."""

    def replace(self, key: str, source: BinaryIO) -> Blob:
        """Put other bytes in the blob's place, at once or not at all; who reads the old ones finishes."""

    def open(self, key: str) -> BinaryIO:
        """The blob, seekable, to be closed by the caller. Raises Missing."""

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` in pieces, opened when the first is asked for. Raises Missing."""

    def size(self, key: str) -> int:
        """Bytes. Raises Missing."""

    def exists(self, key: str) -> bool: ...

    def delete(self, key: str) -> None:
        """Remove the blob; gone already is fine."""

    def keys_older_than(self, seconds: float) -> Iterator[str]:
        """Keys of blobs stored longer ago than that, for the sweep."""

    def healthy(self) -> bool:
        """Whether a blob could be written now."""


def new_key() -> str:
    return secrets.token_urlsafe(20)


def is_key(word: str) -> bool:
    return _KEY.fullmatch(word) is not None
