"""A conversation between the teacher and whoever is named."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.models import Contribution
from app.core import text
from app.networks.models import Member
from tests.support.clients import Client
from tests.support.factories import World

Talk = Callable[..., Contribution]
Browser = Callable[[Any], Client]


@pytest.fixture
def talk(world: World) -> Talk:
    """`talk(world.colleague, words="…")` -> the root; the teacher said the first message."""
    from app.conversations.actions import begin_conversation

    def make(
        *others: Member, words: str = "Shall we plan together?", by: Member | None = None
    ) -> Contribution:
        message = begin_conversation(
            by or world.teacher,
            [other.id for other in others or (world.colleague,)],
            html=text.from_plain(words),
        )
        assert message.root is not None
        return message.root

    return make


def here(world: World, rest: str = "") -> str:
    return f"/n/{world.network.slug}/conversations/{rest}"


def page_of(world: World, root: Contribution, rest: str = "") -> str:
    return f"/n/{world.network.slug}/c/{root.id}{rest}"
