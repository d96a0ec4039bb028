"""Starting the reader: one process for one file, killed when its time is up, believed in nothing.

Nouns: an *outcome* is what the process said, checked; its pictures lie in the folder until it is gone.
Rules: the process gets a copy of the file, an empty environment and a folder of its own; what it says is
cut to size; a process that was killed, or crashed, or said nothing, leaves a state too.
Neighbours: `reading` stores the outcome, `core.files.unpacking` keeps what came out of an archive; `reader`
is the other side.
"""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from app.core.native import run_native
from app.core.previews.converting import write_profile
from app.core.previews.reader import bounds

START = Path(__file__).resolve().parent / "reader" / "start.py"
STATES = ("read", "empty", "locked", "damaged", "large")
UNITS = ("page", "slide", "sheet", "part")
GRACE = 5
FOLDER = "throughline-file-"
"""How the name of a folder with one file begins; `core.files.sweep` looks for those that were left."""
UNPACKED_AT_ONCE = 2
"""Archives that are taken apart at the same time by one process of ours; the others wait."""
_MOST_JSON = 32 * 1024 * 1024
_MOST_PICTURE = 4 * 1024 * 1024
_room = threading.BoundedSemaphore(UNPACKED_AT_ONCE)
TOO_MUCH = {signal.SIGKILL, signal.SIGXCPU, signal.SIGALRM, signal.SIGXFSZ}


@dataclass(frozen=True)
class Part:
    """One section as the process told it, within bounds."""

    number: int
    unit: str
    title: str
    text: str
    blocks: list[list[Any]]
    picture: Path | None
    width: int
    height: int


@dataclass(frozen=True)
class Outcome:
    state: str
    parts: list[Part] = field(default_factory=list)
    is_cut: bool = False
    has_macros: bool = False
    thumb: Path | None = None


@contextmanager
def laid_out(source: BinaryIO, ending: str) -> Iterator[tuple[Path, Path]]:
    """The file as `source<ending>` in a folder that goes again, and that folder."""
    with tempfile.TemporaryDirectory(prefix=FOLDER) as name:
        folder = Path(name)
        copy = folder / f"source{ending}"
        with copy.open("wb") as target:
            run_native(shutil.copyfileobj, source, target)
        yield copy, folder


def read(copy: Path, media_type: str, folder: Path) -> Outcome:
    """Read one file in the separate process; never raises for what the file is."""
    code = _run([str(START), "read", media_type, str(copy), str(folder)], folder, bounds.WALL)
    return _outcome(said(folder), code, folder)


class StillNamed(Exception):
    """A file carries a name that it must not carry, and that cannot be taken out."""


def strip(copy: Path, media_type: str, folder: Path, names: Sequence[str] = ()) -> Path | None:
    """The file without its author's name, or None where it cannot be written anew.

    Raises StillNamed where one of `names` would still be somewhere in it.
    """
    if names:
        (folder / "names.json").write_text(json.dumps(list(names)))
    _run([str(START), "strip", media_type, str(copy), str(folder)], folder, bounds.WALL)
    if said(folder).get("state") == "named":
        raise StillNamed
    made = folder / "stripped"
    done = said(folder).get("state") == "read" and made.is_file() and not made.is_symlink()
    return made if done else None


def convert(program: str, copy: Path, folder: Path) -> Path | None:
    """The file as a PDF, by LibreOffice, or None."""
    profile = write_profile(folder)
    words = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), str(copy)]
    arguments = [str(START), "exec", program, f"-env:UserInstallation={profile}", *words]
    _run(arguments, folder, bounds.CONVERTING)
    made = folder / f"{copy.stem}.pdf"
    return made if made.is_file() and not made.is_symlink() else None


