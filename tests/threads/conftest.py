"""A thread in the commons, with replies by two people."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.models import Contribution
from app.networks.models import Member
from app.spaces.models import Space
from tests.support.factories import World, make_post, make_reply

Thread = Callable[..., Contribution]


@pytest.fixture
def thread(world: World) -> Thread:
    """`thread(replies=3)`: one by the teacher, answered in turn by the colleague and the teacher."""

    def make(
        replies: int = 0, space: Space | None = None, author: Member | None = None, **more: Any
    ) -> Contribution:
        begun = make_post(
            author or world.teacher,
            space or world.commons,
            more.pop("words", "Where do you begin with ratios?"),
            kind="thread",
            title=more.pop("title", "Ratio tables before cross multiplication"),
            **more,
        )
        for number in range(replies):
            make_reply((world.colleague, world.teacher)[number % 2], begun, f"Thought number {number + 1}.")
        return begun

    return make
