"""A network with a small framework."""

from collections.abc import Callable
from typing import Any

import pytest

from app.networks.policy import OPERATOR
from app.standards.actions import Report, import_packages
from app.standards.models import Standard
from app.standards.queries import standards_of_code
from app.standards.queries.case import read_packages
from tests.standards.packages import package, sent
from tests.support.factories import World


@pytest.fixture
def bring(world: World) -> Callable[..., Report]:
    """Import a package into the network; by default the small framework."""

    def run(value: Any = None, network: Any = world.network, actor: Any = OPERATOR) -> Report:
        (report,) = import_packages(actor, read_packages(sent(value or package())), network)
        return report

    return run


@pytest.fixture
def standard(world: World, bring: Callable[..., Report]) -> Callable[[str], Standard]:
    """A standard of the small framework, by its code."""
    bring()

    def find(code: str) -> Standard:
        (found,) = standards_of_code(world.network.id, code)
        return found

    return find
