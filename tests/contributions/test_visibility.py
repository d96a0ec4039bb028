"""The wall: viewer x kind of space x state, at the clause behind every door.

Each refusal stands beside somebody who does see it, so that an empty world proves nothing.
"""

from typing import Any

import pytest
from sqlalchemy import select

from app.contributions import actions
from app.contributions.models import Contribution
from app.contributions.policy import in_feed_of, visible_to
from app.networks.models import Member
from app.spaces.actions import add_to_space, open_group, take_from_space
from app.spaces.models import Space
from tests.support.factories import World, make_group, make_post, make_reply

EVERYONE = ("teacher", "neighbour", "principal", "colleague", "facilitator", "director", "outsider")
SEES = {
    "commons": {"teacher", "neighbour", "principal", "colleague", "facilitator", "director"},
    "site": {"teacher", "neighbour", "principal"},
    "site_teachers": {"teacher", "neighbour"},
    "open group": {"teacher", "neighbour", "principal", "colleague", "facilitator", "director"},
    "request group": {"teacher", "colleague"},
    "invite group": {"teacher", "colleague"},
    "secret group": {"teacher", "colleague"},
    "coaching": {"teacher", "principal"},
    "convening": {"teacher", "facilitator"},
}


def space_called(world: World, db: Any, name: str) -> Space:
    """The space of a row of the matrix, with exactly its people in it."""
    if name == "commons":
        return world.commons
    if name in ("site", "site_teachers"):
        query = select(Space).where(Space.site_id == world.cedar.id, Space.follows == name)
        return db.session.scalars(query).one()
    if name.endswith("group"):
        people = (world.teacher, world.colleague)
        return make_group(world, *people, access=name.split()[0])
    space = open_group(world.network.id, name=name, access="closed")
    space.kind = name
    for who in SEES[name]:
        add_to_space(space, getattr(world, who))
    return space


def sees(db: Any, viewer: Member, contribution: Contribution) -> bool:
    query = select(Contribution.id).where(Contribution.id == contribution.id, visible_to(viewer))
    return db.session.scalar(query) is not None


def in_feed(db: Any, viewer: Member, contribution: Contribution) -> bool:
    query = select(Contribution.id).where(Contribution.id == contribution.id, in_feed_of(viewer))
    return db.session.scalar(query) is not None


@pytest.mark.parametrize("kind", SEES)
def test_who_sees_what_is_shared_in(kind: str, world: World, db: Any) -> None:
    space = space_called(world, db, kind)
    post = make_post(world.teacher, space)
    reply = make_reply(world.teacher, post)
    for who in EVERYONE:
        viewer = getattr(world, who)
        expected = who in SEES[kind]
        assert sees(db, viewer, post) == expected, who
        assert sees(db, viewer, reply) == expected, who
        assert in_feed(db, viewer, post) == expected, who


@pytest.mark.parametrize("kind", SEES)
@pytest.mark.parametrize("state", ["held", "removed"])
def test_what_is_held_or_removed_is_nobodys_but_its_authors(
    kind: str, state: str, world: World, db: Any
) -> None:
    post = make_post(world.teacher, space_called(world, db, kind))
    (actions.hold if state == "held" else actions.take_down)(post, reason="author")
    for who in EVERYONE:
        viewer = getattr(world, who)
        assert sees(db, viewer, post) == (who == "teacher" and state == "held"), who
        assert not in_feed(db, viewer, post), who


def test_a_removed_root_stays_as_an_empty_tombstone_under_replies(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons, "CANARY words", title="CANARY title")
    reply = make_reply(world.colleague, post)
    actions.remove_contribution(world.teacher, post)
    db.session.expire_all()
    assert sees(db, world.colleague, post)
    assert sees(db, world.colleague, reply)
    assert "CANARY" not in post.title + post.html + post.text + str(post.card)
    assert not sees(db, world.outsider, post)


def test_replies_of_a_held_root_are_hidden_with_it(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons)
    reply = make_reply(world.colleague, post)
    assert sees(db, world.neighbour, reply)
    actions.hold(post, reason="reports")
    assert not sees(db, world.neighbour, reply)
    actions.restore(post)
    assert sees(db, world.neighbour, reply)


@pytest.mark.parametrize("standing", ["asked", "former"])
def test_who_has_no_standing_sees_nothing(standing: str, world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons)
    assert sees(db, world.colleague, post)
    world.colleague.standing = standing
    db.session.commit()
    assert not sees(db, world.colleague, post)


def test_leaving_a_space_ends_sight(world: World, db: Any) -> None:
    group = make_group(world, world.teacher, world.colleague)
    post = make_post(world.teacher, group)
    assert sees(db, world.colleague, post)
    take_from_space(group.id, world.colleague.id)
    assert not sees(db, world.colleague, post)


def test_hub_roles_open_no_content(world: World, db: Any) -> None:
    for kind in ("site", "request group", "secret group", "coaching"):
        post = make_post(world.teacher, space_called(world, db, kind))
        assert not sees(db, world.facilitator, post)
        assert not sees(db, world.director, post)


def test_a_sealed_author_is_known_to_nobody_and_still_is_the_author(world: World, db: Any) -> None:
    from app.contributions.policy import is_author, seal_of

    post = make_post(world.teacher, world.commons)
    post.seal, post.author_id = seal_of(post.id, world.teacher.id), None
    db.session.commit()
    assert is_author(world.teacher, post)
    assert not is_author(world.neighbour, post)
    assert actions.edit_contribution(world.teacher, post, html="<p>Again</p>").html == "<p>Again</p>"
