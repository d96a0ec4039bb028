"""The virus scanner, where the operator has one: clamd, asked by its INSTREAM command.

Rules: an upload stays in quarantine, opened by nobody, until the scanner called it clean; what it did not
like is refused for good and its bytes go. A scanner that does not answer keeps everything waiting, and
`/readyz` says so; nothing is lost.
"""

import socket
import struct
from datetime import timedelta
from typing import BinaryIO
from urllib.parse import urlsplit

import structlog
from flask import current_app
from sqlalchemy import ColumnElement, or_, select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.files import Missing, files
from app.core.files.events import BlobsUnused, FileRead
from app.core.files.models import StoredFile
from app.core.health import check
from app.core.previews.turns import next_in_turn

PIECE = 64 * 1024
TIMEOUT = 60.0
AGAIN = timedelta(seconds=30)
"""How long after a scanner that did not answer a file is tried again."""
LEASE = timedelta(minutes=3)
log = structlog.get_logger()


class ScannerDown(OSError):
    """The scanner cannot be asked, or gave no answer."""


def scan(address: str, source: BinaryIO) -> bool:
    """Whether the scanner calls this clean. `address` is `tcp://host:port` or `unix:///socket`."""
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := source.read(PIECE):
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            said = _line(line)
    except OSError as error:
        raise ScannerDown from error
    if said.endswith(b"FOUND"):
        return False
    if said == b"stream: OK":
        return True
    raise ScannerDown(said[:80])


def ping(address: str) -> bool:
    """Whether somebody answers there."""
    with _connected(address) as line:
        line.sendall(b"zPING\0")
        return _line(line) == b"PONG"


def scan_next() -> bool:
    """Scan the upload whose turn it is; whether there was one."""
    address = current_app.config.get("CLAMD_URL")
    stored = _take() if _any_waits() else None
    if stored is None:
        return False
    file_id, key = stored.id, stored.key
    db.session.commit()
    try:
        with files.open(key) as source:
            clean = scan(address, source) if address else True
    except Missing:
        clean = False
    except ScannerDown:
        log.warning("scanner_down")
        _put_back(file_id)
        return False
    _settle(file_id, clean)
    return True


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TIMEOUT)
        line.connect(parts.path)
        return line
    return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), timeout=TIMEOUT)


def _line(line: socket.socket) -> bytes:
    said = b""
    while b"\0" not in said and len(said) < 4_096 and (piece := line.recv(1_024)):
        said += piece
    return said.split(b"\0")[0].strip()


def _any_waits() -> bool:
    return db.session.scalar(select(StoredFile.id).where(*_due()).limit(1)) is not None


def _due() -> tuple[ColumnElement[bool], ...]:
    free = or_(StoredFile.read_at.is_(None), StoredFile.read_at < clock.now() - LEASE)
    return StoredFile.state == "quarantined", free


@command
def _take() -> StoredFile | None:
    stored = next_in_turn(*_due())
    if stored is not None:
        stored.read_at = clock.now()
    return stored


@command
def _put_back(file_id: int) -> None:
    stored = db.session.get(StoredFile, file_id)
    if stored is not None:
        stored.read_at = clock.now() - LEASE + AGAIN


@command
def _settle(file_id: int, clean: bool) -> None:
    stored = db.session.get(StoredFile, file_id)
    if stored is None or stored.state != "quarantined":
        return
    stored.state, stored.read_at = ("ready" if clean else "refused"), None
    if not clean:
        log.warning("file_refused", file=file_id)
        publish(BlobsUnused(keys=stored.blob_keys))
        publish(FileRead(file_id=file_id))


@check("scanner")
def _scanner_answers() -> bool:
    address = current_app.config.get("CLAMD_URL")
    return not address or ping(address)
