"""A move never shows people words that others wrote for somebody else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions import actions
from app.contributions.models import Contribution, Pin
from app.contributions.queries import history_of
from app.contributions.queries.moving import what_keeps
from app.core import doctor
from app.core.access import Forbidden
from app.spaces.models import Space, SpaceMember
from app.threads.actions import sum_up
from app.threads.queries import summaries_of
from tests.support.clients import Client
from tests.support.factories import World, make_group, make_post, make_reply
from tests.threads.conftest import Thread

Browser = Callable[[Any], Client]


def lead(db: Any, space: Space, member: Any) -> None:
    db.session.get(SpaceMember, (space.id, member.id)).role = "lead"
    db.session.commit()


@pytest.mark.parametrize("access", ["request", "invite", "secret"])
def test_an_author_does_not_carry_the_words_of_others_out(
    access: str, world: World, db: Any, thread: Thread, as_member: Browser
) -> None:
    group = make_group(world, world.teacher, world.colleague, access=access)
    root = thread(replies=2, space=group)
    with pytest.raises(Forbidden):
        actions.move(world.teacher, root, world.commons)
    place = f"/n/{world.network.slug}/c/{root.id}/move"
    page = as_member(world.teacher).get(f"{place}?space={world.commons.id}").text
    assert "only a lead" in page
    assert f'name="space" value="{world.commons.id}"' not in page
    answer = as_member(world.teacher).post(place, data={"space": str(world.commons.id)})
    assert answer.status_code == 403
    assert as_member(world.principal).get(f"/n/{world.network.slug}/c/{root.id}").status_code == 404
    lead(db, group, world.colleague)
    actions.move(world.colleague, root, world.commons)
    assert root.space_id == world.commons.id


def test_nor_by_way_of_a_group_of_their_own(world: World, thread: Thread) -> None:
    """Today nobody gains there; tomorrow its lead takes in whom they like, or moves it on."""
    group = make_group(world, world.teacher, world.colleague, access="request")
    own = make_group(world, world.teacher, access="request", name="Own")
    root = thread(replies=1, space=group)
    with pytest.raises(Forbidden):
        actions.move(world.teacher, root, own)


def test_to_fewer_people_of_the_same_school_it_goes(world: World, db: Any, thread: Thread) -> None:
    def of_cedar(follows: str) -> Space:
        query = select(Space).where(Space.site_id == world.cedar.id, Space.follows == follows)
        return db.session.scalars(query).one()

    everyone, teachers = of_cedar("site"), of_cedar("site_teachers")
    root = thread(space=everyone)
    make_reply(world.neighbour, root)
    actions.move(world.teacher, root, teachers)
    assert root.space_id == teachers.id
    with pytest.raises(Forbidden):
        actions.move(world.teacher, root, everyone)


def test_what_is_ones_own_moves(world: World, thread: Thread) -> None:
    group = make_group(world, world.teacher, world.colleague, access="secret")
    root = thread(space=group)
    make_reply(world.teacher, root)
    assert what_keeps(world.teacher, root, world.commons) == ""
    actions.move(world.teacher, root, world.commons)
    assert root.space_id == world.commons.id


def test_a_reply_that_was_taken_down_counts_as_it_may_come_back(world: World, thread: Thread) -> None:
    group = make_group(world, world.teacher, world.colleague, access="secret")
    root = thread(space=group)
    actions.hold(make_reply(world.colleague, root), reason="checked")
    with pytest.raises(Forbidden):
        actions.move(world.teacher, root, world.commons)


def test_what_it_said_before_stays_behind(
    world: World, thread: Thread, as_member: Browser, clock: Any
) -> None:
    group = make_group(world, world.teacher, world.colleague, access="secret")
    root = thread(space=group)
    sum_up(world.teacher, root, html="<p>SUMMARY-canary</p>")
    sum_up(world.teacher, root, html="<p>Second summary</p>")
    actions.edit_contribution(world.teacher, root, html="<p>Without the name</p>")
    assert len(history_of(world.colleague, root)) == 1
    clock.move(minutes=1)
    actions.move(world.teacher, root, world.commons)
    clock.move(minutes=1)
    assert history_of(world.colleague, root) == []
    assert len(history_of(world.teacher, root)) == 1, "one's own stays one's own"
    actions.edit_contribution(world.teacher, root, html="<p>Third words</p>")
    sum_up(world.teacher, root, html="<p>Third summary</p>")
    page = as_member(world.principal).get(f"/n/{world.network.slug}/c/{root.id}/history").text
    assert "Without the name" in page, "that stood here"
    assert "Where do you begin" not in page
    assert [one.html for one in summaries_of(root)] == ["<p>Third summary</p>", "<p>Second summary</p>"]


def test_out_of_the_commons_its_history_comes_along(world: World, thread: Thread) -> None:
    group = make_group(world, world.teacher, world.colleague)
    root = thread()
    actions.edit_contribution(world.teacher, root, html="<p>Better</p>")
    actions.move(world.teacher, root, group)
    assert len(history_of(world.colleague, root)) == 1


@pytest.mark.parametrize("how", ["moved", "removed", "held"])
def test_a_pin_goes_with_what_was_pinned(how: str, world: World, db: Any) -> None:
    group = make_group(world, world.teacher, world.colleague)
    lead(db, group, world.teacher)
    post = make_post(world.colleague, group, kind="question")
    actions.pin(world.teacher, post)
    if how == "moved":
        actions.move(world.teacher, post, world.commons)
    elif how == "removed":
        actions.remove_contribution(world.colleague, post)
    else:
        actions.hold(post, reason="checked")
    assert db.session.get(Pin, post.id) is None


def test_five_are_five_that_show_and_the_doctor_sees_the_rest(world: World, db: Any) -> None:
    group = make_group(world, world.teacher, world.colleague)
    lead(db, group, world.teacher)
    posts = [make_post(world.colleague, group) for _number in range(6)]
    for post in posts[:5]:
        actions.pin(world.teacher, post)
    with pytest.raises(actions.TooManyPins):
        actions.pin(world.teacher, posts[5])
    assert doctor.examine() == []
    db.session.get(Contribution, posts[0].id).state = "held"
    db.session.commit()
    assert "contributions: pins" in {finding.check for finding in doctor.examine()}
    actions.pin(world.teacher, posts[5])
