"""Reactions, "I'll try this", saves: counted once, one's own, and kept."""

from datetime import date
from typing import Any

import pytest

from app.contributions import actions
from app.contributions.queries import commitments_of, mine, saved_by
from app.core import doctor
from app.core.access import Forbidden, NotFound
from tests.support.factories import World, make_group, make_post, make_reply


def test_a_reaction_counts_once_for_each_person(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons)
    for _ in range(2):
        actions.react(world.colleague, post, "thanks")
    actions.react(world.neighbour, post, "thanks")
    actions.react(world.neighbour, post, "learned")
    db.session.expire_all()
    assert (post.thanks_count, post.learned_count) == (2, 1)
    for _ in range(2):
        actions.unreact(world.colleague, post, "thanks")
    db.session.expire_all()
    assert post.thanks_count == 1
    assert doctor.examine() == []


def test_only_what_can_be_tried_is_tried(world: World) -> None:
    for kind in ("update", "question"):
        with pytest.raises(Forbidden):
            actions.commit_to(world.colleague, make_post(world.teacher, world.commons, kind=kind))


def test_nobody_thanks_themselves(world: World) -> None:
    post = make_post(world.teacher, world.commons, kind="material")
    with pytest.raises(Forbidden):
        actions.react(world.teacher, post, "thanks")
    with pytest.raises(Forbidden):
        actions.commit_to(world.teacher, post)


def test_there_are_three_reactions_and_no_others(world: World) -> None:
    post = make_post(world.teacher, world.commons)
    with pytest.raises(ValueError):
        actions.react(world.colleague, post, "angry")


def test_a_commitment_stands_on_ones_own_page_until_it_is_told(world: World, db: Any) -> None:
    idea = make_post(world.teacher, world.commons, kind="material")
    actions.commit_to(world.colleague, idea, due_on=date(2026, 12, 4))
    actions.commit_to(world.colleague, idea)
    db.session.expire_all()
    assert idea.try_count == 1
    assert [one.due_on for one in commitments_of(world.colleague)] == [date(2026, 12, 4)]
    assert commitments_of(world.teacher) == []
    told = make_post(world.colleague, world.commons, "It went well", reports_on_id=idea.id)
    assert commitments_of(world.colleague) == []
    assert [one.reported_id for one in commitments_of(world.colleague, "reported")] == [told.id]


def test_letting_go_is_quiet_and_can_be_taken_up_again(world: World, db: Any) -> None:
    idea = make_post(world.teacher, world.commons, kind="material")
    actions.commit_to(world.colleague, idea)
    actions.let_go(world.colleague, idea)
    db.session.expire_all()
    assert (idea.try_count, commitments_of(world.colleague)) == (0, [])
    actions.commit_to(world.colleague, idea)
    db.session.expire_all()
    assert idea.try_count == 1
    assert doctor.examine() == []


def test_a_reply_is_nothing_to_try(world: World) -> None:
    reply = make_reply(world.colleague, make_post(world.teacher, world.commons))
    with pytest.raises(Forbidden):
        actions.commit_to(world.teacher, reply)
    actions.react(world.teacher, reply, "thanks")


def test_what_one_no_longer_sees_leaves_ones_lists(world: World) -> None:
    from app.spaces.actions import take_from_space

    group = make_group(world, world.teacher, world.colleague)
    post = make_post(world.teacher, group, kind="material")
    actions.save_contribution(world.colleague, post)
    actions.commit_to(world.colleague, post)
    assert len(saved_by(world.colleague).items) == len(commitments_of(world.colleague)) == 1
    take_from_space(group.id, world.colleague.id)
    assert saved_by(world.colleague).items == commitments_of(world.colleague) == []


def test_what_is_mine_is_only_mine(world: World) -> None:
    post = make_post(world.teacher, world.commons, kind="material")
    actions.react(world.colleague, post, "same_here")
    actions.save_contribution(world.colleague, post)
    actions.commit_to(world.colleague, post)
    own = mine(world.colleague, [post.id])
    assert (own.saved, own.trying, own.reactions) == ([post.id], {post.id: "open"}, {post.id: ["same_here"]})
    assert mine(world.neighbour, [post.id]).as_json() == {
        "authored": [],
        "saved": [],
        "trying": {},
        "reactions": {},
    }
    assert mine(world.teacher, [post.id]).authored == [post.id]


def test_an_outsider_responds_to_nothing(world: World) -> None:
    post = make_post(world.teacher, world.commons)
    for verb in (
        lambda: actions.react(world.outsider, post, "thanks"),
        lambda: actions.commit_to(world.outsider, post),
        lambda: actions.save_contribution(world.outsider, post),
    ):
        with pytest.raises(NotFound):
            verb()
