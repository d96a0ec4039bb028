"""The index on disk: builds, sums, and the one writer.

    DATA_DIR/search/current       the name of the build that is asked
    DATA_DIR/search/<build>/      one Whoosh index, and sums.json: size and checksum of its parts
    DATA_DIR/search/damaged       somebody met a damage: the worker makes a new build

Rules: a build's name begins with the layout that it was made with, so that a newer version makes
its own. A commit is Whoosh's: parts first, then the table of contents by one rename; whoever is
killed before that has written nothing. `current` is replaced the same way.
"""

import fcntl
import json
import secrets
import shutil
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import columns, fields, index
from whoosh.codec.whoosh3 import W3Codec

from app.core.search import words
from app.core.search.port import Document

LAYOUT = "v4"
MEMORY = 48
"""Megabytes that a writer gathers before it writes them out."""
TITLE_COUNTS = 3
"""A word of the title counts like so many in the text."""


def schema() -> fields.Schema:
    """Every value comes cut into words already."""
    text = fields.TEXT()
    # Whoosh would keep lengths for its own ranking, and look each one up again as it writes.
    text.scorable = False
    return fields.Schema(
        owner=fields.ID(stored=True),
        marks=fields.KEYWORD(),
        words=text,
        starts=fields.KEYWORD(),
        published=fields.COLUMN(columns.NumericColumn("I")),
        length=fields.COLUMN(columns.NumericColumn("H")),
    )


def row(document: Document) -> dict[str, Any]:
    """A document as the fields of the index."""
    title = words.stems(f"{document.title} {' '.join(document.tags)}")
    said, inside = words.stems(document.words), words.stems(document.inside)
    place = "all" if document.space_id is None else str(document.space_id)
    marks = [f"network={document.network_id}", f"space={document.network_id}-{place}"]
    marks += [f"{facet}={value}" for facet, values in document.marks.items() for value in values]
    return {
        "owner": document.owner,
        "marks": marks,
        # The text first, so that its positions are those of a phrase; a title that is repeated is never one.
        "words": said + inside + title * TITLE_COUNTS,
        "starts": words.plain_words(document.starts),
        "published": max(0, min(2**32 - 1, int(document.published_at.timestamp()))),
        "length": min(65_535, len(said) + len(title)),
    }


def codec() -> W3Codec:
    """How parts are written. Whoosh would look for each posting whether its field has lengths; none has."""
    plain: W3Codec = W3Codec()
    plain.length_stats = False
    return plain


class Store:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self) -> Path | None:
        """The build that is asked now; None where there is none that this version can read."""
        try:
            name = (self.folder / "current").read_text().strip()
        except FileNotFoundError:
            return None
        place = self.folder / name
        fits = name.startswith(f"{LAYOUT}-") and "/" not in name and place.is_dir()
        return place if fits and not (self.folder / "damaged").exists() else None

    def distrust(self) -> None:
        """Make sure that a new build is made."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "damaged").touch()

    def whole(self) -> bool:
        """Whether every part of the build is as it was written."""
        place = self.build()
        if place is None:
            return False
        try:
            sums = json.loads((place / "sums.json").read_text())
            parts = _parts(place)
            return all(sums.get(name, wanted) == wanted for name, wanted in _sums(place, parts).items())
        except Exception:
            # Whatever an unreadable file raises, the answer is that it is not whole.
            return False

    def write(self, gone: Collection[str], documents: Sequence[Document]) -> None:
        """One commit. Raises what Whoosh raises where the build is damaged."""
        place = self.build()
        if place is None:
            raise index.EmptyIndexError("there is no build to write to")
        with self._held():
            opened = index.open_dir(place, schema=None)
            with opened.writer(limitmb=MEMORY, codec=codec()) as writer:
                for owner in gone:
                    writer.delete_by_term("owner", owner)
                for document in documents:
                    writer.add_document(**row(document))
            _keep_sums(place)

    def rebuild(self, batches: Iterable[Sequence[Document]]) -> None:
        """A new build beside the old one, then the switch."""
        with self._held():
            place = self.folder / f"{LAYOUT}-{secrets.token_hex(4)}"
            place.mkdir(parents=True)
            with index.create_in(place, schema()).writer(limitmb=MEMORY, codec=codec()) as writer:
                for batch in batches:
                    for document in batch:
                        writer.add_document(**row(document))
            _keep_sums(place)
            pointer = self.folder / "current.new"
            pointer.write_text(place.name)
            pointer.replace(self.folder / "current")
            (self.folder / "damaged").unlink(missing_ok=True)
            self._sweep(place)

    def _sweep(self, kept: Path) -> None:
        for other in self.folder.iterdir():
            if other.is_dir() and other != kept:
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One writer at a time, also where somebody runs two workers; a dead one lets go."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _parts(place: Path) -> list[str]:
    """The files that the table of contents names, whether they are there or not."""
    opened = index.open_dir(place)
    return [segment.make_filename(".seg") for segment in opened._segments()]


def _sums(place: Path, names: list[str]) -> dict[str, list[int]]:
    return {name: _sum(place / name) for name in names}


def _sum(file: Path) -> list[int]:
    size = total = 0
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            size, total = size + len(chunk), zlib.crc32(chunk, total)
    return [size, total]


def _keep_sums(place: Path) -> None:
    """Write down what the parts are now; parts never change, so only new ones are read."""
    file = place / "sums.json"
    known = json.loads(file.read_text()) if file.exists() else {}
    names = _parts(place)
    sums = {name: known[name] for name in names if name in known}
    sums |= _sums(place, [name for name in names if name not in known])
    new = place / "sums.new"
    new.write_text(json.dumps(sums))
    new.replace(file)
