"""Blocking: quiet, both ways, reversible; a fold and a silence, and no wall."""

from typing import Any

import pytest

from app.accounts.models import Account
from app.contributions.actions import post_reply, react
from app.contributions.models import Mention
from app.contributions.queries.mine import mine
from app.conversations.actions import NotTaken, begin_conversation
from app.core import personal
from app.core.access import Forbidden
from app.core.command import command
from app.core.db import db
from app.networks.actions import block, unblock
from app.networks.models import Block, Member
from app.networks.queries import blocked_by, has_blocked, kept_apart
from app.notifications.queries import lines_of
from tests.notifications.world import mention
from tests.support.factories import World, make_member, make_post, make_reply


def said(member: Member) -> list[str]:
    return [line.verb for line in lines_of([member]).items]


def test_it_is_one_way_to_see_and_both_ways_to_hold(world: World) -> None:
    block(world.teacher, world.colleague)
    block(world.teacher, world.colleague)
    assert has_blocked(world.teacher, world.colleague)
    assert not has_blocked(world.colleague, world.teacher)
    assert kept_apart(world.teacher.id, [world.colleague.id, world.neighbour.id]) == {world.colleague.id}
    assert kept_apart(world.colleague.id, [world.teacher.id]) == {world.teacher.id}
    unblock(world.colleague, world.teacher.id)
    assert has_blocked(world.teacher, world.colleague)
    unblock(world.teacher, world.colleague.id)
    assert not kept_apart(world.colleague.id, [world.teacher.id])


def test_nobody_blocks_themselves_nor_somebody_elsewhere(world: World) -> None:
    for other in (world.teacher, world.outsider):
        with pytest.raises(Forbidden):
            block(world.teacher, other)


@pytest.mark.parametrize("back", [False, True])
def test_neither_names_nor_notifies_the_other(world: World, outbox: Any, back: bool) -> None:
    post = make_post(world.teacher, world.commons)
    one, other = (world.colleague, world.teacher) if back else (world.teacher, world.colleague)
    block(one, other)
    reply = post_reply(world.colleague, post, html=f"<p>{mention(world.teacher)} look</p>")
    react(world.colleague, post, "thanks")
    make_reply(world.neighbour, post, "And I")
    outbox.drain()
    assert db.session.query(Mention).filter_by(contribution_id=reply.id).count() == 0
    people = [person.name for line in lines_of([world.teacher]).items for person in line.people.named]
    assert people == [world.neighbour.name]


def test_what_waited_unread_goes(world: World, outbox: Any) -> None:
    post = make_post(world.teacher, world.commons)
    make_reply(world.colleague, post)
    outbox.drain()
    assert said(world.teacher) == ["replied"]
    block(world.teacher, world.colleague)
    outbox.drain()
    assert said(world.teacher) == []


def test_conversations_stop_both_ways_and_come_back(world: World) -> None:
    message = begin_conversation(world.teacher, [world.colleague.id], html="<p>Hello</p>")
    assert message.root is not None
    block(world.colleague, world.teacher)
    for person in (world.teacher, world.colleague):
        with pytest.raises(Forbidden):
            post_reply(person, message.root, html="<p>And?</p>")
    third = make_member(world.network, "Tom Third")
    with pytest.raises(NotTaken):
        begin_conversation(world.teacher, [third.id, world.colleague.id], html="<p>Hello all</p>")
    unblock(world.colleague, world.teacher.id)
    post_reply(world.teacher, message.root, html="<p>And?</p>")


def test_a_circle_of_three_goes_on(world: World) -> None:
    message = begin_conversation(world.teacher, [world.colleague.id, world.neighbour.id], html="<p>Hi</p>")
    assert message.root is not None
    block(world.colleague, world.teacher)
    post_reply(world.teacher, message.root, html="<p>And?</p>")


def test_only_the_one_who_blocked_has_it_folded(world: World, as_member: Any) -> None:
    post = make_post(world.colleague, world.commons, "Number talks on Monday")
    block(world.teacher, world.colleague)
    assert mine(world.teacher, [post.id]).folded == [world.colleague.id]
    assert mine(world.colleague, [post.id]).folded == []
    page = as_member(world.teacher).get(f"/n/{world.network.slug}/").get_data(as_text=True)
    assert f'data-by="{world.colleague.id}"' in page
    assert "Number talks on Monday" in page
    assert f'"folded": [{world.colleague.id}]' in page


def test_the_pages_say_it_to_its_maker_alone(world: World, as_member: Any) -> None:
    here = f"/n/{world.network.slug}"
    browser = as_member(world.teacher)
    browser.post(f"{here}/members/{world.colleague.id}/block")
    assert has_blocked(world.teacher, world.colleague)
    assert world.colleague.name in browser.get(f"{here}/profile/blocked").get_data(as_text=True)
    assert "You blocked" in browser.get(f"{here}/members/{world.colleague.id}").get_data(as_text=True)
    theirs = as_member(world.colleague)
    profile = theirs.get(f"{here}/members/{world.teacher.id}").get_data(as_text=True)
    assert f"Block {world.teacher.name}" in profile
    assert "You blocked" not in profile
    assert world.teacher.name not in theirs.get(f"{here}/profile/blocked").get_data(as_text=True)
    assert as_member(world.outsider).post(f"{here}/members/{world.colleague.id}/block").status_code == 404
    browser.post(f"{here}/members/{world.colleague.id}/unblock")
    assert not has_blocked(world.teacher, world.colleague)


def test_it_goes_with_the_person_and_is_in_what_they_take_along(world: World) -> None:
    block(world.teacher, world.colleague)
    block(world.neighbour, world.teacher)
    account = world.teacher.account
    assert isinstance(account, Account)
    files = dict(personal.everything_of(account))
    assert files[f"networks/{world.network.slug}/profile.json"]["blocked"] == [world.colleague.name]
    command(personal.erase)(account, keep_contributions=True)
    assert db.session.query(Block).count() == 0
    assert blocked_by(world.teacher) == []
