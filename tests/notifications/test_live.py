"""The member's own stream: who may join it, and what it tells."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event as sa_event
from sqlalchemy import select

from app.contributions.actions import react, unreact
from app.core import streams
from app.core.db import db
from app.core.realtime import registry
from app.networks.models import Member
from app.notifications.actions import mark_all_read, mark_seen
from app.notifications.models import Notification
from app.notifications.queries import bell_of
from app.spaces.actions import take_from_space
from tests.notifications import world as making
from tests.notifications.world import World, noise, post, reply
from tests.support.clients import Client


def told(member: Member) -> list[tuple[str, int]]:
    """Kind and subject of every event on the member's own stream that concerns the bell."""
    query = select(streams.StreamEvent).where(streams.StreamEvent.stream == f"member:{member.id}")
    events = db.session.scalars(query.order_by(streams.StreamEvent.seq))
    return [(each.kind, each.subject_id) for each in events if each.kind.startswith("notification:")]


def test_one_joins_only_ones_own_stream(net: World) -> None:
    ana, ben = net.ana.account, net.ben.account
    assert registry.authorize(ana, f"member:{net.ana.id}") is not None
    seat = registry.authorize(ana, f"member:{net.ana.id}")
    assert seat is not None
    assert (seat.member_id, seat.scope) == (net.ana.id, f"member:{net.ana.id}")
    for name in (f"member:{net.ana.id}", "member:0", "member:999999", "member:", "member:x", "member"):
        assert registry.authorize(ben, name) is None


def test_who_left_joins_no_more(net: World) -> None:
    net.ana.standing = "former"
    db.session.commit()
    assert registry.authorize(net.ana.account, f"member:{net.ana.id}") is None


def test_a_reply_is_told_on_the_stream_of_its_reader_and_on_no_other(net: World, outbox: Any) -> None:
    root = post(net.ana)
    reply(net.ben, root)
    outbox.drain()
    noise(net)
    outbox.drain()
    line = db.session.scalars(select(Notification).where(Notification.member_id == net.ana.id)).one()
    assert told(net.ana) == [("notification:changed", line.id)]
    assert told(net.ben) == told(net.cleo) == []
    assert told(net.nell), "somebody else hears theirs"
    payload = registry.payload("notification:changed", line.id)
    assert payload is not None
    assert (payload["unread"], payload["root_id"]) == (1, root.id)
    assert "Ben Ode" in payload["html"]
    assert "csrf" not in payload["html"], "neutral: no viewer, no token"


def test_a_line_that_does_not_show_any_more_comes_without_its_words(net: World, outbox: Any) -> None:
    group = net.group("Quiet room", net.ana, net.ben)
    reply(net.ben, post(net.ana, space=group, title="Private plans"))
    outbox.drain()
    [(kind, line_id)] = told(net.ana)
    assert "Private plans" in str(registry.payload(kind, line_id))
    take_from_space(group.id, net.ana.id)
    assert registry.payload(kind, line_id) == {"unread": 0, "html": None}


def test_what_is_taken_back_is_told_as_gone_with_the_new_count(net: World, outbox: Any) -> None:
    root = post(net.ana)
    react(net.ben, root, "thanks")
    outbox.drain()
    unreact(net.ben, root, "thanks")
    outbox.drain()
    [(_changed, line_id), gone, count] = told(net.ana)
    assert gone == ("notification:changed", line_id)
    assert registry.payload(*gone) is None
    assert count == ("notification:count", net.ana.id)
    assert registry.payload(*count) == {"unread": 0}


def test_reading_is_told_to_the_other_windows_once(net: World, outbox: Any) -> None:
    root = post(net.ana)
    reply(net.ben, root)
    outbox.drain()
    mark_seen(net.ana, root.id)
    mark_seen(net.ana, root.id)
    mark_all_read([net.ana])
    assert [kind for kind, _id in told(net.ana)] == ["notification:changed", "notification:count"]


def test_the_count_is_over_all_networks_of_the_person(net: World, outbox: Any) -> None:
    maple = making.network("Maple")
    ana, eve = maple.person("Ana Ruiz", of=net.ana.account), maple.person("Eve Moss")
    reply(net.ben, post(net.ana))
    reply(eve, post(ana))
    outbox.drain()
    assert registry.payload("notification:count", net.ana.id) == {"unread": 2}
    assert registry.payload("notification:count", ana.id) == {"unread": 2}
    assert registry.payload("notification:count", eve.id) == {"unread": 0}


def test_the_bell_is_one_query_with_the_numbers_of_its_streams(net: World, outbox: Any) -> None:
    ana = making.network("Maple").person("Ana Ruiz", of=net.ana.account)
    reply(net.ben, post(net.ana))
    outbox.drain()
    readers = [net.ana, ana]
    assert all(reader.may_read for reader in readers)
    statements: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    sa_event.listen(db.engine, "before_cursor_execute", note)
    try:
        bell = bell_of(readers)
    finally:
        sa_event.remove(db.engine, "before_cursor_execute", note)
    assert len(statements) == 1
    seqs = streams.seqs([f"member:{reader.id}" for reader in readers])
    assert (bell.unread, bell.streams) == (1, seqs)


@pytest.fixture
def busy(net: World, outbox: Any) -> World:
    for _number in range(120):
        react(net.ben, post(net.ana), "thanks")
    outbox.drain()
    return net


def test_the_badge_stops_counting_at_a_hundred(busy: World) -> None:
    assert bell_of([busy.ana]).unread == 100


def test_the_page_says_which_streams_the_badge_follows(
    net: World, outbox: Any, browser_of: Callable[[Member], Client]
) -> None:
    reply(net.ben, post(net.ana))
    outbox.drain()
    page = browser_of(net.ana).get("/notifications").text
    seq = streams.seqs([f"member:{net.ana.id}"])[f"member:{net.ana.id}"]
    assert f'data-streams="{{&#34;member:{net.ana.id}&#34;: {seq}}}"' in page
