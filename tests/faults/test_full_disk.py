"""The disk under the data is full: what is refused says so, what is there can be read, and room mends it."""

import io
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.conftest import Rows, in_good_health
from tests.faults.visitors import Visitor
from tests.journeys.people import FEED
from tests.support import environment
from tests.support.servers import Server

pytestmark = pytest.mark.durable
Visit = Callable[[str], Visitor]
SIZE = "48m"
LONG = "There is much to say about ratios, and this teacher says all of it. " * 250
TRIES = 400
"""Posts after which a full disk must have refused one."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, in memory."""
    folder = tmp_path / "small-disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take all the room that is left."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    return ballast


def picture() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((900, 700), 90).convert("RGB").save(made, "PNG")
    return made.getvalue()


def blobs(server: Server) -> set[str]:
    return {path.name for path in (server.data / "files").rglob("*") if path.is_file()}


def test_a_full_disk_refuses_in_words_and_recovers(own_server: Server, visit: Visit, rows: Rows) -> None:
    own_server.start()
    teacher = visit("teacher")
    space = teacher.spaces()["The whole network"]
    root = teacher.share("How do you teach ratios?")
    own_server.kill("worker")
    before = blobs(own_server)
    ballast = fill(own_server.data)

    upload = teacher.upload("photo.png", picture(), "image/png")
    assert upload.status_code == 507, upload.text
    assert "room" in upload.json()["error"]
    assert blobs(own_server) == before

    if not environment.ON_POSTGRESQL:
        acknowledged = refused_at_last(teacher, root)
        form = teacher.submit(f"{FEED}share/update", body=LONG + "Once.", space=space)
        assert form.status_code == 507, (form.status_code, own_server.log[-6000:])
        assert "Once.</textarea>" in form.text
        for path in (FEED, f"{FEED}c/{root}", "/notifications/", "/healthz"):
            assert teacher.get(path).status_code in (200, 404), path
        words = rows.all("SELECT count(*) FROM contribution WHERE text LIKE '% teacher says all of it%'")
        assert words == [(acknowledged,)]

    ballast.unlink()
    assert teacher.reply(root, f"{LONG} {TRIES}", f"key-after-it-{TRIES:05}") > root
    assert teacher.upload("photo.png", picture(), "image/png").status_code == 200
    assert len(blobs(own_server)) == len(before) + 1
    own_server.start("worker")
    in_good_health(own_server)
    assert "Traceback" not in own_server.log


def refused_at_last(teacher: Visitor, root: int) -> int:
    """Post until there is no room, and a little longer; how many were acknowledged."""
    acknowledged, refused = 0, 0
    for number in range(TRIES):
        answer = teacher.post(
            f"{FEED}c/{root}/reply", f"key-of-the-test-{number:05}", text=f"{LONG} {number}"
        )
        if answer.status_code == 200:
            acknowledged += 1
            continue
        assert answer.status_code in (503, 507), (answer.status_code, answer.text)
        assert "kept" in answer.json()["error"]
        refused += 1
        if refused == 3:
            return acknowledged
    raise AssertionError("a full disk took everything")
