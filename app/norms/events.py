"""What happens to proposals; the talk below them tells of itself."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class NormsProposed(Event):
    """Somebody would like the norms to change: the facilitators are told."""

    contribution_id: int


@dataclass(frozen=True)
class NormsDecided(Event):
    """Adopted or declined: who proposed it and who talked it over are told."""

    contribution_id: int
    by_id: int
