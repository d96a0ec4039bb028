"""The separate process for pictures: it loads what it needs, waits for one job, does it, and ends.

A job is a line of JSON on the standard input: `{"tasks": [[task, edge], …], "source": …, "folder": …}`; what
was made lies in the folder as `0`, `1`, …, and `finding.json` says what each is. Whoever waits too long for a
job goes, and so does one whose parent is gone.
"""

import json
import os
import select
import signal
import sys
from pathlib import Path
from typing import Any

from app.core.previews.reader import bounds, pictures
from app.core.previews.reader.finding import TooMuch


def wait() -> int:
    """Do one job; gives the exit code."""
    ready, _written, _failed = select.select([sys.stdin], [], [], bounds.IDLE)
    line = sys.stdin.readline() if ready else ""
    if not line:
        return 0
    signal.alarm(bounds.PICTURE_WALL)
    job = json.loads(line)
    folder = Path(job["folder"])
    os.chdir(folder)
    Path("begun").touch()
    (folder / "finding.json").write_text(json.dumps(_tried(job, folder)))
    return 0


def _tried(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    try:
        made = [_made(task, edge, job["source"]) for task, edge in job["tasks"]]
    except pictures.TooManyPixels:
        return {"state": "pixels"}
    except pictures.TooManyFrames:
        return {"state": "frames"}
    except (TooMuch, MemoryError):
        return {"state": "large"}
    except Exception:
        # A decoder fed with hostile bytes raises nearly anything; all of it means the same to a person.
        return {"state": "damaged"}
    for number, picture in enumerate(made):
        (folder / str(number)).write_bytes(picture.data)
    told = [[picture.media_type, picture.width, picture.height] for picture in made]
    return {"state": "read", "pictures": told}


def _made(task: str, edge: int, source: str) -> pictures.Picture:
    with Path(source).open("rb") as file:
        if task == "clean":
            return pictures.clean(file)
        return pictures.square(file, edge) if task == "square" else pictures.small(file, edge)
