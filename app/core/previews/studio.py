"""The process in which pictures are decoded, from outside: one for each picture, one or two waiting ready.

Rules: no decoder runs in a process that serves pages. A process that waits has loaded its libraries, so that
a person waits for their picture and nothing else; it does one job, within limits of memory and time, and is
gone. What it made is believed only so far as its first bytes and sizes bear it out. Of one person's pictures
one is drawn at a time, so that slow ones hold up nobody else's.
Neighbours: `core.files.pictures` is the way here; `reader.studio` is the other side.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.core.previews import process
from app.core.previews.reader import bounds

AT_ONCE = 2
"""Pictures that are decoded at the same time by one process of ours; the others wait."""
READY = 1
"""Processes that wait for the next picture, once there was one."""
STATES = ("read", "pixels", "frames", "damaged")
_LARGEST = 64 * 1024 * 1024
_BEGIN = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
}
_ready: "deque[subprocess.Popen[str]]" = deque()
_room = threading.BoundedSemaphore(AT_ONCE)
_owner = [0]


@dataclass
class _Turn:
    """One person's pictures: the lock, and how many of them wait or are drawn."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    number: int = 0


_turns: dict[int, _Turn] = {}


@dataclass(frozen=True)
class Made:
    """A picture as the process told it, within bounds."""

    data: bytes
    media_type: str
    width: int
    height: int


@contextmanager
def in_turn(who: int | None) -> Iterator[None]:
    """Until the block ends no other picture of `who` is taken up; nobody waits for nobody."""
    if who is None:
        yield
        return
    turn = _turns.setdefault(who, _Turn())
    turn.number += 1
    try:
        with turn.lock:
            yield
    finally:
        turn.number -= 1
        if not turn.number:
            _turns.pop(who, None)


def draw(tasks: Sequence[tuple[str, int]], copy: Path, folder: Path) -> tuple[str, list[Made]]:
    """Do the tasks (`clean`, `small`, `square`, each with its edge) with one picture, in its own process.

    Gives the state, one of STATES or `large` where it took too much, and what was made when it is `read`.
    """
    job = json.dumps({"tasks": list(tasks), "source": str(copy), "folder": str(folder)})
    with _room:
        code = _done(_taken(), job)
        if not (folder / "begun").exists():
            # It went while it waited: that says nothing about the picture.
            code = _done(_started(), job)
        _make_ready()
    said = process.said(folder)
    state = said.get("state")
    if code != 0 or state not in STATES:
        return "large" if -code in process.TOO_MUCH or state == "large" else "damaged", []
    made = [_believed(folder / str(number), told) for number, told in enumerate(said.get("pictures", []))]
    whole = [each for each in made if each is not None]
    return (state, whole) if len(whole) == (len(tasks) if state == "read" else 0) else ("damaged", [])


def _taken() -> "subprocess.Popen[str]":
    """One that waits, else a new one."""
    if _owner[0] != os.getpid():
        # After a fork the waiting ones belong to the parent.
        _ready.clear()
        _owner[0] = os.getpid()
    while _ready:
        one = _ready.popleft()
        if one.poll() is None:
            return one
        _end(one)
    return _started()


def _make_ready() -> None:
    if len(_ready) < READY:
        _ready.append(_started())


def _started() -> "subprocess.Popen[str]":
    nothing = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-I", str(process.START), "picture"],
        cwd="/",
        env={"LANG": "C.UTF-8", "PATH": os.defpath},
        stdin=subprocess.PIPE,
        stdout=nothing,
        stderr=nothing,
        start_new_session=True,
        text=True,
    )


def _done(one: "subprocess.Popen[str]", job: str) -> int:
    """The exit code; one that takes too long is killed."""
    try:
        with suppress(BrokenPipeError):
            print(job, file=one.stdin, flush=True)
        return one.wait(timeout=bounds.PICTURE_WALL + process.GRACE)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        _end(one)


def _end(one: "subprocess.Popen[str]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(one.pid, signal.SIGKILL)
    one.wait()
    if one.stdin is not None:
        with suppress(BrokenPipeError):
            one.stdin.close()


@atexit.register
def _leave() -> None:
    while _ready and _owner[0] == os.getpid():
        _end(_ready.popleft())


def _believed(path: Path, told: object) -> Made | None:
    if not (isinstance(told, list) and len(told) == 3):
        return None
    media_type, width, height = told
    data = process.plain_bytes(path, _LARGEST) or b""
    sound = all(isinstance(edge, int) and 0 < edge <= bounds.PICTURE_EDGE for edge in (width, height))
    fits = isinstance(media_type, str) and media_type in _BEGIN and data.startswith(_BEGIN[media_type])
    return Made(data, media_type, width, height) if sound and fits else None
