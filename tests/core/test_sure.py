"""Asking on a page before what cannot be taken back, where no script could ask."""

from collections.abc import Callable
from typing import Any

import pytest

from app.conversations.actions import begin_conversation
from app.core.db import db
from app.networks.actions import give_hub_role
from app.networks.models import Member
from app.spaces.models import SpaceMember
from tests.support.clients import Client
from tests.support.factories import World, make_group

Browser = Callable[[Any], Client]


def _ended(world: World) -> tuple[Member, str, Callable[[], bool]]:
    teacher = world.teacher
    return (
        world.facilitator,
        f"settings/people/{teacher.id}/end",
        lambda: teacher.standing == "former",
    )


def _left(world: World) -> tuple[Member, str, Callable[[], bool]]:
    give_hub_role(world.director, world.facilitator, facilitator=True, director=True)
    return world.teacher, "membership/leave", lambda: world.teacher.standing == "former"


def _taken_out(world: World) -> tuple[Member, str, Callable[[], bool]]:
    group = make_group(world, world.teacher, world.colleague)
    db.session.get_one(SpaceMember, (group.id, world.teacher.id)).role = "lead"
    db.session.commit()
    is_out = lambda: db.session.get(SpaceMember, (group.id, world.colleague.id)) is None  # noqa: E731
    return world.teacher, f"groups/{group.slug}/members/{world.colleague.id}/remove", is_out


def _left_talk(world: World) -> tuple[Member, str, Callable[[], bool]]:
    root = begin_conversation(world.colleague, [world.principal.id], html="<p>Hello</p>").root
    is_out = lambda: db.session.get(SpaceMember, (root.space_id, world.colleague.id)) is None  # noqa: E731
    return world.colleague, f"conversations/{root.id}/leave", is_out


@pytest.mark.parametrize("begin", [_ended, _left, _taken_out, _left_talk])
def test_it_is_asked_once_and_done_once(begin: Any, world: World, as_member: Browser) -> None:
    actor, path, is_done = begin(world)
    browser, here = as_member(actor), f"/n/{world.network.slug}/{path}"
    page = browser.post(here, data={"kept": "a word"})
    assert page.status_code == 200
    assert f'action="{here}"' in page.text
    assert 'name="sure" value="1"' in page.text
    assert 'name="kept" value="a word"' in page.text
    db.session.expire_all()
    assert not is_done()
    assert browser.post(here, data={"sure": "1"}).status_code in (302, 303)
    db.session.expire_all()
    assert is_done()
