"""The world in which people are told things."""

from typing import Any

import pytest

from tests.notifications import world as making
from tests.notifications.world import World


@pytest.fixture
def net(db: Any) -> World:
    """A network with Ana, who wrote, and Ben, Cleo and Dev, who answer."""
    world = making.network("Cedar")
    for name in ("Ana Ruiz", "Ben Ode", "Cleo Park", "Dev Rao"):
        world.person(name)
    return world
