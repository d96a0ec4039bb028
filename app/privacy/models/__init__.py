"""What the check finds, and the words that it knows."""

from app.privacy.models.findings import KINDS, Finding, Place, at, mark_of, undecided

__all__ = ["KINDS", "Finding", "Place", "at", "mark_of", "undecided"]
