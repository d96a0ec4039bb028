"""Appeals: judged by somebody else, told to everybody, and undoing the act where it is overturned."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.core.access import Forbidden, NotFound
from app.moderation import actions, policy
from app.moderation.models import Case
from tests.moderation.conftest import Scene
from tests.moderation.test_judging import bells
from tests.support.clients import mark_on


def appeal_of(scene: Scene, verb: str = "pause") -> Any:
    act = scene.act(scene.report().case, verb)
    return act, actions.appeal(scene.world.teacher.account, act.id, "I meant my own class, with love")


def test_the_one_who_decided_never_judges_it(scene: Scene) -> None:
    world = scene.world
    _act, appeal = appeal_of(scene)
    with pytest.raises(NotFound):
        actions.judge_appeal(world.facilitator, appeal.case, overturn=False, answer="No")
    with pytest.raises(NotFound):
        actions.judge_appeal(world.colleague, appeal.case, overturn=False, answer="No")
    actions.judge_appeal(world.director, appeal.case, overturn=True, answer="You are right")


def test_overturning_undoes_the_act_and_all_are_told(scene: Scene, db: Any, outbox: Any) -> None:
    world = scene.world
    act, appeal = appeal_of(scene)
    assert world.teacher.standing == "paused"
    actions.judge_appeal(world.director, appeal.case, overturn=True, answer="You are right")
    assert world.teacher.standing == "active"
    assert act.undone_at is not None
    assert act.case.outcome == "overturned"
    outbox.drain()
    assert sorted(bells(db, world.teacher)) == ["mod_answer", "mod_letter"], "one line for one answer"
    assert "mod_judged" in bells(db, world.facilitator)
    assert len([mail for mail in outbox.mail if mail.to == world.teacher.account.email]) == 2


def test_upholding_leaves_it_and_says_why(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world = scene.world
    act, appeal = appeal_of(scene)
    actions.judge_appeal(world.director, appeal.case, overturn=False, answer="We stay with it, sorry")
    assert world.teacher.standing == "paused"
    page = as_member(world.teacher).get(f"/moderation/letters/{act.id}").text
    assert "We stay with it, sorry" in page
    assert "It stays as decided" in page


def test_one_appeal_for_each_act_and_only_ones_own(scene: Scene) -> None:
    world = scene.world
    act, _appeal = appeal_of(scene)
    with pytest.raises(actions.AppealedAlready):
        actions.appeal(world.teacher.account, act.id, "Again")
    with pytest.raises(NotFound):
        actions.appeal(world.colleague.account, act.id, "Not mine")


def test_what_was_undone_needs_no_appeal(scene: Scene) -> None:
    act = scene.act(scene.report().case, "hide")
    actions.undo(scene.world.director, act)
    with pytest.raises(actions.AppealedAlready):
        actions.appeal(scene.world.teacher.account, act.id, "Please")


def test_undoing_is_the_answer_to_an_appeal_that_waits(scene: Scene) -> None:
    act, appeal = appeal_of(scene, "hide")
    actions.undo(scene.world.director, act, reason="You meant your own class")
    assert (appeal.outcome, appeal.case.state, scene.post.state) == ("overturned", "done", "published")
    assert appeal.answer == "You meant your own class"
    with pytest.raises(actions.Taken):
        actions.judge_appeal(scene.world.director, appeal.case, overturn=False, answer="Too late")


def test_an_appeal_while_a_colleague_removes_it(scene: Scene) -> None:
    """A second case removes what the first one hid: overturning the first puts nothing back by accident."""
    world = scene.world
    first = scene.report("colleague").case
    hidden = scene.act(first, "hide", goes_on=True)
    removed = scene.act(first, "remove")
    appeal = actions.appeal(world.teacher.account, hidden.id, "Please look")
    actions.judge_appeal(world.director, appeal.case, overturn=True, answer="The hiding was wrong")
    assert scene.post.state == "removed"
    actions.undo(world.director, removed)
    assert scene.post.state == "published"


def test_with_one_facilitator_it_goes_to_the_director(scene: Scene, db: Any) -> None:
    from app.moderation.queries.judges import judges_of

    _act, appeal = appeal_of(scene)
    assert judges_of(appeal.case) == [scene.world.director]
    assert db.session.scalars(select(Case).where(Case.why == "appeal")).one().is_urgent


def test_the_pages_of_an_appeal(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world = scene.world
    act = scene.act(scene.report().case, "pause")
    author, judge = as_member(world.teacher), as_member(world.director)
    letter = f"/moderation/letters/{act.id}"
    assert author.post(f"{letter}/appeal", data={"words": " "}).status_code == 422
    sent = author.post(f"{letter}/appeal", data={"words": "With love"}, follow_redirects=True)
    assert "Somebody else looks at it" in sent.text
    assert "Appeal" in judge.get("/moderation").text
    case = f"/moderation/{sorted(_cases(scene))[-1]}"
    page = judge.get(case).text
    assert "With love" in page
    assert "zoo" in page
    assert "A kept answer" in judge.post(f"{case}/appeal", data={"answer": "A kept answer"}).text
    judge.post(
        f"{case}/appeal", data={"answer": "You are right", "outcome": "overturned", "read": mark_on(page)}
    )
    assert "It was undone" in author.get(letter).text
    assert as_member(world.facilitator).get(case).status_code == 404


@pytest.mark.parametrize("verb", [*policy.ACTS, "xyz"])
def test_nothing_but_its_answer_ends_an_appeal(
    scene: Scene, verb: str, as_member: Callable[[Any], Any]
) -> None:
    _act, appeal = appeal_of(scene)
    browser, here = as_member(scene.world.director), f"/moderation/{appeal.case_id}/act/{verb}"
    assert browser.get(here).status_code == browser.post(here, data={"letter": "x"}).status_code == 404
    with pytest.raises(Forbidden):
        scene.act(appeal.case, verb, by="director")
    assert (appeal.outcome, appeal.case.state) == ("", "new")


def test_an_act_that_there_is_not_is_not_found_in_a_case_that_is_done(
    scene: Scene, as_member: Callable[[Any], Any]
) -> None:
    act = scene.act(scene.report().case, "hide")
    browser = as_member(scene.world.facilitator)
    assert browser.post(f"/moderation/{act.case_id}/act/xyz").status_code == 404


def _cases(scene: Scene) -> list[int]:
    from app.core.db import db

    return list(db.session.scalars(select(Case.id).where(Case.network_id == scene.world.network.id)))


@pytest.mark.parametrize("by", ["appeal", "undoing"])
@pytest.mark.parametrize("verb", ["pause", "lock"])
def test_reporters_hear_of_no_taking_back_while_the_removal_stands(
    scene: Scene, db: Any, outbox: Any, verb: str, by: str
) -> None:
    """One case, two acts: the author's appeal is about the first, and the second ended it."""
    world = scene.world
    case = scene.report().case
    first = scene.act(case, verb, goes_on=True)
    removed = scene.act(case, "remove")
    outbox.drain()
    heard = bells(db, world.colleague)
    appeal = actions.appeal(world.teacher.account, first.id, "Please")
    if by == "appeal":
        actions.judge_appeal(world.director, appeal.case, overturn=True, answer="You are right")
    else:
        actions.undo(world.director, first, reason="You are right")
    outbox.drain()
    assert (appeal.outcome, case.outcome, scene.post.state) == ("overturned", "remove", "removed")
    assert bells(db, world.colleague) == heard
    again = actions.appeal(world.teacher.account, removed.id, "This too")
    actions.judge_appeal(world.director, again.case, overturn=True, answer="You are right")
    outbox.drain()
    assert (case.outcome, scene.post.state) == ("overturned", "published")
    assert "mod_again" in bells(db, world.colleague)
