"""Groups with people in every position, made with the product's own verbs."""

from app.networks.models import Member
from app.spaces import actions
from app.spaces.actions.groups import Words
from app.spaces.models import Space
from tests.support.factories import World


def group_of(
    lead: Member, *members: Member, access: str = "request", name: str = "Ratios", **words: object
) -> Space:
    """A group that `lead` started, with these members in it."""
    words.setdefault("purpose", f"Purpose of {name}")
    group = actions.start_group(lead, Words(name, access=access, **words))  # type: ignore[arg-type]
    for member in members:
        actions.add_to_space(group.space, member)
    return group.space


def address(world: World, space: Space, rest: str = "") -> str:
    return f"/n/{world.network.slug}/groups/{space.slug}/{rest}"
