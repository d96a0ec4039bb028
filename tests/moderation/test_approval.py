"""What waits before it is seen: first posts, the watch list, an overruled privacy check."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import Piece, edit_contribution, post_reply, share
from app.contributions.actions.editing import Unchanged
from app.core import text
from app.core.access import Forbidden
from app.core.doctor import examine
from app.moderation import actions
from app.moderation.models import Case, Report
from app.moderation.queries.approval import matcher, needs_approval
from app.networks.models import Member
from app.privacy.actions import decided_by
from app.privacy.policy import look
from tests.moderation.conftest import Scene
from tests.moderation.test_judging import bells
from tests.support.factories import make_member, make_post, make_reply

MATCHES = [
    ("stupid", "How STUPID of me", True),
    ("stupid", "stupidity", False),
    ("stup*", "stupidity", True),
    ("ass", "assessment", False),
    ("*gate", "the floodgate opens", True),
    ("shut up", "Shut \n up, please", True),
    ("café", "at the cafe", True),
    ("a.b", "axb", False),
    ("a*b", f"a{'x' * 60}b", True),
    ("a*b", f"a{'x' * 61}b", False),
    ("*f*k", "f" * 20_000, False),
]


@pytest.mark.parametrize(("pattern", "said", "found"), MATCHES)
def test_a_watch_word_is_a_whole_word_with_stars(pattern: str, said: str, found: bool) -> None:
    from app.moderation.queries.approval import _folded

    assert bool(matcher(pattern).search(_folded(said))) == found


def test_the_first_posts_of_a_newcomer_wait_until_one_was_seen(scene: Scene, db: Any) -> None:
    world = scene.world
    actions.read_first_posts(world.facilitator, 1)
    new: Member = make_member(world.network, "Nel New", role="teacher", site=world.cedar)
    first = make_post(new, world.commons, "Hello everybody")
    assert (first.state, first.state_reason) == ("held", "approval")
    case = db.session.scalars(select(Case).where(Case.contribution_id == first.id)).one()
    assert case.why == "approval"
    scene.act(case, "none", ref="", letter="")
    assert first.state == "published"
    assert make_post(new, world.commons, "Hello again").state == "published"
    assert make_post(world.teacher, world.commons, "An old hand").state == "published"


def test_a_reply_that_waits_is_not_counted_and_comes_as_the_newest(scene: Scene, db: Any) -> None:
    world = scene.world
    actions.watch(world.facilitator, "dumb", "hold")
    before = make_reply(world.neighbour, scene.post, "First")
    held = make_reply(world.colleague, before.root, "That is dumb", parent_id=before.id)
    db.session.refresh(scene.post)
    db.session.refresh(before)
    assert (held.state_reason, scene.post.reply_count, before.reply_count) == ("watch list", 1, 0)
    after = make_reply(world.neighbour, scene.post, "Third")
    db.session.refresh(scene.post)
    assert (before.position, after.position, scene.post.reply_seq) == (1, 2, 2)
    scene.act(db.session.scalars(select(Case)).one(), "none", ref="", letter="")
    db.session.refresh(scene.post)
    db.session.refresh(before)
    db.session.refresh(held)
    assert (held.state, scene.post.reply_count, before.reply_count) == ("published", 3, 1)
    assert (held.position, scene.post.reply_seq) == (3, 3), "unread for who has read all that came meanwhile"
    assert examine() == []


def test_an_overruled_privacy_check_waits_and_goes_first(scene: Scene, db: Any) -> None:
    world = scene.world
    words = "My student Maria Lopez got a 54 on the quiz"
    marks = [finding.mark for finding in look(words)]
    assert marks
    with decided_by(marks):
        post = share(world.teacher, world.commons, Piece(kind="update", html=text.from_plain(words)))
    assert (post.state, post.state_reason) == ("held", "privacy")
    assert db.session.scalars(select(Case)).one().is_urgent
    with decided_by(marks):
        reply = post_reply(world.colleague, scene.post, html=text.from_plain(words))
    assert reply.state_reason == "privacy"
    assert needs_approval(world.teacher, world.commons, "Nothing", overruled=False) is None


def test_words_that_notify_tell_those_who_judge_once(scene: Scene, db: Any, outbox: Any) -> None:
    world = scene.world
    actions.watch(world.facilitator, "lawsuit", "notify")
    post = make_post(world.teacher, world.commons, "A lawsuit")
    outbox.drain()
    assert post.state == "published"
    assert bells(db, world.facilitator) == bells(db, world.director) == ["mod_case"]
    assert bells(db, world.teacher) == ["mod_warn"], "its author is told"
    case = db.session.scalars(select(Case)).one()
    scene.act(case, "none", ref="", letter="")
    edit_contribution(world.teacher, post, html="<p>A lawsuit, no less</p>")
    actions.undo(world.facilitator, scene.act(scene.report().case, "hide"))
    outbox.drain()
    watch_cases = select(Case.id).join(Report).where(Report.why == "watch")
    assert db.session.scalars(watch_cases).all() == [case.id]


@pytest.mark.parametrize("way", ["post", "reply", "edit", "edited reply"])
def test_words_that_notify_are_found_however_they_come(scene: Scene, db: Any, outbox: Any, way: str) -> None:
    world = scene.world
    actions.watch(world.facilitator, "lawsuit", "notify")
    if way == "post":
        make_post(world.teacher, world.commons, "A lawsuit")
    elif way == "reply":
        make_reply(world.teacher, scene.post, "A lawsuit")
    else:
        it = scene.post if way == "edit" else make_reply(world.teacher, scene.post, "Quiet")
        edit_contribution(world.teacher, it, html="<p>A lawsuit</p>")
    outbox.drain()
    assert db.session.scalars(select(Report.why)).all() == ["watch"]
    assert bells(db, world.facilitator) == ["mod_case"]


def test_conversations_are_never_looked_through(scene: Scene, outbox: Any) -> None:
    from app.conversations.actions import begin_conversation

    world = scene.world
    actions.watch(world.facilitator, "dumb", "hold")
    actions.watch(world.facilitator, "silly", "notify")
    message = begin_conversation(world.teacher, [world.colleague.id], html="<p>dumb and silly</p>")
    outbox.drain()
    assert message.state == "published"


def test_an_edit_while_it_waits_gives_the_judges_the_new_words(scene: Scene, db: Any) -> None:
    world = scene.world
    actions.watch(world.facilitator, "dumb", "hold")
    post = make_post(world.teacher, world.commons, "That is dumb")
    edit_contribution(world.teacher, post, html="<p>That is hard</p>")
    copies = [report.copy["text"] for report in db.session.scalars(select(Report).order_by(Report.id))]
    assert copies == ["That is dumb", "That is hard"]
    assert post.state == "held"


def test_the_author_sees_it_wait_and_nobody_else_does(
    scene: Scene, as_member: Callable[[Any], Any], outbox: Any
) -> None:
    world = scene.world
    actions.watch(world.facilitator, "dumb", "hold")
    browser = as_member(world.teacher)
    form = {"body": "That is dumb", "space": str(world.commons.id)}
    answer = browser.post(f"/n/{world.network.slug}/share/update", data=form, follow_redirects=True)
    assert "A facilitator reads it before others see it" in answer.text
    assert "Only you see this now" in answer.text
    assert "dumb" not in as_member(world.colleague).get(f"/n/{world.network.slug}/").text
    said = browser.post(
        f"/n/{world.network.slug}/c/{scene.post.id}/reply",
        data={"text": "dumb again"},
        headers={"Accept": "application/json"},
    ).get_json()
    assert "Only you see this now" in said["html"]
    outbox.drain()
    assert (
        "dumb again" not in as_member(world.colleague).get(f"/n/{world.network.slug}/c/{scene.post.id}").text
    )


def test_only_the_hub_chooses_what_is_watched(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world = scene.world
    with pytest.raises(Forbidden):
        actions.watch(world.teacher, "word", "hold")
    for pattern in ("", " ** ", "a*b*c*"):
        with pytest.raises(ValueError, match="pattern"):
            actions.watch(world.facilitator, pattern, "hold")
    browser, here = as_member(world.facilitator), f"/n/{world.network.slug}/settings/moderation"
    browser.post(f"{here}/words", data={"pattern": "Blockhead", "watch": "hold"})
    browser.post(f"{here}/first", data={"number": "2"})
    page = browser.get(here).text
    assert "Blockhead" in page
    assert 'value="2"' in page


def test_an_edit_that_brings_in_a_watched_word_waits_too(scene: Scene, db: Any) -> None:
    world = scene.world
    actions.watch(world.facilitator, "dumb", "hold")
    post = make_post(world.teacher, world.commons, "A long day")
    edit_contribution(world.teacher, post, html="<p>A dumb day</p>")
    assert (post.state, post.state_reason) == ("held", "watch list")
    case = db.session.scalars(select(Case).where(Case.contribution_id == post.id)).one()
    scene.act(case, "none", ref="", letter="")
    assert post.state == "published"
    edit_contribution(world.teacher, post, html="<p>A dumb, long day</p>")
    assert post.state == "published", "what was found fine is not held again for the same"


def test_an_edit_that_names_a_student_waits_too(scene: Scene, db: Any) -> None:
    world = scene.world
    post = make_post(world.teacher, world.commons, "A long day")
    words = "My student Maria Lopez got a 54 on the quiz"
    with decided_by([finding.mark for finding in look(words)]):
        edit_contribution(world.teacher, post, html=text.from_plain(words))
    assert (post.state, post.state_reason) == ("held", "privacy")
    assert db.session.scalars(select(Case)).one().is_urgent


def test_what_an_edit_was_asked_for_waits_where_it_has_a_watched_word(scene: Scene, db: Any) -> None:
    actions.watch(scene.world.facilitator, "dumb", "hold")
    case = scene.report().case
    act = scene.act(case, "ask_edit")
    edit_contribution(scene.world.teacher, scene.post, html="<p>My class is a dumb zoo</p>")
    assert (scene.post.state, scene.post.state_reason) == ("held", "watch list")
    waiting = db.session.scalars(select(Case).where(Case.state != "done")).one()
    assert (waiting.why, waiting.holds) == ("approval", True)
    assert act.returned_at is not None
    assert examine() == []
    scene.act(waiting, "none", ref="", letter="")
    assert scene.post.state == "published"


def test_what_an_edit_was_asked_for_waits_where_it_names_a_student(scene: Scene) -> None:
    scene.act(scene.report().case, "ask_edit")
    words = "My student Maria Lopez got a 54 on the quiz"
    with decided_by([finding.mark for finding in look(words)]):
        edit_contribution(scene.world.teacher, scene.post, html=text.from_plain(words))
    assert (scene.post.state, scene.post.state_reason) == ("held", "privacy")


def test_saving_the_same_words_does_not_bring_it_back(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    scene.act(scene.report().case, "ask_edit")
    same = scene.post.html
    with pytest.raises(Unchanged):
        edit_contribution(scene.world.teacher, scene.post, html=same)
    here = f"/n/{scene.world.network.slug}/c/{scene.post.id}/edit"
    answer = as_member(scene.world.teacher).post(here, data={"html": same})
    assert answer.status_code == 422
    assert "Once you have changed the words" in answer.text
    assert scene.post.state == "held"
