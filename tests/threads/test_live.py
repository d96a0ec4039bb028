"""What an open thread hears: a move that ends or keeps a seat, who is here, who writes, one's own place."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.contributions import actions
from app.core import clock as house_clock
from app.core.command import command
from app.core.realtime import presence
from app.core.realtime.presence import Presence
from app.spaces.actions import take_from_space
from tests.support.factories import World, make_group, make_reply
from tests.support.sockets import Ear, Listen, listening, tell
from tests.threads.conftest import Thread


@pytest.fixture
def listen(app: Flask, db: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listen]:
    monkeypatch.setattr(presence, "here", presence.Room())
    with listening(app) as sit:
        yield sit


def sit_down(ear: Ear, root: Any) -> str:
    ear.join(**{f"contribution_{root.id}": None})
    return f"contribution:{root.id}"


def heard(ear: Ear, kind: str) -> list[dict[str, Any]]:
    return [said for name, said in ear.heard() if name == kind]


def test_a_move_ends_the_hearing_of_who_lost_sight(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    group = make_group(world, world.teacher, world.colleague)
    root = thread()
    inside, outside = listen(world.colleague), listen(world.principal)
    for ear in (inside, outside):
        stream = sit_down(ear, root)
    tell(app)
    inside.heard(), outside.heard()
    actions.move(world.teacher, root, group)
    tell(app)
    assert [said["stream"] for said in heard(outside, "access:lost")] == [stream]
    assert [said["stream"] for said in heard(inside, "access:changed")] == [stream]
    reply = make_reply(world.teacher, root, "Only for us now")
    tell(app)
    assert outside.heard() == []
    assert [said["id"] for said in heard(inside, "reply:posted")] == [reply.id]
    assert outside.join(**{stream.replace(":", "_"): 0})[stream] == {"stream": stream, "error": "not_found"}


def test_the_old_space_replays_nothing_of_what_moved_away(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    group = make_group(world, world.teacher, world.colleague)
    root = thread()
    before = root.space_id
    actions.move(world.teacher, root, group)
    actions.edit_contribution(world.teacher, root, title="Secret title", html="<p>Secret words</p>")
    make_reply(world.teacher, root, "Secret reply")
    ear = listen(world.principal)
    told = ear.join(**{f"space_{before}": 0})[f"space:{before}"]
    assert [event["event"] for event in told["events"] if event["id"] == root.id] == [
        "contribution:posted",
        "contribution:removed",
    ]
    assert "Secret" not in str(told)
    inside = listen(world.colleague).join(**{f"space_{group.id}": 0})[f"space:{group.id}"]
    assert "Secret title" in str(inside)


def test_a_late_tail_tells_old_numbers_only_to_who_sees_the_words_now(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    group = make_group(world, world.teacher, world.colleague)
    root = thread()
    inside, outside = listen(world.colleague), listen(world.principal)
    for ear in (inside, outside):
        sit_down(ear, root)
        ear.join(**{f"space_{root.space_id}": None})
    tell(app)
    inside.heard(), outside.heard()
    reply = make_reply(world.teacher, root, "Before")
    actions.move(world.teacher, root, group)
    actions.edit_contribution(world.teacher, reply, html="<p>Secret words</p>")
    tell(app)
    assert "Secret words" not in str(outside.heard())
    assert "Secret words" in str(inside.heard())


def test_after_a_move_the_new_space_is_what_gives_the_seat(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    group = make_group(world, world.teacher, world.colleague)
    root = thread()
    ear = listen(world.colleague)
    sit_down(ear, root)
    actions.move(world.teacher, root, group)
    tell(app)
    ear.heard()
    take_from_space(group.id, world.colleague.id)
    tell(app)
    assert [said["stream"] for said in heard(ear, "access:lost")] == [f"contribution:{root.id}"]
    make_reply(world.teacher, root)
    tell(app)
    assert heard(ear, "reply:posted") == []


def test_who_is_here_is_told_once_and_without_a_number(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    root = thread()
    first, second = listen(world.teacher), listen(world.colleague)
    for ear in (first, second):
        stream = sit_down(ear, root)
    said = first.ask("presence:here", {"stream": stream})
    assert (said["count"], [one["name"] for one in said["people"]]) == (1, ["Tess Teacher"])
    second.ask("presence:here", {"stream": stream})
    presence.go_round()
    told = heard(first, "presence")
    assert [(one["count"], [each["name"] for each in one["people"]]) for one in told] == [
        (2, ["Cole Colleague", "Tess Teacher"])
    ]
    assert "seq" not in told[0]
    presence.go_round()
    assert heard(first, "presence") == []
    second.ask("presence:away", {"stream": stream})
    presence.go_round()
    assert [one["count"] for one in heard(first, "presence")] == [1]


def test_a_closed_socket_is_not_here(app: Flask, world: World, thread: Thread, listen: Listen) -> None:
    root = thread()
    first, second = listen(world.teacher), listen(world.colleague)
    for ear in (first, second):
        stream = sit_down(ear, root)
        ear.ask("presence:here", {"stream": stream})
    presence.go_round()
    first.heard()
    second.close()
    presence.go_round()
    assert [one["count"] for one in heard(first, "presence")] == [1]


def test_people_of_another_process_are_here_until_it_falls_silent(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    root = thread()
    ear = listen(world.teacher)
    stream = sit_down(ear, root)

    @command
    def another_process(at: Any) -> None:
        row = Presence(process="other", stream=stream, members=[world.colleague.id], at=at)
        presence.db.session.merge(row)

    another_process(house_clock.now())
    assert ear.ask("presence:here", {"stream": stream})["count"] == 2
    another_process(house_clock.now() - 2 * presence.FRESH + timedelta(seconds=5))
    presence.go_round()
    assert [one["count"] for one in heard(ear, "presence")] == [1]


def test_who_hides_is_neither_here_nor_writing(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    root = thread()
    first, second = listen(world.teacher), listen(world.colleague)
    for ear in (first, second):
        stream = sit_down(ear, root)
        ear.ask("presence:here", {"stream": stream})
    presence.go_round()
    first.heard()
    actions.hide_here(world.colleague, True)
    assert second.ask("presence:here", {"stream": stream})["count"] == 1
    assert second.ask("typing", {"stream": stream}) == {"ok": False}
    presence.go_round()
    said = first.heard()
    assert [name for name, _payload in said] == ["presence"]
    assert "Cole" not in str(said)
    actions.hide_here(world.colleague, False)
    assert second.ask("presence:here", {"stream": stream})["count"] == 2


def test_hiding_takes_one_out_at_once_in_every_process(
    app: Flask, world: World, thread: Thread, listen: Listen, as_member: Any
) -> None:
    root = thread()
    first, second = listen(world.teacher), listen(world.colleague)
    for ear in (first, second):
        stream = sit_down(ear, root)
        ear.ask("presence:here", {"stream": stream})

    @command
    def another_process() -> None:
        members = [world.colleague.id, world.principal.id]
        presence.db.session.add(Presence(process="other", stream=stream, members=members))

    another_process()
    presence.go_round()
    assert [one["count"] for one in heard(first, "presence")] == [3]
    for member, name in ((world.colleague, "Cole"), (world.principal, "Pia")):
        answer = as_member(member).post(f"/n/{world.network.slug}/here", data={"hidden": "1"})
        assert answer.status_code == 303
        told = heard(first, "presence")[-1]
        assert told["count"] == len(told["people"])
        assert name not in str(told), "told at once, before the next round"
    assert told["count"] == 1
    assert presence.everybody(stream) == [world.teacher.id]
    presence.go_round()
    assert all(one["count"] == 1 for one in heard(first, "presence"))
    kept = {row.process: row.members for row in presence.db.session.scalars(select(Presence))}
    assert kept[presence.here.process] == [world.teacher.id], "nothing kept of who hides"


def test_nobody_is_here_or_writes_but_in_a_talk(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    ear, other = listen(world.teacher), listen(world.colleague)
    for each in (ear, other):
        each.join(**{f"space_{world.commons.id}": None})
    other.heard()
    for name in (f"space:{world.commons.id}", f"member:{world.teacher.id}", "nonsense", 7, None, ["x"]):
        for event in ("typing", "presence:here"):
            assert ear.ask(event, {"stream": name}) == {"error": "bad_request"}, (event, name)
    presence.go_round()
    assert other.heard() == []


def test_nobody_is_here_where_they_do_not_sit(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    root = thread(space=make_group(world, world.teacher, world.colleague, access="secret"))
    stream = f"contribution:{root.id}"
    outsider = listen(world.principal)
    for name in (stream, "contribution:999999", "contribution:x"):
        assert outsider.ask("presence:here", {"stream": name}) == {"ok": False}, name
    presence.go_round()
    assert presence.everybody(stream) == []


def test_losing_the_space_one_is_not_here_any_more(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    group = make_group(world, world.teacher, world.colleague)
    root = thread(space=group)
    ear = listen(world.colleague)
    stream = sit_down(ear, root)
    ear.ask("presence:here", {"stream": stream})
    take_from_space(group.id, world.colleague.id)
    tell(app)
    presence.go_round()
    assert presence.everybody(stream) == []
    assert "people" not in ear.ask("presence:here", {"stream": stream})


def test_one_s_other_devices_hear_where_one_is(
    app: Flask, world: World, thread: Thread, listen: Listen
) -> None:
    root = thread(replies=3)
    desk, other = listen(world.teacher), listen(world.colleague)
    for ear, member in ((desk, world.teacher), (other, world.colleague)):
        ear.join(**{f"member_{member.id}": None})
    actions.read_up_to(world.teacher, root, 2)
    actions.read_up_to(world.teacher, root, 1)
    actions.unread_from(world.teacher, root, 2)
    tell(app)
    told = [(one["position"], one["unread"], one["back"]) for one in heard(desk, "place:moved")]
    # a payload is made from what is true when it is told
    assert told == [(1, 2, True), (1, 2, True)]
    assert heard(other, "place:moved") == []
