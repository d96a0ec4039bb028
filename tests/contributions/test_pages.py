"""The addresses of contributions, with a script and without, with sense and with nonsense."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.contributions.models import Contribution, Reaction
from app.core.realtime import registry
from tests.support.factories import World, make_post, make_reply

NONSENSE = [
    "",
    " ",
    "\x00\x07\x1b[2J",
    "‮evil‬​‍﻿",
    "🧮" * 50,
    "'; DROP TABLE member; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "a" * 1_000_000,
    "../../etc/passwd",
    "-1",
    "99999999999999999999999",
    "null",
    "[]",
]
POSTS = ("share/update", "share/tried_it", "share/question", "share/material", "share/nothing")


@pytest.fixture
def post(world: World) -> Contribution:
    return make_post(
        world.teacher, world.commons, "Number talks", title="A title", kind="tried_it", outcome="mixed"
    )


def here(world: World, post: Contribution, rest: str = "") -> str:
    return f"/n/{world.network.slug}/c/{post.id}{rest}"


def test_replying_without_a_script_leads_back_to_the_reply(world: World, post: Any, as_member: Any) -> None:
    answer = as_member(world.colleague).post(
        here(world, post, "/reply"), data={"text": "Line one\n\nLine two"}
    )
    reply_id = int(answer.headers["Location"].rsplit("-", 1)[1])
    assert answer.status_code == 303
    page = as_member(world.teacher).get(here(world, post)).text
    assert "<p>Line one</p><p>Line two</p>" in page
    assert f'id="reply-{reply_id}"' in page


def test_the_page_s_script_gets_the_real_row(world: World, post: Any, as_member: Any) -> None:
    json_please = {"Accept": "application/json", "Idempotency-Key": "k" * 20}
    browser = as_member(world.colleague)
    one = browser.post(here(world, post, "/reply"), data={"html": "<p>Hi</p>"}, headers=json_please).json
    two = browser.post(here(world, post, "/reply"), data={"html": "<p>Hi</p>"}, headers=json_please).json
    assert (one["id"], one["position"], one["seq"]) == (two["id"], 1, 1)
    assert f'id="reply-{one["id"]}"' in one["html"]
    other = browser.post(here(world, post, "/reply"), data={"html": "<p>No</p>"}, headers=json_please)
    assert other.status_code == 422
    assert "error" in other.json


def test_a_reply_leads_to_its_place(world: World, post: Any, as_member: Any) -> None:
    reply = make_reply(world.colleague, post)
    answer = as_member(world.teacher).get(here(world, reply))
    assert answer.headers["Location"].endswith(f"/c/{post.id}#reply-{reply.id}")


def test_a_card_knows_nothing_about_who_looks(world: World, post: Any, as_member: Any) -> None:
    def card(member: Any) -> str:
        page = as_member(member).get(f"/n/{world.network.slug}/").text
        return page.split('<article class="card"', 1)[1].split("</article>")[0]

    assert card(world.teacher) == card(world.colleague)
    live = registry.payload("contribution:posted", post.id)
    assert live is not None
    assert card(world.teacher) in live["html"]


def test_acts_work_by_plain_forms(world: World, post: Any, as_member: Any, db: Any) -> None:
    browser = as_member(world.colleague)
    assert browser.post(here(world, post, "/react/thanks")).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Reaction)) == 1
    assert browser.post(here(world, post, "/react/thanks")).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Reaction)) == 0
    assert browser.post(here(world, post, "/try"), data={"due_on": "2026-12-01"}).status_code == 303
    assert "Number talks" in browser.get(f"/n/{world.network.slug}/trying/").text.replace(
        "A title", "Number talks"
    )
    assert browser.post(here(world, post, "/try"), data={"due_on": "soon"}).status_code == 422


def test_an_edit_conflict_shows_both_texts(world: World, as_member: Any) -> None:
    reply = make_reply(world.teacher, make_post(world.colleague, world.commons), "First")
    browser = as_member(world.teacher)
    seen = re.search(r'name="seen" value="([^"]+)"', browser.get(here(world, reply, "/edit")).text)
    assert seen is not None
    browser.post(here(world, reply, "/edit"), data={"html": "<p>Phone</p>", "seen": seen[1]})
    answer = browser.post(here(world, reply, "/edit"), data={"html": "<p>Desk</p>", "seen": seen[1]})
    assert answer.status_code == 409
    assert "Desk" in answer.text
    assert "<p>Phone</p>" in answer.text


@pytest.mark.parametrize("value", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_in_every_field_is_a_clear_error_or_harmless_text(
    value: str, world: World, post: Any, as_member: Any
) -> None:
    browser = as_member(world.colleague)
    fields = dict.fromkeys(
        [
            "title",
            "body",
            "html",
            "text",
            "outcome",
            "grade",
            "setting",
            "group_size",
            "minutes",
            "expected",
            "happened",
            "change_next",
            "space",
            "about",
            "parent_id",
            "key",
            "seen",
            "due_on",
            "on",
            "file_keys",
        ],
        value,
    )
    base = f"/n/{world.network.slug}"
    for path in (
        *(f"{base}/{one}" for one in POSTS),
        *(
            here(world, post, f"/{one}")
            for one in ("reply", "edit", "try", "due", "react/thanks", "react/x", "save")
        ),
    ):
        for headers in ({}, {"Accept": "application/json"}):
            answer = browser.post(path, data=fields, headers=headers)
            assert answer.status_code < 500, (path, answer.status_code)
            assert "<script>alert" not in answer.text
    assert browser.get(f"{base}/c/{10**30}").status_code == 404
    for name in ("kind", "outcome", "grade", "school", "after"):
        assert browser.get(f"{base}/", query_string={name: value[:2000]}).status_code < 500


SOCKET_NONSENSE: list[Any] = [
    None,
    [],
    "x",
    7,
    {"streams": None},
    {"streams": [None, 7, {}, {"stream": 7}, {"stream": "space:x", "after": "y"}, {"stream": "a" * 5000}]},
    {"streams": [{"stream": f"space:{number}"} for number in range(200)]},
    {"contribution_id": "7", "html": "x"},
    {"contribution_id": -1, "html": "x"},
    {"contribution_id": 10**30},
    {"contribution_id": True, "html": ["x"]},
    {"stream": {"a": 1}},
]


@pytest.mark.parametrize("data", SOCKET_NONSENSE, ids=range(len(SOCKET_NONSENSE)))
def test_nonsense_to_every_socket_handler_is_an_error(
    data: Any, world: World, app: Any, as_member: Any
) -> None:
    from flask_login import login_user

    from app.core.realtime import sockets
    from app.core.realtime.seats import Sitting, seats

    with app.test_request_context():
        from flask import request

        request.sid = "nonsense"  # type: ignore[attr-defined]
        account = world.teacher.account
        login_user(account)
        seats.connect(Sitting("nonsense", account.id, 0, "en"))
        try:
            for handler in sockets.handlers:
                answer = sockets._guarded(handler)(data)
                assert isinstance(answer, dict)
                assert not any(
                    "html" in str(one) for one in answer.get("streams", []) if isinstance(one, dict)
                )
        finally:
            seats.disconnect("nonsense")


DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.mark.skipif(not DATA.exists(), reason="the public bad-input sets are not beside this checkout")
def test_public_bad_input_never_breaks_a_card(world: World) -> None:
    from bs4 import BeautifulSoup

    payloads = (DATA / "xss-payload-list.txt").read_text(errors="replace").splitlines()
    naughty = json.loads((DATA / "naughty-strings.json").read_text())
    root = make_post(world.teacher, world.commons)
    for number, payload in enumerate([*payloads[::40], *naughty[::8]]):
        try:
            reply = make_reply(world.colleague, root, payload or "x")
        except ValueError:
            continue
        found = registry.payload("reply:posted", reply.id)
        assert found is not None, number
        page = BeautifulSoup(found["html"], "html.parser")
        assert not page.find_all(["script", "iframe", "object", "embed", "style", "base"])
        assert not [
            a for tag in page.find_all(True) for a in tag.attrs if a.lower().startswith("on") or a == "style"
        ]


def test_pictures_keep_their_description_and_a_post_ends_its_draft(
    world: World, as_member: Any, db: Any
) -> None:
    from app.contributions.actions.drafts import find_draft
    from app.core.files import files

    browser, base = as_member(world.teacher), f"/n/{world.network.slug}"
    keys = [
        files.put(
            f"{number}".encode(),
            name=f"{number}.txt",
            media_type="text/plain",
            scope="contribution",
            network_id=world.network.id,
            uploader_id=world.teacher.id,
        ).key
        for number in range(2)
    ]
    saved = browser.put(f"{base}/drafts/update", json={"body": {"body": "Two"}, "sequence": 0}).json
    assert find_draft(world.teacher, "update", "") is not None
    data = {
        "body": "Two files",
        "space": world.commons.id,
        "file_keys": keys,
        "file_alts": ["A number line", ""],
        "draft": f"{saved['sequence']}:update:",
    }
    made = browser.post(f"{base}/share/update", data=data, headers={"Accept": "application/json"}).json
    post = db.session.get(Contribution, made["id"])
    assert [file["alt"] for file in post.card["files"]] == ["A number line", ""]
    assert find_draft(world.teacher, "update", "") is None


def test_an_edit_can_take_a_file_away_for_everyone(world: World, as_member: Any, db: Any) -> None:
    from app.core.files import files

    stored = files.put(
        b"names",
        name="names.txt",
        media_type="text/plain",
        scope="contribution",
        network_id=world.network.id,
        uploader_id=world.teacher.id,
    )
    key = stored.key
    post = make_post(world.teacher, world.commons, "With a file", file_keys=[key])
    reader, writer = as_member(world.colleague), as_member(world.teacher)
    assert reader.get(f"/files/{key}").status_code == 200
    assert "names.txt" in writer.get(here(world, post, "/edit-post")).text
    edited = writer.post(here(world, post, "/edit-post"), data={"body": "Without", "without": [key]})
    assert edited.status_code == 303
    assert reader.get(f"/files/{key}").status_code == 404
    assert "names.txt" not in reader.get(here(world, post)).text
