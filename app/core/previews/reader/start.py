"""The first lines of the separate process: limits first, then the work.

It is run by its path, with an isolated Python: the application's packages are stood in for by empty
ones, so that none of the application is loaded. `start.py read|strip <media type> <source> <folder>`
reads or rewrites; `start.py unpack <source> <folder> <most files> <most bytes each>` takes an archive apart;
`start.py exec <program> …` becomes another program under the same limits; `start.py picture` waits for a
picture.
"""

import contextlib
import ctypes
import importlib
import os
import resource
import signal
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
_DIE_WITH_PARENT = 1


def stand_in() -> None:
    """`app.core.previews.reader` can be imported, without what its parents' `__init__` would load."""
    for name, folder in (
        ("app", HERE.parents[2]),
        ("app.core", HERE.parents[1]),
        ("app.core.previews", HERE.parent),
    ):
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package


def limit(memory: int, cpu: int, wall: int, output: int, opened: int) -> None:
    """Bound this process for the rest of its life; a system that knows a limit not at all goes without.

    Without `wall` the time begins later, and somebody waits for what is done: no stepping back.
    """
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_NOFILE, opened),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    signal.alarm(wall)
    if not wall:
        return
    with contextlib.suppress(OSError):
        os.nice(12)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def run(arguments: list[str]) -> int:
    stand_in()
    bounds = importlib.import_module("app.core.previews.reader.bounds")
    if arguments[0] == "picture":
        limit(bounds.MEMORY, bounds.PICTURE_CPU, 0, bounds.LARGEST_OUTPUT, bounds.MOST_OPEN)
        waiting: int = importlib.import_module("app.core.previews.reader.studio").wait()
        return waiting
    if arguments[0] == "unpack":
        output = max(bounds.LARGEST_OUTPUT, int(arguments[-1]) + 1)
        limit(bounds.UNPACK_MEMORY, bounds.UNPACK_CPU, bounds.UNPACK_WALL, output, bounds.MOST_OPEN)
        apart: int = importlib.import_module("app.core.previews.reader.main").take_apart(*arguments[1:])
        return apart
    converting = arguments[0] == "exec"
    limit(
        bounds.MEMORY * (4 if converting else 1),
        bounds.CONVERTING if converting else bounds.CPU,
        bounds.CONVERTING if converting else bounds.WALL,
        bounds.LARGEST_OUTPUT,
        bounds.MOST_OPEN * (8 if converting else 1),
    )
    if converting:
        os.execv(arguments[1], arguments[1:])  # noqa: S606
    main = importlib.import_module("app.core.previews.reader.main")
    code: int = main.work(*arguments)
    return code


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
