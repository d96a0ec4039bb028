"""Judging: claiming, every act and its inverse, the letter, and what those concerned learn."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import edit_contribution
from app.contributions.actions.holding import TooSoon
from app.core.access import Forbidden, NotFound
from app.moderation import actions
from app.moderation.actions.how import How
from app.moderation.models import Act, Case, RecordLine
from app.networks.actions import come_back, end_rests_that_are_over
from app.notifications.models import Notification
from app.spaces.models import SpaceMember
from tests.moderation.conftest import Scene
from tests.support.factories import make_group, make_member, make_post, make_reply


def bells(db: Any, member: Any) -> list[str]:
    verbs = select(Notification.verb).where(Notification.member_id == member.id)
    return sorted(verb for verb in db.session.scalars(verbs) if verb.startswith("mod_"))


def test_claiming_is_for_one_and_the_second_is_told(scene: Scene) -> None:
    case = scene.report().case
    actions.claim(scene.world.facilitator, case)
    with pytest.raises(actions.Taken) as taken:
        actions.claim(scene.world.director, case)
    assert taken.value.by == scene.world.facilitator
    with pytest.raises(actions.Taken):
        scene.act(case, "hide", by="director")
    assert scene.post.state == "published"
    actions.give_back(scene.world.facilitator, case)
    actions.claim(scene.world.director, case)


@pytest.mark.parametrize("who", ["facilitator", "director"])
def test_who_reported_does_not_judge(scene: Scene, who: str) -> None:
    case = scene.report(who).case
    with pytest.raises(NotFound):
        scene.act(case, "hide", by=who)
    other = "director" if who == "facilitator" else "facilitator"
    scene.act(case, "hide", by=other)


def test_an_author_of_the_hub_does_not_judge_their_own(scene: Scene) -> None:
    world = scene.world
    post = make_post(world.facilitator, world.commons, "Of the hub")
    case = actions.report_contribution(world.teacher, post, ref="n1").case
    with pytest.raises(NotFound):
        actions.claim(world.facilitator, case)
    actions.claim(world.director, case)


@pytest.mark.parametrize(
    ("verb", "after", "undone"),
    [
        ("none", ("published", None), ("published", None)),
        ("ask_edit", ("held", "edit asked"), ("published", None)),
        ("hide", ("held", "moderator"), ("published", None)),
        ("remove", ("removed", "moderator"), ("published", None)),
    ],
)
def test_what_an_act_does_to_an_item_and_its_inverse(
    scene: Scene, db: Any, verb: str, after: Any, undone: Any
) -> None:
    act = scene.act(scene.report().case, verb)
    assert (scene.post.state, scene.post.state_reason) == after
    assert act.case.state == "done"
    actions.undo(scene.world.director, act)
    db.session.refresh(scene.post)
    assert (scene.post.state, scene.post.state_reason) == undone
    assert scene.post.text == "My class is a zoo"


def test_no_action_lets_back_what_was_held_and_undoing_holds_it_again(scene: Scene) -> None:
    case = scene.report(ref="privacy").case
    assert scene.post.state == "held"
    act = scene.act(case, "none", ref="", letter="")
    assert scene.post.state == "published"
    actions.undo(scene.world.facilitator, act)
    assert (scene.post.state, scene.post.state_reason) == ("held", "privacy report")


def test_a_reply_is_counted_as_it_shows(scene: Scene, db: Any) -> None:
    reply = make_reply(scene.world.teacher, scene.post, "Unkind")
    case = actions.report_contribution(scene.world.colleague, reply, ref="privacy").case
    counts = []
    for verb in ("none", None, "remove", None):
        if verb is not None:
            act = scene.act(case, verb, goes_on=True)
        else:
            actions.undo(scene.world.facilitator, act)
        db.session.refresh(scene.post)
        counts.append((verb, reply.state, scene.post.reply_count))
    assert counts == [
        ("none", "held", 0),
        (None, "held", 0),
        ("remove", "removed", 0),
        (None, "held", 0),
    ]


def test_locking_and_slowing_a_talk(scene: Scene, clock: Any) -> None:
    world, case = scene.world, scene.report().case
    locked = scene.act(case, "lock", goes_on=True)
    assert scene.post.locked
    actions.undo(world.facilitator, locked)
    assert not scene.post.locked
    slowed = scene.act(case, "slow", how=How(minutes=10))
    make_reply(world.colleague, scene.post, "One")
    with pytest.raises(TooSoon):
        make_reply(world.colleague, scene.post, "Two")
    make_reply(world.neighbour, scene.post, "Somebody else's turn")
    clock.move(minutes=11)
    make_reply(world.colleague, scene.post, "Two")
    actions.undo(world.facilitator, slowed)
    make_reply(world.colleague, scene.post, "Three")


def test_moving_only_where_the_judge_sees_it_and_keeps_order(scene: Scene, db: Any, clock: Any) -> None:
    world = scene.world
    mine = make_group(world, world.facilitator, world.teacher)
    scene.post = make_post(world.teacher, world.commons, "Where does this go?", kind="question")
    act = scene.act(scene.report().case, "move", how=How(space_id=mine.id))
    assert scene.post.space_id == mine.id
    actions.undo(world.facilitator, act)
    db.session.refresh(scene.post)
    assert scene.post.space_id == world.commons.id
    again = scene.act(scene.report("principal").case, "move", how=How(space_id=mine.id))
    clock.move(minutes=1)
    make_reply(world.teacher, scene.post, "Among ourselves")
    with pytest.raises(Forbidden):
        actions.undo(world.facilitator, again)
    secret = make_group(world, world.teacher, world.neighbour, access="secret", name="Whispers")
    inside = make_post(world.teacher, secret, "Inside", kind="question")
    case = actions.report_contribution(world.neighbour, inside, ref="n1").case
    with pytest.raises((Forbidden, NotFound)):
        scene.act(case, "move", how=How(space_id=mine.id))


def test_a_pause_ends_on_its_day_and_not_by_ones_own_hand(scene: Scene, clock: Any) -> None:
    world, teacher = scene.world, scene.world.teacher
    scene.act(scene.report().case, "pause")
    assert teacher.standing == "paused"
    with pytest.raises(Forbidden):
        come_back(teacher, teacher)
    clock.move(days=6)
    assert end_rests_that_are_over() == 0
    clock.move(days=2)
    assert end_rests_that_are_over() == 1
    assert (teacher.standing, teacher.paused_until) == ("active", None)
    assert world.facilitator.standing == "active"


def test_a_pause_needs_a_day_and_a_reason(scene: Scene, clock: Any) -> None:
    case = scene.report().case
    with pytest.raises(ValueError, match="reason"):
        scene.act(case, "pause", reason=" ")
    with pytest.raises(ValueError, match="until"):
        scene.act(case, "pause", how=How(until=clock.now - timedelta(days=1)))
    with pytest.raises(ValueError, match="norm"):
        scene.act(case, "hide", ref="")
    with pytest.raises(ValueError, match="letter"):
        scene.act(case, "hide", letter="  ")
    assert case.state == "new"
    assert scene.world.teacher.standing == "active"


def test_posts_are_read_first_until_a_day(scene: Scene, clock: Any) -> None:
    world = scene.world
    act = scene.act(scene.report().case, "read_first")
    waiting = make_post(world.teacher, world.commons, "Looked at first")
    assert (waiting.state, waiting.state_reason) == ("held", "approval")
    actions.undo(world.director, act)
    assert make_post(world.teacher, world.commons, "At once").state == "published"
    scene.act(scene.report("principal").case, "read_first")
    clock.move(days=8)
    assert make_post(world.teacher, world.commons, "At once again").state == "published"


def test_ending_a_membership_and_undoing_it(scene: Scene, db: Any) -> None:
    world, teacher = scene.world, scene.world.teacher
    group = make_group(world, teacher, world.neighbour)
    act = scene.act(scene.report().case, "end")
    assert teacher.standing == "former"
    actions.undo(world.director, act)
    assert teacher.standing == "active"
    assert db.session.get(SpaceMember, (group.id, teacher.id)) is not None


def test_a_facilitator_neither_pauses_nor_ends_a_director(scene: Scene) -> None:
    world = scene.world
    post = make_post(world.director, world.commons, "By the director")
    case = actions.report_contribution(world.teacher, post, ref="n1").case
    for verb in ("pause", "end", "read_first"):
        with pytest.raises(Forbidden):
            scene.act(case, verb)
    make_member(world.network, "Del Director", is_director=True)


def test_an_edit_brings_it_back_once(scene: Scene, db: Any, outbox: Any) -> None:
    world = scene.world
    case = scene.report().case
    scene.act(case, "ask_edit")
    edit_contribution(world.teacher, scene.post, html="<p>My class is lively</p>")
    assert scene.post.state == "published"
    assert case.outcome == "edited"
    again = scene.report("neighbour").case
    scene.act(again, "ask_edit")
    edit_contribution(world.teacher, scene.post, html="<p>My class is a circus</p>")
    assert (scene.post.state, scene.post.state_reason) == ("held", "approval"), (
        "the second time somebody looks"
    )
    waiting = db.session.scalars(select(Case).where(Case.why == "approval")).one()
    scene.act(waiting, "none", ref="", letter="")
    assert scene.post.state == "published"
    outbox.drain()
    assert {"mod_report", "mod_news"} <= set(bells(db, world.colleague))
    assert "mod_edited" in bells(db, world.facilitator)


def test_everybody_it_concerns_is_told(scene: Scene, db: Any, outbox: Any) -> None:
    world = scene.world
    case = scene.report().case
    outbox.drain()
    assert bells(db, world.facilitator) == bells(db, world.director) == ["mod_case"]
    assert bells(db, world.neighbour) == []
    scene.act(case, "hide", letter="Dear Tess, please think of the children.")
    outbox.drain()
    assert bells(db, world.facilitator) == [], "nobody needs to look any more"
    assert bells(db, world.colleague) == ["mod_report"]
    assert "mod_letter" in bells(db, world.teacher)
    (mail,) = [one for one in outbox.mail if one.to == world.teacher.account.email]
    assert "think of the children" not in mail.text
    assert "/moderation/letters/" in mail.text
    assert not [one for one in outbox.mail if one.to == world.neighbour.account.email]


def test_the_letter_opens_for_its_member_alone_in_any_standing(
    scene: Scene, as_member: Callable[[Any], Any]
) -> None:
    world = scene.world
    act = scene.act(scene.report().case, "end", letter="Dear Tess, this is hard.")
    here = f"/moderation/letters/{act.id}"
    page = as_member(world.teacher).get(here)
    assert page.status_code == 200
    for words in ("Dear Tess, this is hard.", "All voices", "Your membership was ended", "It hurt"):
        assert words in page.text
    for who in ("colleague", "facilitator", "outsider"):
        assert as_member(getattr(world, who)).get(here).status_code == 404


def test_talking_begins_a_conversation_and_keeps_the_case(scene: Scene, db: Any) -> None:
    case = scene.report().case
    act = scene.act(case, "talk")
    assert case.state == "claimed"
    assert act.before["root_id"]


def test_an_act_and_its_undoing_are_on_record(scene: Scene, db: Any) -> None:
    act = scene.act(scene.report().case, "hide")
    actions.undo(scene.world.director, act, reason="A mistake")
    lines = db.session.scalars(select(RecordLine).where(RecordLine.case_id == act.case_id)).all()
    told = [(line.verb, line.by_id, line.member_id, line.norm_title, line.why) for line in lines]
    world = scene.world
    assert told == [
        ("hide", world.facilitator.id, world.teacher.id, "All voices", "It hurt"),
        ("undo_hide", world.director.id, world.teacher.id, "All voices", "A mistake"),
    ]
    assert db.session.query(Act).count() == 1


def test_the_pages_of_a_case(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    case = scene.report(words="Unkind to children").case
    browser, here = as_member(scene.world.facilitator), f"/moderation/{case.id}"
    assert "Unkind to children" in browser.get(here).text
    assert "I will look at it" in browser.get(here).text
    browser.post(f"{here}/claim")
    browser.post(f"{here}/note", data={"words": "I know her well"})
    assert "I know her well" in browser.get(here).text
    form = browser.get(f"{here}/act/hide").text
    assert "I have hidden what you shared" in form
    assert "It is about this norm" not in form, "the one that is chosen stands below the letter"
    sent = {"ref": "", "letter": "Kept letter"}
    assert "Kept letter" in browser.post(f"{here}/act/hide", data=sent).text
    other = as_member(scene.world.director)
    late = other.post(f"{here}/act/hide", data={"ref": "n1", "letter": "x"}, follow_redirects=True)
    assert "is looking at it" in late.text
    done = browser.post(f"{here}/act/hide", data={"ref": "n1", "letter": "Dear Tess"}, follow_redirects=True)
    assert "Done. It is on record" in done.text
    assert scene.post.state == "held"
    assert browser.get("/moderation?state=done").text.count("case-line") == 1
