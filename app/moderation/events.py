"""What happens in moderation, in ids only."""

from dataclasses import dataclass

from app.core.events import Entry, Event


@dataclass(frozen=True)
class QueueChanged(Event):
    """One of those who judge: their badge and their open queue are told."""

    member_id: int

    def entries(self) -> list[Entry]:
        return [Entry(f"member:{self.member_id}", "moderation:count", self.member_id)]


@dataclass(frozen=True)
class LetterSent(Event):
    """An act, or the answer to an appeal, has words for its member; they get a mail that says so."""

    act_id: int
    is_answer: bool = False


@dataclass(frozen=True)
class ActUndone(Event):
    """A judge took an act back; an appeal that waited for just that has its answer."""

    act_id: int
    by_id: int


@dataclass(frozen=True)
class SealedHeld(Event):
    """Something that was shared without a name waits for reports to be judged; its author is told there,
    where sealed letters lie."""

    contribution_id: int
    case_id: int


@dataclass(frozen=True)
class CaseSettled(Event):
    """Those who reported it are told what became of it."""

    case_id: int
