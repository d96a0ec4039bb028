"""The watch list opens no wall: what it finds is copied alone, and judged by those who see it anyway."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.core.access import NotFound
from app.moderation import actions
from app.moderation.models import Case, Report
from app.moderation.queries.cases import Filters, queue_of
from app.moderation.queries.judges import get_case, judges_of, waiting_count
from app.networks.models import Member
from app.spaces.models import Space, SpaceMember
from tests.moderation.conftest import Scene
from tests.support.factories import make_group, make_post, make_reply


def _found(scene: Scene, outbox: Any, db: Any, *, how: str, led: bool) -> tuple[Case, Report, Space]:
    world = scene.world
    group = make_group(world, world.teacher, world.neighbour, world.colleague)
    if led:
        place = db.session.get(SpaceMember, (group.id, world.colleague.id))
        place.role = "lead"
        db.session.commit()
    root = make_post(world.teacher, group, "A root for us alone")
    actions.watch(world.facilitator, "lawsuit", how)
    make_reply(world.neighbour, root, "Another word of ours")
    make_reply(world.teacher, root, "A lawsuit, then")
    outbox.drain()
    report = db.session.scalars(select(Report)).one()
    return db.session.get_one(Case, report.case_id), report, group


def _sees(member: Member, case: Case) -> bool:
    """The same by the page, the queue and the badge."""
    listed = case.id in [row.case.id for row in queue_of(member.account, Filters())[1]]
    told = member.id in [each.id for each in judges_of(case)]
    assert listed == told == bool(waiting_count(member.account))
    try:
        get_case(member.account, case.id)
    except NotFound:
        assert not listed
        return False
    return listed


@pytest.mark.parametrize("how", ["hold", "notify"])
@pytest.mark.parametrize("led", [True, False])
def test_a_watched_word_opens_no_closed_space(
    scene: Scene, outbox: Any, db: Any, how: str, led: bool
) -> None:
    world = scene.world
    case, report, _group = _found(scene, outbox, db, how=how, led=led)
    assert report.copy["around"] == [], "what hit nothing is nobody's to read"
    assert _sees(world.colleague, case) == led
    assert _sees(world.facilitator, case) == _sees(world.director, case) == (not led)


def test_a_report_by_a_member_brings_it_to_the_hub(scene: Scene, outbox: Any, db: Any) -> None:
    world = scene.world
    case, _report, _group = _found(scene, outbox, db, how="notify", led=True)
    actions.report_contribution(world.neighbour, case.contribution, ref="n1")
    assert _sees(world.facilitator, case)


@pytest.mark.parametrize("pattern", ["the", "e*", "th*", "*e*", "a*b", "*ing", "The", "we*"])
def test_what_everybody_writes_cannot_be_watched(scene: Scene, pattern: str) -> None:
    with pytest.raises(actions.TooCommon):
        actions.watch(scene.world.facilitator, pattern, "notify")


def test_members_read_what_is_watched_with_the_norms(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world = scene.world
    here = f"/n/{world.network.slug}/norms/"
    assert "Some words wait" not in as_member(world.teacher).get(here).text
    actions.watch(world.facilitator, "blockhead", "hold")
    said = as_member(world.teacher).get(here).text
    assert "Some words wait for a look first" in said
    assert "blockhead" in said
