"""The last days in numbers: for the hub alone, and only over what its member sees."""

from datetime import timedelta
from typing import Any

from app.contributions.actions import commit_to
from app.core import clock as time
from app.feed.queries import Week, week_of
from tests.support.factories import World, make_group, make_post, make_reply


def test_it_counts_what_its_reader_sees(world: World, clock: Any) -> None:
    assert week_of(world.facilitator) == Week(0, 0, 0, 0)
    old = make_post(world.teacher, world.commons, "Last month", kind="material")
    make_post(world.teacher, world.commons, "Nobody knows?", kind="question")
    clock.move(days=20)
    make_post(world.teacher, world.commons, "It broke", kind="tried_it", outcome="did_not_work")
    make_reply(world.colleague, make_post(world.teacher, world.commons, "Why?", kind="question"))
    secret = make_group(world, world.teacher, world.neighbour, access="secret")
    make_post(world.teacher, secret, "Only for us?", kind="question")
    hidden = make_post(world.teacher, secret, "A sheet for us", kind="material")
    soon, later = (time.now().date() + timedelta(days=days) for days in (3, 30))
    commit_to(world.neighbour, hidden, due_on=soon)
    commit_to(world.colleague, old, due_on=soon)
    commit_to(world.neighbour, old, due_on=later)
    assert week_of(world.facilitator) == Week(posts=2, did_not_work=1, unanswered=1, due=1)
    assert week_of(world.neighbour) == Week(posts=4, did_not_work=1, unanswered=2, due=2)
    assert week_of(world.outsider) == Week(0, 0, 0, 0)


def test_it_is_for_who_looks_after_the_network(world: World, as_member: Any) -> None:
    address = f"/n/{world.network.slug}/feed/week"
    for member, sees in ((world.facilitator, True), (world.director, True), (world.teacher, False)):
        browser = as_member(member)
        assert ("In the last seven days" in browser.get(address).text) is sees
        assert (address in browser.get(f"/n/{world.network.slug}/").text) is sees
    assert as_member(world.outsider).get(address).status_code == 404


def test_its_link_leads_to_the_questions_without_a_reply(world: World, as_member: Any) -> None:
    make_post(world.teacher, world.commons, "Nobody knows?", kind="question")
    make_reply(world.colleague, make_post(world.teacher, world.commons, "Somebody knows", kind="question"))
    make_post(world.teacher, world.commons, "No question at all")
    page = as_member(world.facilitator).get(f"/n/{world.network.slug}/?unanswered=1").text
    assert "Nobody knows?" in page
    assert "Somebody knows" not in page
    assert "No question at all" not in page
