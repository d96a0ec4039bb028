"""Several acts on one thing: undoing one leaves what the others did, in whatever order it happens."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.contributions.actions import edit_contribution
from app.core import clock
from app.core.db import db
from app.core.doctor import examine
from app.moderation import actions
from app.moderation.actions.how import How
from app.moderation.models import Act
from app.moderation.queries.cases import open_on
from app.networks.actions import come_back, pause
from tests.moderation.conftest import REF, Scene
from tests.support.factories import make_post


def state(scene: Scene) -> tuple[str, str | None]:
    db.session.expire_all()
    return scene.post.state, scene.post.state_reason


def undo(scene: Scene, act: Act) -> None:
    actions.undo(scene.world.facilitator, act)


def until(days: int) -> How:
    return How(letter="x", until=clock.now() + timedelta(days=days))


@pytest.mark.parametrize("verb", ["none", "hide", "remove", "ask_edit"])
def test_a_case_that_held_it_is_open_again_and_holds(scene: Scene, verb: str) -> None:
    case = scene.report(ref="privacy").case
    undo(scene, scene.act(case, verb))
    assert state(scene) == ("held", "privacy report")
    assert (case.state, case.holds, case.outcome, case.done_at) == ("new", True, "", None)
    assert examine() == []
    scene.act(case, "none")
    assert state(scene) == ("published", None)


def test_what_is_reported_anew_holds_in_its_new_case(scene: Scene) -> None:
    found_fine = scene.act(scene.report(ref="privacy").case, "none")
    anew = scene.report("neighbour").case
    undo(scene, found_fine)
    assert state(scene) == ("held", "reports")
    assert anew.holds
    assert found_fine.case.state == "done"
    scene.act(anew, "none")
    assert state(scene) == ("published", None)


@pytest.mark.parametrize("verb", ["hide", "remove", "ask_edit"])
def test_while_a_students_privacy_is_in_question_it_stays_held(scene: Scene, verb: str) -> None:
    case = scene.report(ref="privacy").case
    undo(scene, scene.act(case, verb, goes_on=True))
    assert state(scene) == ("held", "privacy report")
    assert case.state == "claimed"


def test_what_waits_for_a_watched_word_goes_on_waiting(scene: Scene) -> None:
    actions.watch(scene.world.facilitator, "zoo", "hold")
    scene.post = make_post(scene.world.teacher, scene.world.commons, "A zoo it is", title="Noise")
    found = open_on(scene.post.id)
    assert found is not None
    undo(scene, scene.act(found, "hide", goes_on=True))
    assert state(scene) == ("held", "watch list")


@pytest.mark.parametrize(("verb", "reason"), [("hide", "moderator"), ("ask_edit", "edit asked")])
def test_it_is_seen_again_when_no_act_stands_any_more(scene: Scene, verb: str, reason: str) -> None:
    case = scene.report().case
    first = scene.act(case, verb, goes_on=True)
    second = scene.act(case, "hide", goes_on=True)
    undo(scene, first)
    assert state(scene) == ("held", "moderator")
    undo(scene, second)
    assert state(scene) == ("published", None)
    third = scene.act(case, verb, goes_on=True)
    undo(scene, scene.act(case, "remove"))
    assert state(scene) == ("held", reason)
    undo(scene, third)
    assert state(scene) == ("published", None)


def test_an_edit_that_came_long_ago_is_not_asked_for_again(scene: Scene) -> None:
    first = scene.act(scene.report().case, "ask_edit")
    edit_contribution(scene.world.teacher, scene.post, html="<p>Another word</p>")
    second = scene.act(scene.report("neighbour").case, "ask_edit")
    undo(scene, first)
    assert state(scene) == ("held", "edit asked")
    undo(scene, second)
    assert state(scene) == ("published", None)


@pytest.mark.parametrize("first_first", [True, False])
def test_a_slow_talk_and_a_closed_one(scene: Scene, first_first: bool) -> None:
    case = scene.report().case
    slow = [scene.act(case, "slow", goes_on=True, how=How(letter="x", minutes=m)) for m in (10, 240)]
    lock = [scene.act(case, "lock", goes_on=True) for _ in range(2)]
    order = 1 if first_first else -1
    for one, expected in zip(slow[::order], ((240 if first_first else 10), 0), strict=True):
        undo(scene, one)
        db.session.refresh(scene.post)
        assert scene.post.slow_minutes == expected
    for one, closed in zip(lock[::order], (True, False), strict=True):
        undo(scene, one)
        db.session.refresh(scene.post)
        assert scene.post.locked == closed


@pytest.mark.parametrize("verb", ["pause", "read_first"])
@pytest.mark.parametrize("days", [(7, 60), (60, 7), (7, 7)])
@pytest.mark.parametrize("first_first", [True, False])
def test_two_breaks(scene: Scene, verb: str, days: tuple[int, int], first_first: bool) -> None:
    teacher, case = scene.world.teacher, scene.report().case
    made = [scene.act(case, verb, goes_on=True, how=until(each)) for each in days]
    undo(scene, made[0 if first_first else 1])
    assert ends(teacher, verb) == made[1 if first_first else 0].until
    undo(scene, made[1 if first_first else 0])
    assert ends(teacher, verb) is None
    assert teacher.standing == "active"


def ends(member: Any, verb: str) -> datetime | None:
    db.session.refresh(member)
    found: datetime | None = member.paused_until if verb == "pause" else member.approval_until
    return found


def test_the_second_break_is_taken_back_on_appeal_after_the_first(scene: Scene) -> None:
    world, case = scene.world, scene.report().case
    first = scene.act(case, "pause", goes_on=True)
    second = scene.act(case, "pause", how=until(60))
    undo(scene, first)
    appeal = actions.appeal(world.teacher.account, second.id, "Please")
    actions.judge_appeal(world.director, appeal.case, overturn=True, answer="You are right")
    assert (world.teacher.standing, world.teacher.paused_until) == ("active", None)


def test_out_of_two_breaks_one_comes_back_to_ones_own(scene: Scene) -> None:
    teacher, case = scene.world.teacher, scene.report().case
    pause(teacher, teacher)
    made = [scene.act(case, "pause", goes_on=True, how=until(each)) for each in (7, 60)]
    for one in made:
        undo(scene, one)
    assert (teacher.standing, teacher.paused_until) == ("paused", None)
    come_back(teacher, teacher)
    assert teacher.standing == "active"


def test_an_appeal_that_is_won_opens_nothing_again(scene: Scene) -> None:
    world = scene.world
    hidden = scene.act(scene.report(ref="privacy").case, "hide")
    appeal = actions.appeal(world.teacher.account, hidden.id, "It is nobody's name")
    actions.judge_appeal(world.director, appeal.case, overturn=True, answer="You are right")
    assert state(scene) == ("published", None)
    assert (hidden.case.state, hidden.case.outcome) == ("done", "overturned")


def test_a_report_of_privacy_does_not_make_something_new(scene: Scene, clock: Any) -> None:
    shared = scene.post.published_at
    clock.move(days=30)
    scene.act(scene.report(ref="privacy").case, "none")
    assert (*state(scene), scene.post.published_at) == ("published", None, shared)


def test_what_was_removed_is_found_by_all_its_words_again(scene: Scene) -> None:
    world = scene.world
    more = {"text": "It went well\nExpected a miracle", "card": {"expected": "a miracle"}, "outcome": "mixed"}
    scene.post = make_post(world.teacher, world.commons, "It went well", kind="tried_it", **more)
    before = (scene.post.text, scene.post.card, scene.post.outcome)
    undo(scene, scene.act(actions.report_contribution(world.colleague, scene.post, ref=REF).case, "remove"))
    db.session.refresh(scene.post)
    assert (scene.post.text, scene.post.card, scene.post.outcome) == before


def told(scene: Scene, as_member: Any) -> tuple[str, str]:
    """What the reporter reads in the bell and among their reports."""
    here, reporter = f"/n/{scene.world.network.slug}", as_member(scene.world.colleague)
    return reporter.get("/notifications").text, reporter.get(f"{here}/reports/").text


def test_a_reporter_reads_what_holds_now_and_of_what(scene: Scene, as_member: Any, outbox: Any) -> None:
    act = scene.act(scene.report().case, "hide")
    outbox.drain()
    bell, reports = told(scene, as_member)
    assert "What you reported was looked at" in bell
    assert scene.post.title in bell
    assert "It is hidden" in reports
    undo(scene, act)
    outbox.drain()
    bell, reports = told(scene, as_member)
    assert "Somebody looked again at what you reported" in bell
    assert "It is hidden" not in reports
    assert "What was decided was taken back. It can be read." in reports


def test_a_reporter_reads_what_an_appeal_changed(scene: Scene, as_member: Any, outbox: Any) -> None:
    world = scene.world
    act = scene.act(scene.report().case, "hide")
    appeal = actions.appeal(world.teacher.account, act.id, "Please")
    actions.judge_appeal(world.director, appeal.case, overturn=True, answer="You are right")
    outbox.drain()
    bell, reports = told(scene, as_member)
    assert "Somebody looked again at what you reported" in bell
    assert "took back what was decided. It can be read." in reports
    scene.act(scene.report("neighbour").case, "hide")
    assert "took back what was decided. It cannot be read now." in told(scene, as_member)[1]


def test_what_still_stands_is_what_a_reporter_reads(scene: Scene, as_member: Any) -> None:
    case = scene.report().case
    scene.act(case, "hide", goes_on=True)
    undo(scene, scene.act(case, "remove"))
    assert case.outcome == "hide"
    assert "It is hidden" in told(scene, as_member)[1]
