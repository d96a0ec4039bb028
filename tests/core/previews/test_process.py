"""The separate process: bounded, killed, believed in nothing, tried again when the worker died."""

import json
import os
import runpy
import signal
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from app.core import clock, previews
from app.core.db import db
from app.core.files import files
from app.core.files.models import StoredFile
from app.core.previews import process, reading
from tests.core.previews import samples

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def instead(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Another program in the reader's place; its arguments are the task, kind, source and folder."""
    start = folder / "instead.py"
    start.write_text(f"import os, sys, time, json, pathlib\nfolder = pathlib.Path(sys.argv[4])\n{script}\n")
    monkeypatch.setattr(process, "START", start)


def read(folder: Path) -> process.Outcome:
    source = folder / "source.docx"
    source.write_bytes(b"x")
    return process.read(source, DOCX, folder)


def test_one_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    instead(monkeypatch, tmp_path, "(folder / 'pid').write_text(str(os.getpid()))\ntime.sleep(600)")
    monkeypatch.setattr(process, "GRACE", 1)
    monkeypatch.setattr(process.bounds, "WALL", 2)
    assert read(tmp_path).state == "large"
    pid = tmp_path / "pid"
    if pid.exists():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid.read_text()), 0)


@pytest.mark.parametrize(
    ("script", "state"),
    [
        ("os.abort()", "damaged"),
        ("os.kill(os.getpid(), 9)", "large"),
        ("sys.exit(3)", "damaged"),
        ("", "damaged"),
        ("(folder / 'finding.json').write_text('[' * 100000)", "damaged"),
        ("(folder / 'finding.json').write_text(json.dumps({'state': 'ready'}))", "damaged"),
        ("(folder / 'finding.json').symlink_to('/etc/hostname')", "damaged"),
        ("os.mkfifo(folder / 'finding.json')", "damaged"),
    ],
)
def test_whatever_it_does_there_is_a_state(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, state: str
) -> None:
    instead(monkeypatch, tmp_path, script)
    assert read(tmp_path) == process.Outcome(state)


def test_what_it_says_is_cut_to_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    section = {
        "number": -7,
        "unit": "<script>",
        "title": "t" * 900,
        "text": "w" * 50_000,
        "blocks": [["html", "<b>"], ["p", 7], ["table", [[1]]], ["p", "right"], "p"],
        "picture": "../../secret",
        "width": 10**9,
    }
    said = json.dumps({"state": "read", "sections": [section, 5]})
    instead(
        monkeypatch,
        tmp_path,
        f"(folder / '1.webp').write_text('no picture')\n(folder / 'finding.json').write_text({said!r})",
    )
    (part,) = read(tmp_path).parts
    assert (part.number, part.unit, part.picture, part.width) == (1, "part", None, 0)
    assert (len(part.title), len(part.text), part.blocks) == (200, 20_000, [["p", "right"]])


def test_the_limits_hold_in_the_process() -> None:
    """The real first lines, with small limits: memory that is not there is refused, time runs out."""
    eat = f"import runpy; limit = runpy.run_path({str(process.START)!r})['limit']\n"
    eat += "limit(300_000_000, {cpu}, 100, 10_000, 50)\n"
    hungry = subprocess.run(
        [sys.executable, "-I", "-c", eat.format(cpu=60) + "bytearray(900_000_000)"], capture_output=True
    )
    assert b"MemoryError" in hungry.stderr
    busy = subprocess.run(
        [sys.executable, "-I", "-c", eat.format(cpu=1) + "while True: pass"], capture_output=True
    )
    assert -busy.returncode in (signal.SIGXCPU, signal.SIGKILL)


def test_nothing_of_the_application_is_loaded() -> None:
    ours = runpy.run_path(str(process.START))
    look = "import sys; sys.path[:] = [p for p in sys.path if p]; import runpy\n"
    look += f"runpy.run_path({str(process.START)!r})['stand_in']()\n"
    look += "from app.core.previews.reader import main, pages, sheets, slides, strip, word\n"
    look += "print([name for name in ('flask', 'sqlalchemy', 'config') if name in sys.modules])"
    said = subprocess.run([sys.executable, "-I", "-c", look], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
    assert ours["HERE"].name == "reader"


def waiting(content: bytes = b"plain words", name: str = "notes.txt", kind: str = "text/plain") -> StoredFile:
    return files.put(BytesIO(content), name=name, media_type=kind, scope="test", network_id=1)


def uploaded(by: int) -> StoredFile:
    upload = FileStorage(BytesIO(b"plain words"), filename="notes.txt")
    return files.receive(upload, scope="test", network_id=1, uploader_id=by)


def test_a_worker_that_died_leaves_it_to_the_next(in_app: Flask) -> None:
    stored = waiting()
    assert reading._take() is not None
    assert not previews.look()
    with clock.freeze(clock.now() + reading.LEASE + timedelta(seconds=1)):
        assert previews.look()
    db.session.refresh(stored)
    assert (stored.reading, stored.read_tries) == ("read", 2)


def test_members_take_turns(in_app: Flask) -> None:
    many = [uploaded(by=1) for _number in range(5)]
    one, nobodys = uploaded(by=2), waiting()
    order, now = [], clock.now()
    for second in range(7):
        with clock.freeze(now + timedelta(seconds=second)):
            stored = reading._take()
            assert stored is not None
            order.append(stored.id)
    assert reading._take() is None
    assert order == [many[0].id, one.id, *(each.id for each in many[1:]), nobodys.id]


def test_one_that_kills_the_worker_each_time_is_given_up(in_app: Flask) -> None:
    stored = waiting()
    stored.read_tries = reading.TRIES
    db.session.commit()
    previews.catch_up()
    db.session.refresh(stored)
    assert stored.reading == "damaged"


def test_a_difficult_one_does_not_keep_the_next_from_being_read(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = waiting(samples.locked_office(), "a.docx", DOCX)
    good = waiting()
    gone = waiting()
    files.store.delete(gone.key)
    previews.catch_up()
    states = [db.session.get(StoredFile, each.id).reading for each in (bad, good, gone)]  # type: ignore[union-attr]
    assert states == ["locked", "read", "damaged"]
