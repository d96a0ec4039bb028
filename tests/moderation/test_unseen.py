"""What nobody has seen yet comes as new, whatever it went through before it was let out."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import Piece, edit_contribution, read_up_to, remove_contribution, share
from app.contributions.models import Contribution
from app.contributions.queries.reading import last_shown, place_of
from app.core.doctor import examine
from app.moderation import actions
from app.moderation.models import Case
from tests.moderation.conftest import Scene
from tests.support.factories import make_post, make_reply

Way = Callable[[Scene, Case], Any]


def let_be_seen(scene: Scene, case: Case) -> None:
    scene.act(case, "none", ref="", letter="")


def edited(scene: Scene, case: Case) -> None:
    scene.act(case, "ask_edit")
    assert case.contribution is not None
    edit_contribution(scene.world.colleague, case.contribution, html="<p>That was a hard day</p>")


def won(verb: str) -> Way:
    def way(scene: Scene, case: Case) -> None:
        appeal = actions.appeal(scene.world.colleague.account, scene.act(case, verb).id, "Please look again")
        actions.judge_appeal(scene.world.director, appeal.case, overturn=True, answer="You are right")

    return way


def undone(scene: Scene, case: Case) -> None:
    hidden = scene.act(case, "hide", goes_on=True)
    let_be_seen(scene, case)
    actions.undo(scene.world.director, hidden)


WAYS: dict[str, Way] = {
    "let": let_be_seen,
    "edited": edited,
    "removed": won("remove"),
    "hidden": won("hide"),
    "undone": undone,
}


def waiting(db: Any, it: Contribution) -> Case:
    assert it.state == "held"
    case: Case = db.session.scalars(select(Case).where(Case.contribution_id == it.id)).one()
    return case


@pytest.mark.parametrize("way", WAYS)
def test_a_reply_gets_the_next_place_of_its_talk(scene: Scene, db: Any, way: str) -> None:
    world = scene.world
    make_reply(world.neighbour, scene.post, "First")
    read_up_to(world.neighbour, scene.post, 1)
    read_up_to(world.colleague, scene.post, 1)
    actions.watch(world.facilitator, "dumb", "hold")
    held = make_reply(world.colleague, scene.post, "That is dumb")
    WAYS[way](scene, waiting(db, held))
    db.session.refresh(held)
    assert (held.state, held.position, last_shown(scene.post)) == ("published", 2, 2)
    assert place_of(world.colleague, scene.post.id) == 2, "its author has read it"
    assert read_up_to(world.neighbour, scene.post, 10**9) == 2
    assert make_reply(world.teacher, scene.post, "Third").position == 3
    assert examine() == []


@pytest.mark.parametrize("way", WAYS)
def test_a_post_is_as_new_as_its_being_seen(scene: Scene, db: Any, way: str, clock: Any) -> None:
    world = scene.world
    actions.watch(world.facilitator, "dumb", "hold")
    held = make_post(world.colleague, world.commons, "That is dumb")
    clock.move(days=3)
    WAYS[way](scene, waiting(db, held))
    db.session.refresh(held)
    assert (held.state, held.published_at) == ("published", clock.now)
    assert examine() == []


def test_what_was_seen_before_keeps_its_day(scene: Scene, db: Any, clock: Any) -> None:
    before = scene.post.published_at
    case = scene.report(ref="privacy").case
    clock.move(days=3)
    scene.act(case, "ask_edit")
    edit_contribution(scene.world.teacher, scene.post, html="<p>My class was loud</p>")
    db.session.refresh(scene.post)
    assert (scene.post.state, scene.post.published_at) == ("published", before)


def test_ones_own_reply_is_never_new_to_oneself(scene: Scene) -> None:
    world = scene.world
    replies = [make_reply(world.neighbour, scene.post, word) for word in ("One", "Two", "Three")]
    for reply in replies[1:]:
        remove_contribution(world.neighbour, reply)
    assert read_up_to(world.teacher, scene.post, 99) == 1
    mine = make_reply(world.teacher, scene.post, "Mine")
    assert place_of(world.teacher, scene.post.id) == mine.position == last_shown(scene.post) == 4
    read_up_to(world.colleague, scene.post, 1)
    make_reply(world.colleague, scene.post, "I have not read yours yet")
    assert place_of(world.colleague, scene.post.id) == 1


def test_without_scripts_the_author_is_led_to_what_waits(scene: Scene, as_member: Any) -> None:
    world = scene.world
    root = share(
        world.teacher, world.commons, Piece(kind="thread", html="<p>Thoughts?</p>", title="Number lines")
    )
    for number in range(70):
        make_reply(world.neighbour, root, f"Thought {number}")
    actions.watch(world.facilitator, "dumb", "hold")
    browser = as_member(world.colleague)
    page = f"/n/{world.network.slug}/c/{root.id}"
    answer = browser.post(f"{page}/reply", data={"text": "That is dumb"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "That is dumb" in answer.text
    assert "Thought 69" in answer.text
    assert browser.get(f"{page}?at=9999999999").status_code == 200
