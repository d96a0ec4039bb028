"""Telling, reading, mailing, and the wishes for mail."""

from app.notifications.actions.reading import mark_all_read, mark_read, mark_seen
from app.notifications.actions.telling import tell_of, tell_of_commitment, tell_of_reactions

__all__ = [
    "mark_all_read",
    "mark_read",
    "mark_seen",
    "tell_of",
    "tell_of_commitment",
    "tell_of_reactions",
]
