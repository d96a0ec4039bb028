"""What a title and the names of files say about a resource: guesses, which people change as they like.

Pure: nothing is read from anywhere, so that the same words give the same guess.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from app.networks.models import grade_bit

_WORDS: tuple[tuple[str, str], ...] = (
    ("rubric", r"\brubrics?\b"),
    ("student_work", r"\bstudent work|work samples?\b"),
    (
        "assessment",
        r"\b(exit (ticket|slip|card)s?|quiz(zes)?|tests?|assessments?|check-?ups?|performance task)\b",
    ),
    ("protocol", r"\b(protocols?|routines?|norms|discussion guide)\b"),
    ("slides", r"\b(slides?|slide deck|deck|presentation)\b"),
    ("lesson", r"\b(lessons?|lesson plan|unit plan|unit)\b"),
    ("video", r"\b(videos?|clip|recording)\b"),
    ("data_set", r"\b(data ?sets?|spreadsheet|data)\b"),
    ("reading", r"\b(reading|article|paper|chapter|brief)\b"),
)
OPENING = 1500
"""Letters of a file in which it says for whom it is; further down, grades and minutes are its subject."""
_ENDINGS = {".pptx": "slides", ".odp": "slides", ".xlsx": "data_set", ".csv": "data_set", ".ods": "data_set"}
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com")
_ORDINAL = r"(?:st|nd|rd|th)"
_GRADES = re.compile(
    rf"\bgrades?\s*(\d{{1,2}})(?:\s*(?:-|–|to|and|&)\s*(\d{{1,2}}))?|\b(\d{{1,2}}){_ORDINAL}[\s-]*grade\b|\bg(\d{{1,2}})\b",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\b(\d{1,3})\s*(?:-\s*)?min(?:ute)?s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Guess:
    """`what` is always one of the kinds; `grades` a bit mask, `minutes` None where nothing says it."""

    title: str
    what: str
    grades: int
    minutes: int | None


def guess(title: str, names: Sequence[str] = (), link: str = "", words: str = "") -> Guess:
    """From a title (or else the first file's name), file names, a link, and the words of a description."""
    title = title or (title_of(names[0]) if names else "")
    said = " ".join((title, *map(title_of, names)))
    return Guess(
        title, what_it_is(said, names, link), grades_said(f"{said} {words}"), minutes_said(f"{said} {words}")
    )


def guess_with(found: Guess, inside: str) -> Guess:
    """The same, with what is said inside the files where the names say nothing."""
    opening = inside[:OPENING]
    return replace(
        found,
        grades=found.grades or grades_said(opening),
        minutes=found.minutes or minutes_said(opening),
    )


def title_of(name: str) -> str:
    """A file's name as a title: without its ending, underscores and version marks."""
    stem = re.sub(r"[_\s]+|(?<=\w)-(?=\w{3})", " ", PurePath(name).stem)
    stem = re.sub(r"\b(final|copy|draft|v\d+|\(\d+\))\b|\(\d+\)", "", stem, flags=re.IGNORECASE)
    stem = re.sub(r"\s+", " ", stem).strip(" -.")
    return stem[:1].upper() + stem[1:140]


def what_it_is(said: str, names: Sequence[str], link: str) -> str:
    for what, pattern in _WORDS:
        if re.search(pattern, said, re.IGNORECASE):
            return what
    if any(host in link for host in _VIDEO_HOSTS):
        return "video"
    endings = (_ENDINGS.get(PurePath(name).suffix.lower()) for name in names)
    return next((what for what in endings if what), "reading" if link else "task")


def grades_said(said: str) -> int:
    """A mask of the grades that are named: "grade 7", "grades 6-8", "7th grade"."""
    mask = 0
    for first, last, ordinal, short in _GRADES.findall(said):
        begin = int(first or ordinal or short)
        end = int(last) if last else begin
        for grade in range(begin, min(end, 12) + 1):
            mask |= grade_bit(grade)
    return mask


def minutes_said(said: str) -> int | None:
    found = _MINUTES.search(said)
    return int(found[1]) if found and int(found[1]) else None
