"""Unpacking an archive that somebody uploaded: plain files into a folder of ours, never read in this process.

Nouns: what is *taken* lies in the folder, with the name that it had kept for people; what is *refused* is
named with the reason.
Rules: the archive is opened in the separate process alone, which is killed when it takes too much; what it
says is believed as far as the files bear it out; all of it goes with the folder.
Neighbours: `core.previews.process` starts it, `reader.unpack` is the other side. Each file that was taken
still goes through `accept`, as any other upload.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from flask_babel import gettext as _

from app.core.files.archives import has_contents
from app.core.files.errors import Refused, StorageFull
from app.core.files.names import split_name
from app.core.native import run_native
from app.core.previews import process


@dataclass
class Unpacked:
    """`taken` are names with the files that hold their bytes, `refused` names with sentences."""

    taken: list[tuple[str, Path]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def is_archive(source: BinaryIO, name: str) -> bool:
    """Whether somebody means to send several files in one; an office file under its own name is none."""
    source.seek(0)
    head = source.read(4)
    source.seek(0)
    return head in (b"PK\x03\x04", b"PK\x05\x06") and split_name(name)[1] == ".zip"


@contextmanager
def unpacked(source: BinaryIO, *, most_files: int, most_each: int) -> Iterator[Unpacked]:
    """Everything that may be taken, while the block lasts; `most_each` in bytes.

    Raises Refused for an archive that is broken, or a trap, and StorageFull.
    """
    if not run_native(has_contents, source):
        raise _why_none("damaged")
    source.seek(0)
    with process.laid_out(source, ".zip") as (copy, folder):
        state, taken, refused = process.unpack(copy, folder, most_files, most_each)
        if state != "read":
            raise _why_none(state)
        yield Unpacked(taken, [(name, _why(reason, most_files, most_each)) for name, reason in refused])


def _why(reason: str, most_files: int, most_each: int) -> str:
    if reason == "many":
        return _("At most %(most)s files come out of one archive.", most=most_files)
    if reason == "large":
        return _("It is larger than %(limit)s MB.", limit=most_each // (1024 * 1024))
    return {
        "locked": _("It is locked with a password."),
        "packing": _("It is packed in a way that is not read here. An ordinary ZIP helps."),
        "link": _("It is only a link to another file."),
        "archive": _("It is an archive inside the archive. Please unpack it first."),
    }.get(reason, _("It could not be read."))


def _why_none(state: str) -> Exception:
    if state == "full":
        return StorageFull()
    if state == "large":
        return Refused(_("This file unpacks to far more than it seems to hold, so it was not taken."))
    if state == "killed":
        return Refused(
            _("This archive takes too much to open. Unpacking it yourself and adding the files helps.")
        )
    return Refused(_("This archive could not be opened: it is damaged, or lists far too many files."))
