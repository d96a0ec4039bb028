"""What happens in the library beside what happens to contributions."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class SuggestionChanged(Event):
    """What `member_id` suggests for a resource is new, was answered or taken back."""

    contribution_id: int
    member_id: int


@dataclass(frozen=True)
class RequestMet(Event):
    """Who asked has found something, or looks again."""

    contribution_id: int
