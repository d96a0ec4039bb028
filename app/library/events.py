"""What happens in the library beside what happens to contributions."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class RequestMet(Event):
    """Who asked has found something, or looks again."""

    contribution_id: int
