"""Before a talk moves: where it may go, and who would gain and who would lose sight of it.

Rule: what others wrote was written for the people of its space. Its leads may take it elsewhere; an
author may as long as nobody else has replied, or nobody comes to read what they did not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.contributions.models import Contribution
from app.contributions.policy import leads, others_replied
from app.contributions.queries.sealed import hides_somebody
from app.networks.models import Member
from app.spaces.models import Space
from app.spaces.policy import can_share_in
from app.spaces.queries import my_spaces, people_only_in

NAMED = 12
"""People who are named on the page that warns; the rest is a number."""


@dataclass(frozen=True)
class Side:
    """Some of the people, by name, and how many they are."""

    people: Sequence[Member]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.people)


@dataclass(frozen=True)
class Sight:
    """What moving to `target` changes."""

    target: Space
    gain: Side
    lose: Side


INSIDE = ("secret", "invite")


def what_keeps(viewer: Member, root: Contribution, target: Space | None = None) -> str:
    """Why it stays: `few` (it shows no name, and in `target` fewer people could be its author than hide
    somebody), `inside` (words of others stay in its group), `gain` (`target` would let more people read
    these, now or whenever somebody is taken in); empty where it may go."""
    if target is not None and root.seal is not None and not hides_somebody(target.id):
        return "few"
    if root.space.access == "open" or leads(viewer, root.space) or not others_replied(viewer, root):
        return ""
    if root.space.access in INSIDE:
        return "inside"
    if target is None:
        return ""
    return "gain" if target.follows is None or people_only_in(target, root.space, 1)[1] else ""


def spaces_to_move_to(viewer: Member, root: Contribution) -> list[Space]:
    """Where the viewer may share, apart from where it is."""
    return [
        space
        for space in my_spaces(viewer)
        if space.id != root.space_id and space.kind != "conversation" and can_share_in(viewer, space)
    ]


def sight_after(viewer: Member, root: Contribution, target: Space) -> Sight:
    """Who sees only the new place, and who sees only the old one; the viewer sees both."""
    gain = people_only_in(target, root.space, NAMED)
    lose = people_only_in(root.space, target, NAMED)
    return Sight(target, Side(*gain), Side(*lose))
