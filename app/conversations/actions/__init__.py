"""Beginning a conversation, leaving it, keeping it quiet, and saying who may write."""

from app.conversations.actions.beginning import NotTaken, begin_conversation
from app.conversations.actions.leaving import leave_conversation, note_leaving
from app.conversations.actions.wishes import QUIETS, be_quiet, wish_for

__all__ = [
    "QUIETS",
    "NotTaken",
    "be_quiet",
    "begin_conversation",
    "leave_conversation",
    "note_leaving",
    "wish_for",
]
