"""What happens to contributions, in ids only; each says in which streams it shows.

A root shows in its space's stream and in its own; replies and reactions travel only on the
stream of the root that they belong to. What is held shows to nobody but its author, who alone hears that it
went.
"""

from dataclasses import dataclass

from app.core.events import Entry, Event


def _contribution(root_id: int, kind: str, subject_id: int) -> Entry:
    return Entry(f"contribution:{root_id}", kind, subject_id)


def _to_author(author_id: int | None, kind: str, subject_id: int) -> list[Entry]:
    """What nobody else could see goes from its author's own pages; whose it is without a name, no stream
    says."""
    return [Entry(f"member:{author_id}", kind, subject_id)] if author_id is not None else []


@dataclass(frozen=True)
class ContributionPosted(Event):
    contribution_id: int
    space_id: int
    network_id: int

    def entries(self) -> list[Entry]:
        return [Entry(f"space:{self.space_id}", "contribution:posted", self.contribution_id)]


@dataclass(frozen=True)
class ContributionEdited(Event):
    contribution_id: int
    space_id: int

    def entries(self) -> list[Entry]:
        return [
            Entry(f"space:{self.space_id}", "contribution:edited", self.contribution_id),
            _contribution(self.contribution_id, "contribution:edited", self.contribution_id),
        ]


@dataclass(frozen=True)
class ContributionChanged(Event):
    """Something around it that its own page shows, and its card does not."""

    contribution_id: int

    def entries(self) -> list[Entry]:
        return [_contribution(self.contribution_id, "contribution:changed", self.contribution_id)]


@dataclass(frozen=True)
class ContributionKept(Event):
    """Its author stamped it "stays in this space": what carried it elsewhere lets go of it."""

    contribution_id: int
    space_id: int


@dataclass(frozen=True)
class ContributionRemoved(Event):
    """`shown`: whether others saw it until now; where it was held they hear nothing, `author_id` alone."""

    contribution_id: int
    space_id: int
    reason: str
    shown: bool = True
    author_id: int | None = None

    def entries(self) -> list[Entry]:
        if not self.shown:
            return _to_author(self.author_id, "contribution:removed", self.contribution_id)
        return [
            Entry(f"space:{self.space_id}", "contribution:removed", self.contribution_id),
            _contribution(self.contribution_id, "contribution:removed", self.contribution_id),
        ]


@dataclass(frozen=True)
class ContributionHeld(Event):
    """It left every page but its author's; whoever shows it lets go of it."""

    contribution_id: int
    space_id: int
    reason: str

    def entries(self) -> list[Entry]:
        return [
            Entry(f"space:{self.space_id}", "contribution:removed", self.contribution_id),
            _contribution(self.contribution_id, "contribution:removed", self.contribution_id),
        ]


@dataclass(frozen=True)
class ContributionWaits(Event):
    """Somebody shared it, and it waits before anybody else sees it: a root or a reply."""

    contribution_id: int
    reason: str


@dataclass(frozen=True)
class WordsEdited(Event):
    """What shows says something else now, by its author's own hand."""

    contribution_id: int


@dataclass(frozen=True)
class HistoryTaken(Event):
    """Its author took words away that it said before."""

    contribution_id: int


@dataclass(frozen=True)
class HeldEdited(Event):
    """Its author said it differently while it was held; `waits`: why it would wait as it is now."""

    contribution_id: int
    reason: str
    waits: str | None = None


@dataclass(frozen=True)
class ContributionMoved(Event):
    """It went to another space: gone from the first, new in the second."""

    contribution_id: int
    from_space_id: int
    to_space_id: int

    def entries(self) -> list[Entry]:
        return [
            Entry(f"space:{self.from_space_id}", "contribution:removed", self.contribution_id),
            Entry(f"space:{self.to_space_id}", "contribution:posted", self.contribution_id),
            _contribution(self.contribution_id, "access:changed", self.contribution_id),
        ]


@dataclass(frozen=True)
class ReplyPosted(Event):
    reply_id: int
    root_id: int
    parent_id: int | None
    space_id: int

    def entries(self) -> list[Entry]:
        return [_contribution(self.root_id, "reply:posted", self.reply_id)]


@dataclass(frozen=True)
class ReplyEdited(Event):
    reply_id: int
    root_id: int

    def entries(self) -> list[Entry]:
        return [_contribution(self.root_id, "reply:edited", self.reply_id)]


@dataclass(frozen=True)
class ReplyRemoved(Event):
    """Gone, or held. `shown` and `author_id` as in ContributionRemoved."""

    reply_id: int
    root_id: int
    reason: str
    shown: bool = True
    author_id: int | None = None

    def entries(self) -> list[Entry]:
        if not self.shown:
            return _to_author(self.author_id, "reply:removed", self.reply_id)
        return [_contribution(self.root_id, "reply:removed", self.reply_id)]


@dataclass(frozen=True)
class ReactionChanged(Event):
    contribution_id: int
    root_id: int
    member_id: int
    kind: str
    on: bool

    def entries(self) -> list[Entry]:
        return [_contribution(self.root_id, "reaction:changed", self.contribution_id)]


@dataclass(frozen=True)
class CommitmentMade(Event):
    commitment_id: int
    contribution_id: int
    member_id: int

    def entries(self) -> list[Entry]:
        return [_contribution(self.contribution_id, "reaction:changed", self.contribution_id)]


@dataclass(frozen=True)
class CommitmentEnded(Event):
    """Let go of; `contribution_id` is the idea."""

    commitment_id: int
    contribution_id: int
    member_id: int

    def entries(self) -> list[Entry]:
        return [_contribution(self.contribution_id, "reaction:changed", self.contribution_id)]


@dataclass(frozen=True)
class CommitmentReported(Event):
    """A *tried it* told how it went; `reported_id` is that contribution."""

    commitment_id: int | None
    contribution_id: int
    reported_id: int
    member_id: int | None
    """None where the report is sealed."""

    def entries(self) -> list[Entry]:
        return [_contribution(self.contribution_id, "contribution:changed", self.contribution_id)]


@dataclass(frozen=True)
class PlaceMoved(Event):
    """Where a member is in a talk: told to their own devices and to nobody else."""

    place_id: int
    member_id: int

    def entries(self) -> list[Entry]:
        return [Entry(f"member:{self.member_id}", "place:moved", self.place_id)]


@dataclass(frozen=True)
class MemberMentioned(Event):
    contribution_id: int
    member_id: int


@dataclass(frozen=True)
class StudentDataFound(Event):
    """A file of it, read since, holds what looks like a student's; its author has not decided on it."""

    contribution_id: int


@dataclass(frozen=True)
class SealAsked(Event):
    """One of the hub asks another to open a seal together."""

    opening_id: int
    network_id: int


@dataclass(frozen=True)
class SealOpened(Event):
    """Two of the hub opened a seal; who is behind it is in no event."""

    opening_id: int
    network_id: int


@dataclass(frozen=True)
class SealsEmptied(Event):
    """Nobody is behind these contributions any more, nor reads the letters of `owner`: a mark, which only
    the seal key could tie to who they were. What was one person's is listed no longer than it must be."""

    passing = True
    ids: list[int]
    owner: str = ""


@dataclass(frozen=True)
class StandardsNamed(Event):
    """It serves other standards than before."""

    contribution_id: int
