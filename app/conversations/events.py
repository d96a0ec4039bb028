"""What happens to conversations, in ids only."""

from dataclasses import dataclass

from app.core.events import Entry, Event


@dataclass(frozen=True)
class ConversationBegun(Event):
    space_id: int
    root_id: int


@dataclass(frozen=True)
class ConversationsChanged(Event):
    """Something came into a member's conversations, or was read: told to their own devices alone."""

    member_id: int

    def entries(self) -> list[Entry]:
        return [Entry(f"member:{self.member_id}", "conversation:count", self.member_id)]
