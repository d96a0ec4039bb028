"""Ways round a seal: by whom a mention leaves out, by what an upload still says, by odd targets of drafts."""

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
from tests.support.factories import World, make_world


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
