"""Asking the author, and looking through a file that was read."""

from app.privacy.actions.deciding import StudentData, decided_by, decided_here
from app.privacy.actions.looking import look_through, note_look

__all__ = ["StudentData", "decided_by", "decided_here", "look_through", "note_look"]
