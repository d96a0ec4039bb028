"""The world in which people are told things."""

from collections.abc import Callable
from typing import Any

import pytest

from app.accounts.actions import begin_session
from app.accounts.policy import Browser
from app.networks.models import Member
from tests.notifications import world as making
from tests.notifications.world import World
from tests.support.clients import Client, apart


@pytest.fixture
def net(db: Any) -> World:
    """A network with Ana, who wrote, and Ben, Cleo and Dev, who answer."""
    world = making.network("Cedar")
    for name in ("Ana Ruiz", "Ben Ode", "Cleo Park", "Dev Rao"):
        world.person(name)
    return world


@pytest.fixture
def browser_of(new_client: Callable[[], Client]) -> Callable[[Member], Client]:
    """A signed-in browser for a member."""

    def make(member: Member) -> Client:
        _session, token = begin_session(member.account, browser=Browser(), remember=False)
        client = new_client()

        def remember() -> None:
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = token, True

        apart(remember)
        return client

    return make
