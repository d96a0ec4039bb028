"""Sharing and replying: numbered, once, in the right places, with the author as they were."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.contributions.actions import KeyReused, Piece, post_reply, share
from app.contributions.models import Contribution
from app.core import streams, text
from app.core.access import Forbidden, NotFound
from app.core.streams import StreamEvent
from tests.support.factories import World, make_group, make_post, make_reply


def events_of(db: Any, stream: str) -> list[tuple[int, str, int]]:
    rows = db.session.scalars(
        select(StreamEvent).where(StreamEvent.stream == stream).order_by(StreamEvent.seq)
    )
    return [(row.seq, row.kind, row.subject_id) for row in rows]


def test_a_post_keeps_its_author_as_they_were(world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons)
    assert (post.author_role, post.author_site_id) == ("teacher", world.cedar.id)
    assert post.author_grades == 1 << 7
    assert events_of(db, f"space:{world.commons.id}") == [(1, "contribution:posted", post.id)]


def test_replies_are_numbered_and_counted(world: World, db: Any) -> None:
    root = make_post(world.teacher, world.commons)
    replies = [make_reply(world.colleague, root, f"reply {n}") for n in range(3)]
    db.session.expire_all()
    assert [reply.position for reply in replies] == [1, 2, 3]
    assert (root.reply_count, root.reply_seq) == (3, 3)
    assert [seq for seq, _kind, _id in events_of(db, f"contribution:{root.id}")] == [1, 2, 3]


def test_a_reply_never_travels_on_its_space(world: World, db: Any) -> None:
    root = make_post(world.teacher, world.commons)
    make_reply(world.colleague, root)
    assert len(events_of(db, f"space:{world.commons.id}")) == 1


def test_a_reply_to_a_reply_to_a_reply_joins_the_first_level(world: World) -> None:
    root = make_post(world.teacher, world.commons)
    first = make_reply(world.colleague, root)
    second = make_reply(world.teacher, root, parent_id=first.id)
    third = make_reply(world.colleague, root, parent_id=second.id)
    assert (second.parent_id, third.parent_id) == (first.id, first.id)


def test_the_same_key_posts_once(world: World, db: Any) -> None:
    piece = Piece(kind="update", html="<p>Once</p>")
    one = share(world.teacher, world.commons, piece, key="a" * 12)
    two = share(world.teacher, world.commons, piece, key="a" * 12)
    assert one.id == two.id
    assert db.session.scalar(select(func.count(Contribution.id))) == 1


def test_the_same_key_with_other_words_is_refused(world: World) -> None:
    share(world.teacher, world.commons, Piece(kind="update", html="<p>One</p>"), key="a" * 12)
    with pytest.raises(KeyReused):
        share(world.teacher, world.commons, Piece(kind="update", html="<p>Two</p>"), key="a" * 12)


def test_two_people_may_use_the_same_key(world: World) -> None:
    piece = Piece(kind="update", html="<p>One</p>")
    one = share(world.teacher, world.commons, piece, key="a" * 12)
    two = share(world.colleague, world.commons, piece, key="a" * 12)
    assert one.id != two.id


def test_a_reply_with_the_same_key_is_counted_once(world: World, db: Any) -> None:
    root = make_post(world.teacher, world.commons)
    one = make_reply(world.colleague, root, key="k" * 12)
    two = make_reply(world.colleague, root, key="k" * 12)
    db.session.expire_all()
    assert (one.id, root.reply_count) == (two.id, 1)


def test_an_outsider_cannot_reply_and_learns_nothing(world: World) -> None:
    root = make_post(world.teacher, world.commons)
    with pytest.raises(NotFound):
        make_reply(world.outsider, root)
    assert make_reply(world.colleague, root).position == 1


def test_nobody_posts_in_a_space_they_do_not_see(world: World) -> None:
    group = make_group(world, world.teacher)
    with pytest.raises(NotFound):
        make_post(world.colleague, group)
    assert make_post(world.teacher, group).space_id == group.id


def test_a_paused_member_reads_and_does_not_write(world: World, db: Any) -> None:
    root = make_post(world.teacher, world.commons)
    world.colleague.standing = "paused"
    db.session.commit()
    with pytest.raises(Forbidden):
        make_reply(world.colleague, root)


def test_an_empty_reply_is_refused_and_changes_nothing(world: World, db: Any) -> None:
    root = make_post(world.teacher, world.commons)
    with pytest.raises(ValueError):
        post_reply(world.colleague, root, html="<p> </p>")
    db.session.expire_all()
    assert (root.reply_count, root.reply_seq) == (0, 0)


def test_a_reply_that_is_too_long_is_refused(world: World) -> None:
    root = make_post(world.teacher, world.commons)
    with pytest.raises(text.TooLong):
        make_reply(world.colleague, root, "a" * 20_001)
    assert make_reply(world.colleague, root, "a" * 20_000).position == 1


def test_what_is_typed_is_cleaned(world: World) -> None:
    root = make_post(world.teacher, world.commons)
    reply = post_reply(world.colleague, root, html="<p onclick=x>Hi<script>alert(1)</script></p>")
    assert reply.html == "<p>Hi</p>"


def test_a_tried_it_about_an_idea_needs_sight_of_it(world: World) -> None:
    group = make_group(world, world.teacher)
    idea = make_post(world.teacher, group)
    with pytest.raises(NotFound):
        make_post(world.colleague, world.commons, reports_on_id=idea.id)
    assert make_post(world.teacher, world.commons, reports_on_id=idea.id).reports_on_id == idea.id


def test_seqs_are_gap_free_over_many_streams(world: World) -> None:
    roots = [make_post(world.teacher, world.commons) for _ in range(4)]
    for root in roots:
        make_reply(world.colleague, root)
    names = [f"contribution:{root.id}" for root in roots]
    assert streams.seqs(names) == dict.fromkeys(names, 1)
    assert streams.seqs([f"space:{world.commons.id}"]) == {f"space:{world.commons.id}": 4}


def test_a_short_tried_it_says_itself_once(world: World, as_member: Any) -> None:
    """Without a line of its own it has no headline: the words would stand twice."""
    data = {"body": "Box plots on the floor.", "outcome": "mixed", "space": str(world.commons.id)}
    address = f"/n/{world.network.slug}/share/tried_it"
    made = as_member(world.teacher).post(address, data=data, headers={"Accept": "application/json"}).json
    assert made["html"].count("Box plots on the floor.") == 1
