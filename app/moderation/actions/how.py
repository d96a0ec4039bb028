"""What an act needs beside its verb, and the pair of functions that a verb is: one does it, one undoes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.moderation.actions.standing import Before
from app.moderation.models import Act, Case
from app.networks.models import Member


@dataclass(frozen=True)
class How:
    """What an act needs beside its verb; each verb takes what is its own."""

    letter: str = ""
    until: datetime | None = None
    minutes: int = 0
    space_id: int | None = None


Do = Callable[[Member, Case, How], Before]
Undo = Callable[[Member, Case, Act], None]
