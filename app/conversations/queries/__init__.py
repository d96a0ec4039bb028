"""Conversations as one of their people reaches them, split by noun."""

from app.conversations.queries.lists import Line, conversations_of, unread_conversations, waiting_for
from app.conversations.queries.people import (
    Circle,
    circle_of,
    conversation_of_space,
    get_conversation,
    members_of,
    people_for,
    people_key,
    people_to_write_to,
    same_people,
    wish_of,
)

__all__ = [
    "Circle",
    "Line",
    "circle_of",
    "conversation_of_space",
    "conversations_of",
    "get_conversation",
    "members_of",
    "people_for",
    "people_key",
    "people_to_write_to",
    "same_people",
    "unread_conversations",
    "waiting_for",
    "wish_of",
]
