"""What a conversation is made of, and whom a member wants to hear from."""

from app.conversations.models.conversations import (
    MOST,
    WISHES,
    Conversation,
    ConversationPerson,
    ConversationWish,
)

__all__ = ["MOST", "WISHES", "Conversation", "ConversationPerson", "ConversationWish"]
