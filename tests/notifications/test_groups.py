"""What the bell tells of groups, and what members do not want to be told."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.networks import actions as networks
from app.notifications.models import Notification
from app.notifications.queries import lines_of
from app.spaces import actions
from tests.spaces.making import group_of
from tests.support.clients import Client
from tests.support.factories import World, make_post, make_reply

Browser = Callable[[Any], Client]


def told(member: Any) -> list[str]:
    return [line.verb for line in lines_of([member]).items]


def test_leads_hear_who_asks_and_who_asked_hears_the_answer(
    world: World, outbox: Any, as_member: Browser
) -> None:
    space = group_of(world.teacher)
    outbox.drain()
    actions.ask_to_join_group(world.colleague, space)
    actions.ask_to_join_group(world.neighbour, space)
    outbox.drain()
    assert told(world.teacher) == ["group_asked"]
    words = re.sub(r"<[^>]+>", "", as_member(world.teacher).get("/notifications").text)
    assert "2 other" not in words
    assert "ask to join Ratios" in html.unescape(words)
    assert told(world.facilitator) == told(world.principal) == []
    actions.answer_ask(world.teacher, space, world.colleague.id, accept=True)
    actions.answer_ask(world.teacher, space, world.neighbour.id, accept=False, reason="Full")
    outbox.drain()
    assert told(world.teacher) == [], "nobody waits any more"
    assert told(world.colleague) == ["group_opened"]
    assert told(world.neighbour) == ["group_closed"]
    assert "Full" in as_member(world.neighbour).get(f"/n/{world.network.slug}/groups/{space.slug}/").text


def test_an_ask_taken_back_leaves_the_bell(world: World, outbox: Any) -> None:
    space = group_of(world.teacher)
    actions.ask_to_join_group(world.colleague, space)
    outbox.drain()
    actions.take_back_ask(world.colleague, space)
    outbox.drain()
    assert told(world.teacher) == []


def test_an_invitation_shows_while_it_is_open(world: World, outbox: Any) -> None:
    space = group_of(world.teacher, access="secret")
    actions.invite_to_group(world.teacher, space, world.colleague)
    outbox.drain()
    assert told(world.colleague) == ["group_invite"]
    actions.take_back_invitation(world.teacher, space, world.colleague.id)
    assert told(world.colleague) == [], "also before the worker has looked"
    outbox.drain()
    assert told(world.colleague) == []


def test_the_hub_hears_of_an_open_group_without_a_lead_until_it_has_one(
    world: World, outbox: Any, as_member: Browser
) -> None:
    space = group_of(world.teacher, world.colleague, access="open")
    actions.leave_group(world.teacher, space, without=True)
    outbox.drain()
    assert told(world.facilitator) == told(world.director) == ["group_alone"]
    page = as_member(world.facilitator).get("/notifications").text
    assert space.slug not in page
    assert told(world.principal) == told(world.colleague) == []
    actions.name_lead(world.facilitator, space.id, world.colleague.id)
    outbox.drain()
    assert told(world.facilitator) == []
    assert told(world.colleague) == ["group_lead"]


def test_members_are_asked_to_lead_a_group_that_is_not_open(
    world: World, outbox: Any, as_member: Browser, monkeypatch: Any
) -> None:
    monkeypatch.setattr("app.notifications.actions.groups.GROUP_BATCH", 1)
    people = (world.colleague, world.neighbour, world.principal, world.facilitator)
    space = group_of(world.teacher, *people, access="secret")
    actions.be_told(world.principal, space, "nothing")
    networks.pause(world.teacher, world.teacher)
    outbox.drain()
    assert told(world.director) == ["group_alone"]
    asked = (world.colleague, world.neighbour, world.facilitator)
    assert [told(member) for member in asked] == [["group_unled"]] * 3
    assert told(world.principal) == told(world.teacher) == []
    page = as_member(world.colleague).get("/notifications").text
    assert f"/groups/{space.slug}/" in page
    assert "Would you like to?" in page
    neighbour = as_member(world.neighbour)
    neighbour.post(f"/n/{world.network.slug}/groups/{space.slug}/seen")
    assert neighbour.get("/notifications/unread").get_json()["unread"] == 0
    networks.leave(world.teacher, world.teacher)
    outbox.drain()
    assert told(world.director) == ["group_alone"], "once, though the lead went twice"
    actions.step_up(world.colleague, space)
    outbox.drain()
    assert [told(member) for member in (*asked, world.director)] == [[]] * 4


def test_a_lead_who_comes_back_leads_again(world: World, outbox: Any, db: Any) -> None:
    space = group_of(world.teacher, world.colleague)
    networks.pause(world.teacher, world.teacher)
    outbox.drain()
    networks.come_back(world.teacher, world.teacher)
    outbox.drain()
    assert told(world.director) == told(world.colleague) == []
    assert not db.session.scalars(select(Notification).where(Notification.about_id == space.id)).all()
    networks.pause(world.teacher, world.teacher)
    outbox.drain()
    assert told(world.colleague) == ["group_unled"], "and the next time is told again"


def test_a_proposal_is_told_and_answered(world: World, outbox: Any) -> None:
    from app.spaces.actions.groups import Words

    actions.set_who_starts(world.facilitator, world.network, members=False)
    proposal = actions.propose_group(world.teacher, Words("Number talks", "Ten minutes"))
    outbox.drain()
    assert told(world.facilitator) == ["group_wanted"]
    actions.answer_proposal(world.director, proposal.id, accept=False, reason="Not now")
    outbox.drain()
    assert told(world.facilitator) == []
    assert told(world.teacher) == ["group_no"]


def test_a_newcomer_is_greeted_where_there_is_a_welcome(world: World, outbox: Any) -> None:
    quiet = group_of(world.teacher, access="open", name="Quiet")
    kind = group_of(world.teacher, access="open", name="Kind", welcome="Sit anywhere")
    actions.join_group(world.colleague, quiet)
    actions.join_group(world.neighbour, kind)
    outbox.drain()
    assert told(world.colleague) == []
    assert told(world.neighbour) == ["group_hello"]
    actions.take_from_space(kind.id, world.neighbour.id)
    kind.access = "secret"
    assert told(world.neighbour) == [], "what one may not know of leaves the bell"


def test_everything_is_a_line_for_each_new_post(world: World, outbox: Any) -> None:
    space = group_of(world.teacher, world.colleague, world.neighbour)
    actions.be_told(world.colleague, space, "everything")
    post = make_post(world.teacher, space)
    make_reply(world.neighbour, post)
    outbox.drain()
    assert told(world.colleague) == ["posted"], "a reply to somebody else is no post"
    assert told(world.neighbour) == []
    assert told(world.teacher) == ["replied"]


def test_one_is_not_told_twice_of_a_post_that_names_one(world: World, outbox: Any) -> None:
    from tests.notifications.world import mention

    space = group_of(world.teacher, world.colleague)
    actions.be_told(world.colleague, space, "everything")
    from app.contributions.actions import Piece, share

    share(world.teacher, space, Piece(kind="update", html=f"<p>{mention(world.colleague)}</p>"))
    outbox.drain()
    assert told(world.colleague) == ["mentioned"]


@pytest.mark.parametrize(
    ("wish", "hears"), [("nothing", set()), ("mentions", {"mentioned", "replied"}), ("quiet", {"mentioned"})]
)
def test_what_reaches_whom(wish: str, hears: set[str], world: World, outbox: Any, clock: Any) -> None:
    from app.contributions.actions import Piece, post_reply, share
    from tests.notifications.world import mention

    space = group_of(world.teacher, world.colleague)
    if wish == "quiet":
        actions.mute(world.colleague, space, "hour")
    else:
        actions.be_told(world.colleague, space, wish)
    own = make_post(world.colleague, space)
    post_reply(world.teacher, own, html="<p>Yes</p>")
    share(world.teacher, space, Piece(kind="update", html=f"<p>{mention(world.colleague)}</p>"))
    outbox.drain()
    assert set(told(world.colleague)) == hears
    if wish == "quiet":
        clock.move(minutes=61)
        post_reply(world.teacher, own, html="<p>And again</p>")
        outbox.drain()
        assert "replied" in told(world.colleague)


def test_a_group_that_was_opened_is_read_there(world: World, outbox: Any, as_member: Browser) -> None:
    space = group_of(world.teacher)
    actions.ask_to_join_group(world.colleague, space)
    actions.answer_ask(world.teacher, space, world.colleague.id, accept=True)
    outbox.drain()
    browser = as_member(world.colleague)
    assert browser.get("/notifications/unread").get_json()["unread"] == 1
    address = f"/n/{world.network.slug}/groups/{space.slug}/seen"
    assert browser.post(address).status_code == 204
    assert browser.get("/notifications/unread").get_json()["unread"] == 0
    assert as_member(world.outsider).post(address).status_code == 404
