"""A small world for moderation: a post, people of two schools, a lead, and those who judge."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.contributions.models import Contribution
from app.core import clock
from app.moderation import actions
from app.moderation.actions.how import How
from app.moderation.models import Act, Case, Report
from app.moderation.queries.asread import mark_of_case
from tests.support.factories import World, make_post

REF = "n1"


@dataclass
class Scene:
    """`world` with a post of the teacher's in the commons."""

    world: World
    post: Contribution

    def report(self, who: str = "colleague", ref: str = REF, **more: Any) -> Report:
        return actions.report_contribution(getattr(self.world, who), self.post, ref=ref, **more)

    def act(self, case: Case, verb: str, by: str = "facilitator", **more: Any) -> Act:
        given: dict[str, Any] = {"ref": REF, "letter": "Dear colleague", "reason": "It hurt"}
        how = How(
            letter="Dear colleague",
            until=clock.now() + timedelta(days=7) if verb in ("pause", "read_first") else None,
            minutes=10,
        )
        wanted = actions.Wanted(verb, how=more.pop("how", how), **{**given, **more})
        return actions.act(getattr(self.world, by), case, wanted)


def as_read(case: Case) -> dict[str, str]:
    """What a form sends along whose page shows the case as it is now."""
    return {"read": mark_of_case(case)}


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world, make_post(world.teacher, world.commons, "My class is a zoo", title="A day"))
