"""Pictures in a process of their own: bounded, killed, believed in nothing; none where pages are served."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageCms

from app.core.files import Refused, TooLarge
from app.core.files.pictures import clean_picture, square_picture, thumbnails
from app.core.previews import process, studio
from app.core.previews.reader import bounds
from tests.core.files.samples import moving_gif, picture, png_with_words, sideways_with_place


@pytest.fixture(autouse=True)
def nobody_waits(in_app: Flask) -> Iterator[None]:
    """Each test with processes of its own."""
    studio._leave()
    yield
    studio._leave()


def instead(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Another program in the place of the one that waits for a picture; it has read its `job`."""
    start = folder / "instead.py"
    head = "import json, os, pathlib, sys, time\njob = json.loads(sys.stdin.readline())\n"
    head += "folder = pathlib.Path(job['folder'])\n(folder / 'begun').touch()\n"
    start.write_text(f"{head}{script}\n")
    monkeypatch.setattr(process, "START", start)


def test_every_kind_that_we_take() -> None:
    colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    mpo = BytesIO()
    Image.new("RGB", (20, 20)).save(mpo, "MPO", save_all=True, append_images=[Image.new("RGB", (20, 20), 3)])
    samples = [sideways_with_place(), png_with_words(), moving_gif(), picture("WEBP"), picture("GIF")]
    for sample in (*samples, picture(icc_profile=colours), mpo.getvalue()):
        whole = clean_picture(BytesIO(sample))
        small, preview = thumbnails(BytesIO(whole.data), (30, 1_280))
        assert max(small.width, small.height) <= 30
        assert preview.width == whole.width
    cut = square_picture(BytesIO(picture("JPEG", (800, 200))), 64)
    assert (cut.media_type, cut.width, cut.height) == ("image/webp", 64, 64)


def test_one_waits_ready_for_the_next_and_does_only_one() -> None:
    clean_picture(BytesIO(picture()))
    (first,) = studio._ready
    clean_picture(BytesIO(picture()))
    (second,) = studio._ready
    assert first.pid != second.pid
    assert first.returncode is not None


def test_one_that_died_waiting_is_not_missed() -> None:
    clean_picture(BytesIO(picture()))
    studio._ready[0].kill()
    assert clean_picture(BytesIO(picture())).width == 60


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("os.abort()", Refused),
        ("os.kill(os.getpid(), 9)", TooLarge),
        ("", Refused),
        ("(folder / 'finding.json').write_text(json.dumps({'state': 'read', 'pictures': []}))", Refused),
        (
            "(folder / '0').write_bytes(b'<svg onload=x()>')\n(folder / 'finding.json').write_text("
            "json.dumps({'state': 'read', 'pictures': [['image/svg+xml', 5, 5]]}))",
            Refused,
        ),
        (
            "(folder / '0').symlink_to('/etc/hostname')\n(folder / 'finding.json').write_text("
            "json.dumps({'state': 'read', 'pictures': [['image/jpeg', 5, 5]]}))",
            Refused,
        ),
        (
            "(folder / '0').write_bytes(b'GIF89a')\n(folder / 'finding.json').write_text("
            "json.dumps({'state': 'read', 'pictures': [['image/gif', 10**9, 5]]}))",
            Refused,
        ),
    ],
)
def test_whatever_it_does_the_person_reads_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, error: type[Refused]
) -> None:
    instead(monkeypatch, tmp_path, script)
    with pytest.raises(error) as refusal:
        clean_picture(BytesIO(picture()))
    assert str(refusal.value).endswith(".")


def test_one_that_hangs_is_killed_and_the_next_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as hung:
        note = f"pathlib.Path({str(tmp_path)!r}, 'pid').write_text(str(os.getpid()))"
        instead(hung, tmp_path, f"{note}\ntime.sleep(600)")
        hung.setattr(process, "GRACE", 1)
        hung.setattr(bounds, "PICTURE_WALL", 2)
        with pytest.raises(TooLarge, match="too much"):
            clean_picture(BytesIO(picture()))
    pid = tmp_path / "pid"
    if pid.exists():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid.read_text()), 0)
    studio._leave()
    assert clean_picture(BytesIO(picture())).width == 60


def test_more_at_once_than_there_is_room_for() -> None:
    found: list[int] = []

    def clean() -> None:
        found.append(clean_picture(BytesIO(picture())).width)

    threads = [threading.Thread(target=clean) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [60] * 5
    assert len(studio._ready) <= studio.AT_ONCE


def test_no_decoder_is_loaded_by_what_serves_pages() -> None:
    decoders = ("pi_heif", "app.core.previews.reader.pictures")
    look = "import sys, app, app.networks.actions.photos\n"
    look += f"print([name for name in {decoders} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert said.stdout.split()[-1] == "[]"


def test_of_one_persons_pictures_one_is_drawn_at_a_time() -> None:
    inside, go_on, second = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with studio.in_turn(1):
            inside.set()
            go_on.wait(30)

    def again() -> None:
        with studio.in_turn(1):
            second.set()

    threads = [threading.Thread(target=each, daemon=True) for each in (first, again)]
    threads[0].start()
    assert inside.wait(30)
    threads[1].start()
    with studio.in_turn(2), studio.in_turn(None):
        assert not second.is_set(), "their other picture waits, and nobody else's does"
    go_on.set()
    for thread in threads:
        thread.join(30)
    assert second.is_set()
    assert studio._turns == {}
