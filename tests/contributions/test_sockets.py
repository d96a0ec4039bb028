"""What an open page hears: its streams, in order, as long as it may."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy import event as sa_event

from app.contributions.actions import react, remove_contribution
from app.core import streams
from app.core.realtime import registry, seats, socketio, sockets
from app.networks.actions import accept_norms, enrol
from app.networks.policy import OPERATOR
from app.spaces.actions import take_from_space
from tests.support.factories import World, make_account, make_group, make_post, make_reply, make_world
from tests.support.sockets import Ear, Listen, listening, tell


@pytest.fixture
def listen(app: Flask, db: Any) -> Iterator[Listen]:
    with listening(app) as sit:
        yield sit


@pytest.fixture
def world(db: Any) -> World:
    return make_world()


def kinds(ear: Ear) -> list[str]:
    return [kind for kind, _payload in ear.heard()]


def test_a_page_is_told_what_happens_and_what_it_missed(app: Flask, world: World, listen: Listen) -> None:
    ear = listen(world.teacher)
    root = make_post(world.colleague, world.commons)
    first = make_reply(world.teacher, root)
    name = f"contribution_{root.id}"
    caught_up = ear.join(**{name: 0})[f"contribution:{root.id}"]
    assert [(event["event"], event["id"], event["seq"]) for event in caught_up["events"]] == [
        ("reply:posted", first.id, 1)
    ]
    assert f'id="reply-{first.id}"' in caught_up["events"][0]["html"]
    tell(app)
    ear.heard()
    second = make_reply(world.colleague, root)
    react(world.teacher, root, "thanks")
    tell(app)
    told = ear.heard()
    assert [(kind, said["id"], said["seq"]) for kind, said in told] == [
        ("reply:posted", second.id, 2),
        ("reaction:changed", root.id, 3),
    ]
    assert ear.join(**{name: 3})[f"contribution:{root.id}"] == {
        "stream": f"contribution:{root.id}",
        "seq": 3,
        "events": [],
    }


def test_what_was_taken_back_is_replayed_without_its_words(app: Flask, world: World, listen: Listen) -> None:
    root = make_post(world.colleague, world.commons)
    gone = make_reply(world.colleague, root, "Something I regret")
    remove_contribution(world.colleague, gone)
    answer = listen(world.teacher).join(**{f"contribution_{root.id}": 0})[f"contribution:{root.id}"]
    assert [event["event"] for event in answer["events"]] == ["reply:posted", "reply:removed"]
    assert "regret" not in str(answer)
    assert all("html" not in event for event in answer["events"])


def test_a_reply_that_others_answered_leaves_its_place(app: Flask, world: World) -> None:
    root = make_post(world.colleague, world.commons)
    gone = make_reply(world.colleague, root, "Something I regret")
    make_reply(world.teacher, root, "I do not", parent_id=gone.id)
    remove_contribution(world.colleague, gone)
    payload = registry.payload("reply:removed", gone.id)
    assert payload is not None
    assert "reply-gone" in payload["html"]
    assert "regret" not in payload["html"]


def test_nonsense_and_what_one_may_not_see_are_the_same(world: World, listen: Listen) -> None:
    secret = make_group(world, world.teacher, access="secret")
    hidden = make_post(world.teacher, secret)
    ear = listen(world.colleague)
    names = [
        f"space:{secret.id}",
        f"contribution:{hidden.id}",
        "contribution:999999",
        "space:x",
        "x",
        "space:01",
    ]
    said = ear.ask("stream:join", {"streams": [{"stream": name, "after": 0} for name in names]})
    assert said["streams"] == [{"stream": name, "error": "not_found"} for name in names]
    assert listen(world.teacher).join(**{f"space_{secret.id}": 0})[f"space:{secret.id}"]["seq"] == 1
    for bad in (None, [], "x", {"streams": 3}, {"streams": [1, None, {}]}, {"streams": [{}] * 101}):
        answer = ear.ask("stream:join", bad)
        assert answer in ({"error": "bad_request"}, {"streams": []})


def test_losing_a_space_ends_exactly_what_came_through_it(app: Flask, world: World, listen: Listen) -> None:
    group = make_group(world, world.teacher, world.colleague)
    root = make_post(world.teacher, group)
    ear, stays = listen(world.colleague), listen(world.teacher)
    for each in (ear, stays):
        each.join(
            **{f"space_{group.id}": None, f"contribution_{root.id}": None, f"space_{world.commons.id}": None}
        )
    tell(app)
    for each in (ear, stays):
        each.heard()
    take_from_space(group.id, world.colleague.id)
    make_reply(world.teacher, root, "Only for those who are still here")
    open_to_all = make_post(world.teacher, world.commons)
    tell(app)
    told = ear.heard()
    lost = {said["stream"] for kind, said in told if kind == "access:lost"}
    assert lost == {f"space:{group.id}", f"contribution:{root.id}"}
    assert [(kind, said["id"]) for kind, said in told if kind != "access:lost"] == [
        ("contribution:posted", open_to_all.id)
    ]
    assert "reply:posted" in kinds(stays)


def test_one_message_replays_only_so_much(
    world: World, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "REPLAYED_AT_MOST", 3)
    first, second = (make_post(world.colleague, world.commons) for _post in range(2))
    for root in (first, second):
        for _reply in range(2):
            make_reply(world.teacher, root)
    answers = listen(world.teacher).join(**{f"contribution_{root.id}": 0 for root in (first, second)})
    assert len(answers[f"contribution:{first.id}"]["events"]) == 2
    assert answers[f"contribution:{second.id}"] == {
        "stream": f"contribution:{second.id}",
        "seq": 2,
        "reload": True,
    }


def test_joining_many_streams_costs_no_more_than_a_few(world: World, listen: Listen) -> None:
    roots = [make_post(world.colleague, world.commons) for _post in range(12)]
    ear = listen(world.teacher)

    def queries(asked: list[str]) -> int:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            seen.append(statement)

        sa_event.listen(Engine, "before_cursor_execute", note)
        try:
            ear.ask("stream:join", {"streams": [{"stream": name, "after": 0} for name in asked]})
        finally:
            sa_event.remove(Engine, "before_cursor_execute", note)
        return len(seen)

    names = [f"contribution:{root.id}" for root in roots]
    queries(names[:1])
    assert 0 < queries(names) == queries(names[:2])


def test_typing_is_passed_on_to_the_others_and_kept_nowhere(app: Flask, world: World, listen: Listen) -> None:
    root = make_post(world.colleague, world.commons)
    writer, reader, elsewhere = listen(world.teacher), listen(world.colleague), listen(world.director)
    for each in (writer, reader):
        each.join(**{f"contribution_{root.id}": None})
    assert writer.ask("typing", {"stream": f"contribution:{root.id}"}) == {"ok": True}
    assert reader.heard() == [
        (
            "typing",
            {"stream": f"contribution:{root.id}", "id": world.teacher.id, "name": world.teacher.name},
        )
    ]
    assert writer.heard() == elsewhere.heard() == []
    assert writer.ask("typing", {"stream": f"contribution:{root.id}"}) == {"ok": False}, "too soon"
    assert elsewhere.ask("typing", {"stream": f"contribution:{root.id}"}) == {"ok": False}


def test_every_handler_is_attached() -> None:
    assert {"stream:join", "stream:leave", "reply:create", "typing"} <= set(sockets.handlers)


def test_nothing_is_heard_or_said_before_the_norms_are_accepted(world: World, listen: Listen) -> None:
    root = make_post(world.colleague, world.commons)
    fresh = enrol(OPERATOR, world.network, make_account("Newt"), name="Newt Newcomer", role="teacher")
    ear = listen(fresh)
    joined = ear.join(**{f"space_{world.commons.id}": 0, f"contribution_{root.id}": 0})
    assert [said.get("error") for said in joined.values()] == ["not_found", "not_found"]
    said = ear.ask("reply:create", {"contribution_id": root.id, "html": "<p>Hello</p>"})
    assert said == {"error": "not_found"}
    accept_norms(fresh, 1)
    assert "error" not in ear.join(**{f"contribution_{root.id}": 0})[f"contribution:{root.id}"]
    assert "id" in ear.ask("reply:create", {"contribution_id": root.id, "html": "<p>Hello</p>"})


@pytest.mark.parametrize(
    ("origin", "more", "taken"),
    [
        ("http://here.example", {}, True),
        ("https://here.example", {}, False),
        ("https://evil.example", {}, False),
        ("null", {}, False),
        ("https://evil.example", {"X_FORWARDED_HOST": "evil.example", "X_FORWARDED_PROTO": "https"}, False),
    ],
)
def test_only_a_page_of_ours_opens_the_connection(
    app: Flask, origin: str, more: dict[str, str], taken: bool
) -> None:
    environ = {"wsgi.url_scheme": "http", "HTTP_HOST": "here.example", "HTTP_ORIGIN": origin}
    environ |= {f"HTTP_{name}": value for name, value in more.items()}
    assert socketio.server.eio._cors_allowed_origins(environ) == ([origin] if taken else [])
    known = app.config["BASE_URL"]
    assert socketio.server.eio._cors_allowed_origins({**environ, "HTTP_ORIGIN": known}) == [known]


def test_one_account_has_so_many_open_pages(
    world: World, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seats, "SOCKETS_AT_MOST", 2)
    first, second = listen(world.teacher), listen(world.teacher)
    assert not listen(world.teacher).is_open
    assert first.is_open
    assert second.is_open, "what was open stays"
    assert listen(world.colleague).is_open
    first.close()
    assert listen(world.teacher).is_open
