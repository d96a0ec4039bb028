"""The badge and the open queue of those who judge hear of a case; nobody else does."""

from typing import Any

from sqlalchemy import select

from app.core.realtime import registry
from app.core.streams import StreamEvent
from app.moderation import actions
from tests.moderation.conftest import Scene


def test_judges_hear_of_a_case_and_others_do_not(scene: Scene, db: Any) -> None:
    world = scene.world
    case = scene.report().case
    told = select(StreamEvent.stream).where(StreamEvent.kind == "moderation:count")
    judges = {f"member:{each.id}" for each in (world.facilitator, world.director)}
    assert set(db.session.scalars(told)) == judges
    assert registry.payload("moderation:count", world.facilitator.id) == {"waiting": 1}
    assert registry.payload("moderation:count", world.colleague.id) == {"waiting": 0}
    actions.claim(world.facilitator, case)
    assert registry.payload("moderation:count", world.facilitator.id) == {"waiting": 1}
    assert registry.payload("moderation:count", world.director.id) == {"waiting": 0}


def test_the_badge_stands_on_every_page_of_a_judge(scene: Scene, as_member: Any) -> None:
    scene.report()
    world, here = scene.world, f"/n/{scene.world.network.slug}/"
    assert "To look at" in as_member(world.facilitator).get(here).text
    assert "To look at" not in as_member(world.teacher).get(here).text
    assert as_member(world.facilitator).get("/moderation/waiting").get_json() == {"waiting": 1}
