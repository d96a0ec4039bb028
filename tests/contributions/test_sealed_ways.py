"""Ways round a seal: by whom a mention leaves out, by what an upload still says, by odd targets of drafts."""

import io
import zipfile
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import Piece, save_draft, share
from app.contributions.models import Mention
from app.core import previews
from app.core.db import db
from app.core.files.models import StoredFile
from app.networks.actions import set_sealing
from app.networks.actions.blocking import block
from tests.core.files.samples import multipart
from tests.support.factories import World, make_post, make_world


@pytest.fixture
def world(app: Any) -> World:
    world = make_world()
    set_sealing(world.director, world.network, allowed=True)
    return world


def test_mentions_leave_nobody_out(world: World) -> None:
    block(world.colleague, world.teacher)
    slug, named = world.network.slug, [world.teacher, world.colleague, world.neighbour]
    html = "".join(f'<a href="/n/{slug}/members/{one.id}">@x</a>' for one in named)
    piece = Piece(kind="question", html=f"<p>{html}</p>", title="Q", sealed=True)
    post = share(world.teacher, world.commons, piece)
    told = set(db.session.scalars(select(Mention.member_id).where(Mention.contribution_id == post.id)))
    assert told == {one.id for one in named}


@pytest.mark.parametrize("ending", ["txt", "csv"])
def test_a_file_that_names_its_author_is_refused_by_its_name(
    world: World, as_member: Any, ending: str
) -> None:
    mine, slug = as_member(world.teacher), world.network.slug
    words = f"by {world.teacher.name.upper()},".encode()
    key = mine.post(f"/n/{slug}/uploads", **multipart("file", words, f"notes.{ending}")).json["key"]
    previews.catch_up()
    given = {"html": "<p>It failed</p>", "outcome": "did_not_work", "space": world.commons.id, "sealed": "1"}
    json = {"Accept": "application/json"}
    answer = mine.post(f"/n/{slug}/share/tried_it", data=given | {"file_keys": key}, headers=json)
    assert answer.status_code == 422
    assert f"notes.{ending} still carries your name" in answer.text
    stored = db.session.scalars(select(StoredFile).where(StoredFile.key == key)).one()
    assert stored.attached_at is None


@pytest.mark.parametrize("target", ["reply:\u00b2", "reply:" + "9" * 30, "reply:-1"])
def test_an_odd_target_is_no_talk(world: World, target: str) -> None:
    assert save_draft(world.teacher, "reply", target, {"html": ["x"]}, sequence=0) is not None


def test_no_file_holds_who_they_are_and_what_they_shared_without_it(
    world: World, as_member: Any, outbox: Any, app: Any
) -> None:
    """The archive that is kept has nothing of it; what is sent to its owner has all."""
    me, words = world.teacher, "It failed, and nobody knows who"
    browser, slug = as_member(me), world.network.slug
    upload = multipart("file", b"Half of three quarters", "plan.txt")
    key = browser.post(f"/n/{slug}/uploads", **upload).json["key"]
    piece = Piece(kind="question", html=f"<p>{words}</p>", title="Why?", sealed=True, file_keys=[key])
    share(me, world.commons, piece)
    make_post(me, world.commons, "With my name")
    browser.post("/account/data")
    outbox.drain()
    stored = db.session.scalars(select(StoredFile).where(StoredFile.scope == "export")).one()
    assert 'href="/account/data/archive"' in browser.get("/account/data").text
    with app.extensions["files"].open(stored.key) as content:
        kept = zipfile.ZipFile(content)
        inside = b"".join(kept.read(name) for name in kept.namelist())
        assert (b"With my name" in inside, words.encode() in inside) == (True, False)
        assert [name for name in kept.namelist() if name.startswith("unnamed")] == []
    answer = browser.get("/account/data/archive")
    assert answer.headers["Cache-Control"] == "private, no-store"
    whole = zipfile.ZipFile(io.BytesIO(answer.data))
    assert whole.testzip() is None
    assert b"With my name" in whole.read(f"contributions/{slug}/written.json")
    assert words.encode() in whole.read(f"unnamed/{slug}/written.json")
    assert [whole.read(name) for name in whole.namelist() if name.startswith(f"unnamed/{slug}/files/")] == [
        b"Half of three quarters"
    ]
    assert as_member(world.colleague).get("/account/data/archive").status_code == 404
    with browser.head("/account/data/archive") as head:
        assert head.status_code == 200, "the head alone leaves no file open"


def test_who_did_all_with_their_name_gets_the_file_itself(world: World, as_member: Any, outbox: Any) -> None:
    browser = as_member(world.teacher)
    browser.post("/account/data")
    outbox.drain()
    stored = db.session.scalars(select(StoredFile).where(StoredFile.scope == "export")).one()
    assert browser.get("/account/data/archive").headers["Location"].endswith(f"/files/{stored.key}")
