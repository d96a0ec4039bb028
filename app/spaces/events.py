"""What happens to spaces and to who belongs to them."""

from dataclasses import dataclass

from app.core.events import Entry, Event


@dataclass(frozen=True)
class SpaceJoined(Event):
    space_id: int
    member_id: int

    def entries(self) -> list[Entry]:
        return [Entry(f"member:{self.member_id}", "access:gained", self.space_id)]


@dataclass(frozen=True)
class SpaceLeft(Event):
    """The member no longer sees the space: live delivery ends with this very entry."""

    space_id: int
    member_id: int

    def entries(self) -> list[Entry]:
        return [Entry(f"member:{self.member_id}", "access:lost", self.space_id)]
