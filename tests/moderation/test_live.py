"""The badge and the open queue of those who judge hear of a case; nobody else does."""

from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import remove_contribution
from app.contributions.models import Contribution
from app.core.realtime import registry
from app.core.streams import StreamEvent
from app.moderation import actions
from app.moderation.models import Case
from tests.moderation.conftest import Scene
from tests.support.factories import make_post, make_reply


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


def _told(db: Any, kind: str, subject: Contribution) -> list[str]:
    """The streams on which it was said, one after another."""
    said = select(StreamEvent.stream).where(StreamEvent.kind == kind, StreamEvent.subject_id == subject.id)
    return list(db.session.scalars(said.order_by(StreamEvent.id)))


def test_a_reply_that_was_held_goes_once_for_others(scene: Scene, db: Any) -> None:
    """Each time it is said, open pages count one less."""
    world = scene.world
    reply = make_reply(world.colleague, scene.post, "One")
    case = actions.report_contribution(world.teacher, reply, ref="privacy").case
    scene.act(case, "remove")
    talk, author = f"contribution:{scene.post.id}", f"member:{world.colleague.id}"
    assert _told(db, "reply:removed", reply) == [talk, author]


@pytest.mark.parametrize("by", ["author", "judge"])
def test_what_nobody_saw_goes_from_its_authors_pages_alone(scene: Scene, db: Any, by: str) -> None:
    world = scene.world
    actions.watch(world.facilitator, "dumb", "hold")
    post, reply = (
        make_post(world.colleague, world.commons, "Dumb"),
        make_reply(world.colleague, scene.post, "Dumb"),
    )
    for held, kind in ((post, "contribution:removed"), (reply, "reply:removed")):
        assert held.state == "held"
        case = db.session.scalars(select(Case).where(Case.contribution_id == held.id)).one()
        if by == "author":
            remove_contribution(world.colleague, held)
        else:
            scene.act(case, "remove")
        assert held.state == "removed"
        assert _told(db, kind, held) == [f"member:{world.colleague.id}"]
