"""The health of the norms, in numbers; and nobody gets a score."""

from typing import Any

from app.moderation import actions
from app.moderation.queries.health import health_of
from tests.moderation.conftest import Scene
from tests.support.factories import make_post


def test_what_facilitators_see(scene: Scene, clock: Any, as_member: Any) -> None:
    world = scene.world
    first = scene.report().case
    clock.move(hours=2)
    actions.claim(world.facilitator, first)
    scene.act(first, "hide")
    second = make_post(world.neighbour, world.commons, "Another one")
    actions.report_contribution(world.colleague, second, ref="n1")
    clock.move(days=15)
    health = health_of(world.facilitator)
    assert (health.cases, health.median_hours) == (2, 2.0)
    assert health.ages == {"day": 0, "days": 0, "week": 0, "older": 1}
    assert health.cited == [("All voices", 3)]
    assert health.silent == [world.teacher]
    page = as_member(world.facilitator).get(f"/n/{world.network.slug}/settings/health").text
    assert "within 2.0 hours" in page
    assert "A few kind words may bring them back" in page
    profile = f"/n/{world.network.slug}/members/{world.teacher.id}"
    assert profile in page
    assert as_member(world.facilitator).get(profile).status_code == 200
    assert as_member(world.teacher).get(f"/n/{world.network.slug}/settings/health").status_code == 403
    make_post(world.teacher, world.commons, "I am still here")
    assert health_of(world.facilitator).silent == []
