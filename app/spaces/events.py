"""What happens to spaces and groups, and to who belongs to them; in ids only."""

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


@dataclass(frozen=True)
class SpaceNarrowed(Event):
    """Fewer people see it, or something in it: every seat that was given through it is asked again."""

    space_id: int

    def entries(self) -> list[Entry]:
        return [Entry(f"access:{self.space_id}", "access:checked", self.space_id)]


@dataclass(frozen=True)
class GroupStarted(Event):
    space_id: int


@dataclass(frozen=True)
class GroupFilling(Event):
    """A group that follows a role has more people to take in than one transaction should."""

    space_id: int


@dataclass(frozen=True)
class GroupRenamed(Event):
    space_id: int


@dataclass(frozen=True)
class GroupArchived(Event):
    space_id: int


@dataclass(frozen=True)
class GroupRestored(Event):
    space_id: int


@dataclass(frozen=True)
class GroupAsked(Event):
    """Somebody would like to join; its leads are told."""

    space_id: int
    member_id: int


@dataclass(frozen=True)
class GroupAskAnswered(Event):
    """Accepted or declined; who asked is told."""

    space_id: int
    member_id: int


@dataclass(frozen=True)
class GroupAskWithdrawn(Event):
    space_id: int
    member_id: int


@dataclass(frozen=True)
class GroupInvited(Event):
    space_id: int
    member_id: int


@dataclass(frozen=True)
class GroupInvitationEnded(Event):
    """Accepted, declined or taken back."""

    space_id: int
    member_id: int


@dataclass(frozen=True)
class LeadNamed(Event):
    space_id: int
    member_id: int


@dataclass(frozen=True)
class LeadChanged(Event):
    """Somebody leads a group from now on, or no more, in whatever way; `by_id` is who did it, empty where it
    follows from something else (a membership that ended).
    """

    space_id: int
    member_id: int
    leads: bool
    by_id: int | None = None


@dataclass(frozen=True)
class GroupLostLead(Event):
    """A group has nobody who leads it and may act: facilitators and members hear of it."""

    space_id: int


@dataclass(frozen=True)
class GroupLedAgain(Event):
    """A member stepped up, or a lead came back: nobody is asked to help any more."""

    space_id: int


@dataclass(frozen=True)
class GroupProposed(Event):
    proposal_id: int


@dataclass(frozen=True)
class GroupProposalAnswered(Event):
    proposal_id: int
