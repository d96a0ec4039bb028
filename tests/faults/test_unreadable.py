"""Files that cannot be read, and files of which only half arrives: a sentence, and nothing kept."""

import io
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from PIL import Image

from tests.faults.conftest import Rows, in_good_health, until
from tests.faults.visitors import Visitor
from tests.journeys.people import FEED
from tests.support.servers import Server

pytestmark = pytest.mark.durable
Visit = Callable[[str], Visitor]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") * 40


def picture(kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    Image.effect_noise((400, 300), 80).convert("RGB").save(made, kind)
    return made.getvalue()


def document() -> bytes:
    made, written = io.BytesIO(), docx.Document()
    written.add_paragraph("Which box holds more students?")
    written.save(made)
    return made.getvalue()


def without_its_middle() -> bytes:
    """A Word file whose parts are there by name, but the text is not what its checksum says."""
    whole = bytearray(document())
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        at = archive.getinfo("word/document.xml").header_offset + 60
    whole[at : at + 40] = b"\x00" * 40
    return bytes(whole)


def only_a_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("letter.txt", "Not a document.")
    return made.getvalue()


BROKEN_BUT_SOMEBODYS = {
    "cut off.docx": (document()[:2000], WORD),
    "broken inside.docx": (without_its_middle(), WORD),
    # Behind a password it is somebody's file all the same: it is kept, and says that it is locked.
    "secret.docx": (ENCRYPTED, WORD),
}
UNREADABLE = {
    "nothing.png": (b"", "image/png"),
    "cut off.jpg": (picture()[:3000], "image/jpeg"),
    "only a head.png": (picture("PNG")[:60], "image/png"),
    "noise.jpg": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, "image/jpeg"),
    "a zip.docx": (only_a_zip(), WORD),
    "a page.png": (b"<!doctype html><script>alert(1)</script>", "image/png"),
    "a program.pdf": (b"MZ\x90\x00" + b"\x00" * 4000, "application/pdf"),
    "a picture.pdf": (picture(), "application/pdf"),
}


def kept(server: Server, rows: Rows) -> tuple[int, list[Path]]:
    """The rows of the table, and everything that lies in the folder."""
    files = sorted(path for path in (server.data / "files").rglob("*") if path.is_file())
    return int(rows.one("SELECT count(*) FROM stored_file")), files


def test_what_cannot_be_read_is_said_and_not_kept(own_server: Server, visit: Visit, rows: Rows) -> None:
    """But an office file that is broken is kept: it may be the only copy, and its page says what is wrong."""
    own_server.start("web")
    teacher = visit("teacher")
    before = kept(own_server, rows)
    for name, (content, media_type) in UNREADABLE.items():
        answer = teacher.upload(name, content, media_type)
        assert answer.status_code == 422, (name, answer.status_code, answer.text)
        assert answer.json()["error"].endswith("."), name
        assert kept(own_server, rows) == before, name
    assert teacher.upload("whole.docx", document(), WORD).status_code == 200
    assert teacher.upload("whole.jpg", picture(), "image/jpeg").status_code == 200
    for name, (content, media_type) in BROKEN_BUT_SOMEBODYS.items():
        assert teacher.upload(name, content, media_type).status_code == 200, name
    after = kept(own_server, rows)
    assert after[0] == before[0] + 2 + len(BROKEN_BUT_SOMEBODYS)
    assert len(after[1]) == len(before[1]) + 2 + len(BROKEN_BUT_SOMEBODYS)
    assert "Traceback" not in own_server.log
    in_good_health(own_server)


def test_half_a_file_is_none(own_server: Server, visit: Visit, rows: Rows) -> None:
    """The line breaks in the middle of the body; the next one, whole, is taken."""
    own_server.start("web")
    teacher = visit("teacher")
    before = kept(own_server, rows)
    whole = teacher.raw_upload(f"{FEED}uploads", "photo.jpg", picture(), "image/jpeg")
    with socket.create_connection(("127.0.0.1", own_server.port)) as line:
        line.sendall(whole[: len(whole) // 2])
        line.shutdown(socket.SHUT_WR)
        until(lambda: not line.recv(65536), "the server gave up on the rest")
    assert kept(own_server, rows) == before
    with socket.create_connection(("127.0.0.1", own_server.port)) as line:
        line.sendall(whole)
        answer = line.recv(65536)
    assert answer.startswith(b"HTTP/1.1 200")
    assert kept(own_server, rows)[0] == before[0] + 1
    in_good_health(own_server)