def unpack(
    copy: Path, folder: Path, most_files: int, most_each: int
) -> tuple[str, list[tuple[str, Path]], list[tuple[str, str]]]:
    """Take an archive apart: a state (`read`, `damaged`, `large`, `full`, `killed`), what was taken as names
    with files, and what was not as names with why."""
    arguments = [str(START), "unpack", str(copy), str(folder), str(most_files), str(most_each)]
    with _room:
        code = _run(arguments, folder, bounds.UNPACK_WALL)
    told = said(folder)
    state = told.get("state")
    if code != 0 or state not in ("read", "damaged", "large", "full"):
        return ("killed" if -code in TOO_MUCH else "damaged"), [], []
    names = [name for name in told.get("taken", []) if isinstance(name, str)]
    taken = [(name[:300], folder / str(number)) for number, name in enumerate(names[:most_files])]
    sizes = [_plain_size(place) for _name, place in taken]
    if not all(0 <= size <= most_each for size in sizes) or sum(sizes) > bounds.UNPACKED:
        return "damaged", [], []
    return state, taken, [pair for each in told.get("refused", []) if (pair := _reason(each))]


def _plain_size(place: Path) -> int:
    """Bytes; -1 for what is no plain file."""
    with suppress(OSError):
        found = place.lstat()
        return found.st_size if stat.S_ISREG(found.st_mode) else -1
    return -1


def _reason(told: Any) -> tuple[str, str] | None:
    pair = isinstance(told, list) and len(told) == 2 and all(isinstance(each, str) for each in told)
    return (told[0][:300], told[1]) if pair else None


def _run(arguments: Sequence[str], folder: Path, seconds: float) -> int:
    """The exit code; a process that takes too long is killed with all that it started."""
    nothing = subprocess.DEVNULL
    environment = {"LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder), "PATH": os.defpath}
    process = subprocess.Popen(
        [sys.executable, "-I", *arguments],
        cwd=folder,
        env=environment,
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=seconds + GRACE)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def said(folder: Path) -> dict[str, Any]:
    """What the process wrote down; empty where that is nothing to go by."""
    content = plain_bytes(folder / "finding.json", _MOST_JSON)
    with suppress(ValueError, RecursionError):
        told = json.loads(content or b"{}")
        if isinstance(told, dict):
            return told
    return {}


def _outcome(told: dict[str, Any], code: int, folder: Path) -> Outcome:
    state = told.get("state")
    if code != 0 or state not in STATES:
        return Outcome("large" if -code in TOO_MUCH else "damaged")
    sections = [each for each in told.get("sections", []) if isinstance(each, dict)][: bounds.PAGES]
    parts = [_part(number, each, folder) for number, each in enumerate(sections, start=1)]
    thumb = folder / "thumb.webp"
    return Outcome(
        state=state,
        parts=parts,
        is_cut=told.get("is_cut") is True,
        has_macros=told.get("has_macros") is True,
        thumb=thumb if picture_bytes(thumb) else None,
    )


def _part(number: int, told: dict[str, Any], folder: Path) -> Part:
    picture = folder / f"{number}.webp" if told.get("picture") else None
    unit = told.get("unit")
    return Part(
        number=number,
        unit=unit if unit in UNITS else "part",
        title=str(told.get("title", ""))[:200],
        text=str(told.get("text", ""))[: bounds.LETTERS_OF_ONE],
        blocks=[block for block in told.get("blocks", []) if _is_block(block)][: bounds.BLOCKS],
        picture=picture if picture and picture_bytes(picture) else None,
        width=_edge(told.get("width")),
        height=_edge(told.get("height")),
    )


def _is_block(block: Any) -> bool:
    if not isinstance(block, list) or len(block) != 2:
        return False
    kind, content = block
    if kind == "table":
        return isinstance(content, list) and all(
            isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in content
        )
    return kind in ("h", "p", "li", "note") and isinstance(content, str)


def _edge(told: Any) -> int:
    return told if isinstance(told, int) and 0 <= told <= 4_096 else 0


def picture_bytes(path: Path) -> bytes:
    """A WebP of the folder; empty for anything else that stands there."""
    content = plain_bytes(path, _MOST_PICTURE) or b""
    return content if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else b""


def plain_bytes(path: Path, most: int) -> bytes | None:
    """A plain file's bytes; None for a link, a missing one and one that is too long."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        content = file.read(most + 1)
    return content if len(content) <= most else None
