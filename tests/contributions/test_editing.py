"""Editing with history, removing, holding: counts stay true, words go where they should."""

from typing import Any

import pytest
from sqlalchemy import select

from app.contributions import actions
from app.contributions.actions.editing import Conflict, edit_mark
from app.contributions.models import Contribution, Revision
from app.contributions.queries import history_of
from app.core import doctor
from app.core.access import Forbidden, NotFound
from app.core.streams import StreamEvent
from tests.support.factories import World, make_post, make_reply


def kinds_on(db: Any, stream: str) -> list[str]:
    query = select(StreamEvent.kind).where(StreamEvent.stream == stream).order_by(StreamEvent.seq)
    return list(db.session.scalars(query))


def test_an_edit_keeps_what_was_said_before(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons, "First words")
    actions.edit_contribution(world.teacher, post, html="<p>Second words</p>")
    assert post.html == "<p>Second words</p>"
    assert [old.html for old in history_of(world.colleague, post)] == ["<p>First words</p>"]
    assert kinds_on(db, f"contribution:{post.id}") == ["contribution:edited"]


def test_nobody_edits_another_persons_words(world: World) -> None:
    post = make_post(world.teacher, world.commons)
    for other in (world.colleague, world.principal, world.facilitator, world.director):
        with pytest.raises(Forbidden):
            actions.edit_contribution(other, post, html="<p>No</p>")
        with pytest.raises(Forbidden):
            actions.remove_contribution(other, post)
    with pytest.raises(NotFound):
        actions.edit_contribution(world.outsider, post, html="<p>No</p>")


def test_two_editors_of_one_post_do_not_overwrite_each_other(world: World) -> None:
    post = make_post(world.teacher, world.commons, "First words")
    seen = edit_mark(post)
    actions.edit_contribution(world.teacher, post, html="<p>From the phone</p>", seen=seen)
    with pytest.raises(Conflict):
        actions.edit_contribution(world.teacher, post, html="<p>From the desk</p>", seen=seen)
    assert post.html == "<p>From the phone</p>"


def test_a_reply_that_comes_meanwhile_is_no_conflict(world: World) -> None:
    post = make_post(world.teacher, world.commons)
    seen = edit_mark(post)
    make_reply(world.colleague, post)
    assert (
        actions.edit_contribution(world.teacher, post, html="<p>Still</p>", seen=seen).html == "<p>Still</p>"
    )


def test_a_removed_reply_leaves_the_counts_and_never_its_number(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons)
    first = make_reply(world.colleague, post)
    actions.remove_contribution(world.colleague, first)
    second = make_reply(world.colleague, post)
    db.session.expire_all()
    assert (post.reply_count, second.position) == (1, 2)
    assert doctor.examine() == []


def test_holding_and_restoring_come_back_to_the_same(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons, "Words")
    reply = make_reply(world.colleague, post)
    actions.hold(reply, reason="reports")
    db.session.expire_all()
    assert post.reply_count == 0
    actions.restore(reply)
    actions.take_down(post, reason="moderator")
    assert (post.html, post.text) == ("", "")
    actions.restore(post)
    db.session.expire_all()
    assert (post.html, post.text, post.reply_count, post.state) == ("<p>Words</p>", "Words", 1, "published")
    assert doctor.examine() == []


def test_what_was_removed_has_no_words_anywhere_but_its_revision(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons, "CANARY")
    actions.remove_contribution(world.teacher, post)
    row = db.session.scalars(select(Contribution).where(Contribution.id == post.id)).one()
    assert "CANARY" not in repr([getattr(row, column.key) for column in Contribution.__table__.columns])
    assert "CANARY" in db.session.scalars(select(Revision)).one().html
    with pytest.raises(NotFound):
        history_of(world.colleague, post)


def test_a_locked_thread_takes_no_replies_and_no_edits(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons)
    reply = make_reply(world.colleague, post)
    post.locked = True
    db.session.commit()
    with pytest.raises(Forbidden):
        make_reply(world.colleague, post)
    with pytest.raises(Forbidden):
        actions.edit_contribution(world.colleague, reply, html="<p>Again</p>")


def test_the_author_may_take_back_what_is_theirs_when_paused(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons)
    world.teacher.standing = "paused"
    db.session.commit()
    with pytest.raises(Forbidden):
        actions.edit_contribution(world.teacher, post, html="<p>Again</p>")
    actions.remove_contribution(world.teacher, post)
    assert post.state == "removed"


def test_the_doctor_finds_what_is_wrong(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons)
    make_reply(world.colleague, post)
    assert doctor.examine() == []
    post.reply_count, post.reply_seq, post.thanks_count, post.try_count = 5, 0, 2, 1
    db.session.commit()
    assert {finding.check for finding in doctor.examine()} == {
        "contributions: reply counts",
        "contributions: positions",
        "contributions: reaction counts",
        "contributions: commitment counts",
    }
