"""What the check finds, and the words that it knows."""

from app.privacy.models.findings import KINDS, WATCHED, Finding, Place, at, mark_of, of_students, undecided
from app.privacy.models.looks import FileLook

__all__ = [
    "KINDS",
    "WATCHED",
    "FileLook",
    "Finding",
    "Place",
    "at",
    "mark_of",
    "of_students",
    "undecided",
]
