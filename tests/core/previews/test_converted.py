"""With LibreOffice: files that it made itself, in every kind that we take, read and drawn by the real thing.

LibreOffice is optional for who runs this, so it is here too: where it is not installed these are passed over.
"""

import shutil
import socketserver
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from app.core import previews
from app.core.db import db
from app.core.files import files
from app.core.files.models import StoredFile
from app.core.previews import converting, process
from app.core.previews.reader import bounds
from tests.core.files.samples import archive
from tests.core.previews import samples

PLACES = ("/usr/lib/libreoffice/program/soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
SOFFICE = shutil.which("soffice") or next((place for place in PLACES if Path(place).exists()), "")
pytestmark = pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed here; it is optional")
MANIFEST = b"""<?xml version="1.0"?><manifest:manifest
    xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry
    manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry
    manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
LINKS = b"""text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
    xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
    xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\""""
BASES: dict[str, Callable[[], bytes]] = {
    ".docx": samples.word,
    ".pptx": samples.slides,
    ".xlsx": samples.sheets,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What LibreOffice makes of ours: each kind once, in three starts of it."""
    folder = tmp_path_factory.mktemp("made")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    kinds = {".docx": ("odt", "docx", "pdf"), ".pptx": ("odp", "pptx"), ".xlsx": ("ods", "xlsx", "csv")}
    found = {}
    for ending, wanted in kinds.items():
        source = folder / f"base{ending}"
        source.write_bytes(BASES[ending]())
        for kind in wanted:
            out = folder / f"{kind}-made"
            command = [
                SOFFICE,
                profile,
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(out),
                str(source),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=300)
            found[f".{kind}"] = (out / f"base.{kind}").read_bytes()
    return found


def kept(app: Flask, content: bytes, name: str) -> StoredFile:
    app.config["CONVERTER"] = SOFFICE
    stored = files.receive(FileStorage(BytesIO(content), filename=name), scope="test", uploader_id=1)
    previews.catch_up()
    db.session.refresh(stored)
    return stored


@pytest.mark.parametrize(
    ("ending", "unit", "word", "drawn"),
    [
        (".docx", "page", "quartile", True),
        (".odt", "page", "quartile", True),
        (".pdf", "page", "quartile", True),
        (".pptx", "slide", "Wonder 2", True),
        (".odp", "slide", "Wonder 2", True),
        (".xlsx", "sheet", "41.5", False),
        (".ods", "sheet", "41.5", False),
        (".csv", "sheet", "41.5", False),
    ],
)
def test_what_libreoffice_made_is_read_and_drawn(
    in_app: Flask, made: dict[str, bytes], ending: str, unit: str, word: str, drawn: bool
) -> None:
    stored = kept(in_app, made[ending], f"base{ending}")
    assert stored.reading == "read"
    assert {text.unit for text in stored.texts} == {unit}
    assert word in "\n".join(text.text for text in stored.texts)
    assert all(bool(text.picture_key) is drawn for text in stored.texts)
    assert bool(stored.thumb_key) is (ending != ".csv")


@pytest.mark.parametrize("ending", BASES)
def test_what_our_libraries_made_is_drawn_too(in_app: Flask, ending: str) -> None:
    stored = kept(in_app, BASES[ending](), f"base{ending}")
    assert stored.reading == "read"
    assert stored.thumb_key


def test_what_cannot_be_converted_keeps_its_words(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "GRACE", 0)
    monkeypatch.setattr(bounds, "CONVERTING", 0.05)
    stored = kept(in_app, samples.word(), "plan.docx")
    assert (stored.reading, {text.unit for text in stored.texts}) == ("read", {"part"})


@pytest.mark.parametrize("blocked", [False, True])
def test_nothing_is_fetched_for_a_document(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch, blocked: bool
) -> None:
    """A picture that lies elsewhere; without our settings LibreOffice asks for it, so the trap is a trap."""
    if not blocked:
        monkeypatch.setattr(converting, "SETTINGS", ())
    asked: list[bytes] = []
    with trap(asked) as address:
        picture = f'<draw:image xlink:href="{address}/x.png" xlink:type="simple" xlink:actuate="onLoad"/>'
        frame = f'<draw:frame svg:width="5cm" svg:height="5cm">{picture}</draw:frame>'
        plan = samples.odt(f"<text:p>rhombus{frame}</text:p>")
        with zipfile.ZipFile(BytesIO(plan)) as parts:
            whole = {name: parts.read(name) for name in parts.namelist()} | {
                "META-INF/manifest.xml": MANIFEST
            }
        whole["content.xml"] = whole["content.xml"].replace(b'text:1.0"', LINKS, 1)
        stored = kept(in_app, archive(whole, compress=False), "plan.odt")
    assert (stored.reading, stored.texts[0].unit) == ("read", "page")
    assert bool(asked) is not blocked


class Trap(socketserver.StreamRequestHandler):
    """Writes down that it was asked, and has nothing."""

    def handle(self) -> None:
        self.server.asked.append(self.rfile.readline())  # type: ignore[attr-defined]
        self.wfile.write(b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n")


@contextmanager
def trap(asked: list[bytes]) -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Trap) as server:
        server.asked = asked  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
