"""What happens to a member's notifications; heard only on that member's own stream."""

from dataclasses import dataclass

from app.core.events import Entry, Event


@dataclass(frozen=True)
class NotificationChanged(Event):
    """A line is new, or says something else than before."""

    member_id: int
    notification_id: int

    def entries(self) -> list[Entry]:
        return [Entry(f"member:{self.member_id}", "notification:changed", self.notification_id)]


@dataclass(frozen=True)
class NotificationGone(Event):
    """Everything behind a line was taken back: the line goes, and the count is told again."""

    member_id: int
    notification_id: int

    def entries(self) -> list[Entry]:
        stream = f"member:{self.member_id}"
        return [
            Entry(stream, "notification:changed", self.notification_id),
            Entry(stream, "notification:count", self.member_id),
        ]


@dataclass(frozen=True)
class NotificationsRead(Event):
    """Some lines were read; other windows of the same person count again."""

    member_id: int

    def entries(self) -> list[Entry]:
        return [Entry(f"member:{self.member_id}", "notification:count", self.member_id)]
