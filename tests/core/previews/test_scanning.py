"""Quarantine: nothing opens before the scanner called it clean; a scanner that is away loses nothing."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from app.core import clock, health, previews
from app.core.db import db
from app.core.drain import drain_all
from app.core.files import files
from app.core.files.models import StoredFile
from app.core.previews import scanning
from tests.core.files.samples import PDF

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.BaseRequestHandler):
    """Speaks as much of clamd's language as we use, and finds EICAR."""

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.request.recv(1)
        if command == b"zPING\0":
            self.request.sendall(b"PONG\0")
            return
        assert command == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            content += self._exactly(size)
        self.request.sendall(self.server.answer(content))  # type: ignore[attr-defined]

    def _exactly(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            piece = self.request.recv(size - len(got))
            assert piece
            got += piece
        return got


@pytest.fixture
def clamd(in_app: Flask) -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.daemon_threads = True
        server.answer = lambda content: (  # type: ignore[attr-defined]
            b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        in_app.config["CLAMD_URL"] = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()
        thread.join()


def upload(content: bytes) -> StoredFile:
    return files.receive(FileStorage(BytesIO(content), filename="plan.pdf"), scope="test", uploader_id=1)


def status(app: Flask, stored: StoredFile) -> int:
    return app.test_client().get(f"/files/{stored.key}", headers={"X-Somebody": "1"}).status_code


def test_a_clean_one_opens_after_it_was_scanned(in_app: Flask, clamd: object) -> None:
    stored = upload(PDF + b"0" * 200_000)
    assert (stored.state, status(in_app, stored)) == ("quarantined", 404)
    previews.catch_up()
    db.session.refresh(stored)
    assert (stored.state, status(in_app, stored)) == ("ready", 200)
    assert stored.reading != "waiting"


def test_a_bad_one_never_opens_and_its_bytes_go(in_app: Flask, clamd: object) -> None:
    stored = upload(PDF + EICAR)
    previews.catch_up()
    drain_all()
    db.session.refresh(stored)
    assert (stored.state, stored.reading, status(in_app, stored)) == ("refused", "waiting", 404)
    assert not [path for path in Path(in_app.config["FILES_DIR"]).rglob("*") if path.is_file()]


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: "])
def test_no_answer_is_no_permission(in_app: Flask, clamd: socketserver.TCPServer, answer: bytes) -> None:
    clamd.answer = lambda content: answer  # type: ignore[attr-defined]
    stored = upload(PDF)
    previews.catch_up()
    db.session.refresh(stored)
    assert (stored.state, status(in_app, stored)) == ("quarantined", 404)


def test_a_scanner_that_is_away_keeps_them_waiting(in_app: Flask) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        in_app.config["CLAMD_URL"] = f"tcp://127.0.0.1:{port}"
        stored = upload(PDF)
        assert not previews.look()
        assert health.state()["scanner"] is False
    db.session.refresh(stored)
    assert stored.state == "quarantined"
    in_app.config["CLAMD_URL"] = None
    assert health.state()["scanner"] is True
    with clock.freeze(clock.now() + scanning.AGAIN + timedelta(seconds=1)):
        assert previews.look()
    db.session.refresh(stored)
    assert stored.state == "ready"


def test_over_a_socket_in_the_file_system(tmp_path: Path) -> None:
    place = str(tmp_path / "clamd")
    with socketserver.UnixStreamServer(place, Clamd) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert scanning.ping(f"unix://{place}")
        thread.join()


def test_without_a_scanner_nothing_waits(in_app: Flask) -> None:
    assert upload(PDF).state == "ready"
