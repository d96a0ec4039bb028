"""Previews: what can be read and seen of a file without opening it, made where it can do no harm.

`process` starts the separate process of `reader` and kills it; `reading` writes down what it found;
`scanning` asks the virus scanner first, where there is one. Both are one duty of the worker, in a thread of
its own, so that a difficult file holds up nobody. `studio` decodes pictures, each in a process of its own
too, for whoever waits for them. `showing` is what a page needs to show a file.
"""

from flask import Flask


def look() -> bool:
    """One turn of the worker: whether there was a file to scan or to read."""
    from app.core.previews.reading import read_next
    from app.core.previews.scanning import scan_next

    return scan_next() or read_next()


def catch_up() -> None:
    """Until nothing is due: what a test or the command line wants."""
    while look():
        pass


def init_app(_app: Flask) -> None:
    """Take up the duty, and join what asks whether the scanner answers."""
    from app.core import worker
    from app.core.previews import scanning  # noqa: F401

    worker.duty("files")(look)
