"""What the check finds, and the words that it knows."""

from app.privacy.models.findings import KINDS, Finding, Place, at, mark_of, undecided
from app.privacy.models.looks import FileLook

__all__ = ["KINDS", "FileLook", "Finding", "Place", "at", "mark_of", "undecided"]
