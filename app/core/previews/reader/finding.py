"""What the reader found: sections with their words and pictures, or why there is nothing to read.

Nouns: a *section* is a page, slide, sheet or part, numbered from 1; its *blocks* are small lists
(`["p", text]`, `["table", rows]`) that the page escapes. A *finding* becomes the JSON that is handed back.
"""

import re
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.core.previews.reader import bounds

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Locked(Exception):
    """A password is needed to read it."""


class Damaged(Exception):
    """It is not what its kind must be."""


class TooMuch(Exception):
    """Reading it would take more than a file may."""


@dataclass
class Section:
    number: int
    unit: str
    title: str = ""
    text: str = ""
    blocks: list[list[Any]] = field(default_factory=list)
    picture: str = ""
    """The name of a file in the folder."""
    width: int = 0
    height: int = 0

    def say(self, kind: str, words: str) -> None:
        """A block of words, and the words for the search. Empty ones are passed over."""
        words = clean(words)
        if words and len(self.blocks) < bounds.BLOCKS:
            self.blocks.append([kind, words[: bounds.LETTERS_OF_ONE]])
        self.add(words)

    def add(self, words: str) -> None:
        if words and len(self.text) < bounds.LETTERS_OF_ONE:
            self.text = f"{self.text}\n{words}".strip()[: bounds.LETTERS_OF_ONE]

    def show(self, rows: list[list[str]]) -> None:
        """A table: cut for the eye, whole for the search."""
        rows = [[clean(cell)[: bounds.CELL] for cell in row] for row in rows]
        while rows and not any(rows[-1]):
            rows.pop()
        width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell), default=0)
        shown = [row[: min(width, bounds.COLUMNS)] for row in rows[: bounds.ROWS]]
        if shown and width:
            self.blocks.append(["table", shown])
        for row in rows:
            self.add(" ".join(cell for cell in row if cell))


@dataclass
class Finding:
    """`folder` is where pictures go; a reader adds sections until `full`."""

    folder: Path
    sections: list[Section] = field(default_factory=list)
    is_cut: bool = False
    has_macros: bool = False
    began: float = field(default_factory=time.monotonic)
    pictures: int = 0

    def begin(self, unit: str, title: str = "") -> Section:
        """The next section."""
        section = Section(len(self.sections) + 1, unit, clean(title)[:200])
        self.sections.append(section)
        return section

    @property
    def full(self) -> bool:
        """Whether this is all that is read of one file; it says then that it was cut."""
        letters = sum(len(section.text) for section in self.sections)
        if len(self.sections) >= bounds.PAGES or letters > bounds.LETTERS:
            self.is_cut = True
            return True
        return False

    @property
    def may_draw(self) -> bool:
        return self.pictures < bounds.PICTURES and time.monotonic() - self.began < bounds.ENOUGH

    def as_json(self) -> dict[str, Any]:
        has_words = any(section.text for section in self.sections)
        return {
            "state": "read" if has_words else "empty",
            "sections": [asdict(section) for section in self.sections],
            "is_cut": self.is_cut,
            "has_macros": self.has_macros,
        }


def clean(words: str) -> str:
    """Plain text that a database and a page can hold."""
    return _CONTROL.sub(" ", words.replace("\r\n", "\n").replace("\r", "\n")).strip()
