"""Files of every kind that somebody has spoilt: kept, with a state that says why, and nothing stalls."""

import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from app.core import previews
from app.core.db import db
from app.core.files import files
from app.core.files.models import StoredFile
from app.core.previews.reader import bounds
from tests.core.files.samples import archive
from tests.core.previews import samples

WHOLE: dict[str, Callable[[], bytes]] = {
    ".docx": samples.word,
    ".pptx": samples.slides,
    ".xlsx": samples.sheets,
    ".odt": samples.odt,
    ".odp": samples.odp,
    ".ods": samples.ods,
}
MAIN = {
    ".docx": "word/document.xml",
    ".pptx": "ppt/presentation.xml",
    ".xlsx": "xl/workbook.xml",
    ".odt": "content.xml",
    ".odp": "content.xml",
    ".ods": "content.xml",
}
OFFICE = tuple(WHOLE)


def state_of(content: bytes, name: str) -> str:
    """What becomes of it; that it is kept byte by byte; that a good one after it is read as ever."""
    stored = files.receive(FileStorage(BytesIO(content), filename=name), scope="test", uploader_id=1)
    after = files.receive(FileStorage(BytesIO(b"plain words"), filename="after.txt"), scope="test")
    began = time.process_time()
    previews.catch_up()
    # Our own part of it, however long the other process took.
    assert time.process_time() - began < bounds.WALL
    with files.open(stored.key) as blob:
        assert blob.read() == content
    states = [db.session.get(StoredFile, each.id).reading for each in (stored, after)]  # type: ignore[union-attr]
    assert states[1] == "read"
    return states[0]


def stored_odf(content: bytes) -> bytes:
    """As every program writes it: the media type stands first, not packed."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return archive({name: packed.read(name) for name in packed.namelist()}, compress=False)


def whole(ending: str) -> bytes:
    return stored_odf(WHOLE[ending]()) if ending.startswith(".od") else WHOLE[ending]()


@pytest.mark.parametrize("ending", OFFICE)
@pytest.mark.parametrize("left", [0.4, 0.95])
def test_cut_off(in_app: Flask, ending: str, left: float) -> None:
    content = whole(ending)
    assert state_of(content[: max(500, int(len(content) * left))], f"plan{ending}") == "damaged"


@pytest.mark.parametrize("ending", OFFICE)
def test_bytes_that_turned(in_app: Flask, ending: str) -> None:
    content = bytearray(whole(ending))
    middle = len(content) // 3
    content[middle : middle + 400] = bytes(255 - byte for byte in content[middle : middle + 400])
    assert state_of(bytes(content), f"plan{ending}") in ("damaged", "read")


@pytest.mark.parametrize("ending", OFFICE)
def test_entities_that_swell(in_app: Flask, ending: str) -> None:
    bomb = samples.with_part(WHOLE[ending](), MAIN[ending], samples.BOMB)
    assert state_of(bomb, f"plan{ending}") == "damaged"


@pytest.mark.parametrize("ending", OFFICE)
def test_a_part_that_unpacks_to_far_too_much(in_app: Flask, ending: str) -> None:
    bomb = samples.with_part(WHOLE[ending](), "extra/zeroes.bin", bytes(bounds.UNPACKED // 4))
    assert len(bomb) < 2_000_000
    assert state_of(bomb, f"plan{ending}") == "large"


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_a_part_that_unpacks_to_more_than_it_says(in_app: Flask, ending: str) -> None:
    """The sizes in an archive are its author's word; nobody reads on behind them."""
    bomb = bytearray(samples.with_part(WHOLE[ending](), MAIN[ending], b" " * 60_000_000))
    size = (60_000_000).to_bytes(4, "little")
    while (at := bomb.find(size)) >= 0:
        bomb[at : at + 4] = (900).to_bytes(4, "little")
    assert state_of(bytes(bomb), f"plan{ending}") == "damaged"


def test_more_parts_than_a_document_has(in_app: Flask) -> None:
    out = BytesIO(samples.word())
    with zipfile.ZipFile(out, "a") as more:
        for number in range(bounds.ENTRIES + 1):
            more.writestr(f"word/media/{number}", b"")
    assert state_of(out.getvalue(), "plan.docx") == "large"


@pytest.mark.parametrize("ending", OFFICE)
def test_parts_locked_with_a_password(in_app: Flask, ending: str) -> None:
    content = bytearray(whole(ending))
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    assert state_of(bytes(content), f"plan{ending}") == "locked"


def test_an_open_document_that_says_it_is_locked(in_app: Flask) -> None:
    manifest = b'<manifest xmlns:m="x"><m:encryption-data/></manifest>'
    locked = samples.with_part(samples.odt(), "META-INF/manifest.xml", manifest)
    assert state_of(locked, "plan.odt") == "locked"


@pytest.mark.parametrize(
    ("content", "states"),
    [
        (samples.pdf(["words"])[:-200], {"read", "empty", "damaged"}),
        (samples.pdf(["words " * 400])[:300], {"damaged"}),
        (b"%PDF-1.7\n" + b"9" * 5_000, {"damaged"}),
        (samples.pdf(["words"]).replace(b"/Kids", b"/Kins"), {"empty", "damaged"}),
        (samples.pdf(["words"], password="x"), {"locked"}),
    ],
    ids=["end", "half", "noise", "no pages", "locked"],
)
def test_pdf(in_app: Flask, content: bytes, states: set[str]) -> None:
    assert state_of(content, "plan.pdf") in states


def test_a_table_of_one_endless_cell(in_app: Flask) -> None:
    assert state_of(b'a,"' + b"x" * 3_000_000, "table.csv") in ("damaged", "read")
