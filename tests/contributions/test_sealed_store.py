"""The sealed store while another process writes there: nobody waits with the database in their hand."""

import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from app.contributions.actions import Piece, share
from app.contributions.queries.sealed import letterbox_of
from app.core import clock, personal, seals
from app.core.command import command
from app.core.db import Busy, db, is_writing
from app.core.drain import drain_all
from app.core.outbox import OutboxRow
from app.networks.actions import set_sealing
from tests.support.factories import World, make_world

PIECE = Piece(kind="question", html="<p>It failed</p>", title="Why?", sealed=True)


@pytest.fixture
def world(app: Any) -> World:
    world = make_world()
    set_sealing(world.director, world.network, allowed=True)
    share(world.colleague, world.commons, PIECE)
    return world


@pytest.fixture
def other(app: Any) -> Any:
    """Another process that is in the middle of writing."""
    connection = sqlite3.connect(app.config["SEALED_DATABASE"], isolation_level=None)
    yield connection
    connection.close()


def test_who_shares_waits_outside_of_the_transaction_and_lets_others_go_on(
    world: World, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits as the database does, by sleeping, which lets every other request of the process go on."""
    slept: list[bool] = []

    def sleep(_seconds: float) -> None:
        slept.append(is_writing())
        other.execute("COMMIT")

    monkeypatch.setattr(seals.time, "sleep", sleep)
    other.execute("BEGIN IMMEDIATE")
    post = share(world.teacher, world.commons, PIECE)
    assert slept == [False]
    assert seals.whose(post.id) == world.teacher.id


def test_where_no_turn_comes_nothing_is_shared(
    world: World, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, as_member: Any
) -> None:
    monkeypatch.setattr(seals, "_patiently", lambda act, _wait, known=seals._patiently: known(act, 0))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        share(world.teacher, world.commons, PIECE)
    form = {"html": "<p>It failed here</p>", "title": "Why?", "space": world.commons.id, "sealed": "1"}
    browser = as_member(world.teacher)
    address = f"/n/{world.network.slug}/share/question"
    answer = browser.post(address, data=form, headers={"Accept": "application/json"})
    assert (answer.status_code, "It is kept here" in answer.text) == (503, True)
    assert seals.subjects()
    other.execute("COMMIT")
    assert browser.post(address, data=form, headers={"Accept": "application/json"}).status_code == 200


@pytest.mark.parametrize("has_shared", [True, False])
def test_who_goes_while_the_store_is_busy_leaves_nothing_in_it(
    world: World, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, has_shared: bool
) -> None:
    """The letters go with the rows, after the commit and as often as it takes; what listed them goes too."""
    author = world.teacher
    post = share(author, world.commons, PIECE) if has_shared else None
    box, tried = letterbox_of(author), []
    seals.write_letter(box, {"kind": "words", "words": "Dear colleague"})
    monkeypatch.setattr(
        seals,
        "_patiently",
        lambda act, _wait, known=seals._patiently: (tried.append(is_writing()), known(act, 0))[1],
    )
    other.execute("BEGIN IMMEDIATE")
    command(personal.erase)(author.account, keep_contributions=True)
    assert tried == [], "the store is not asked while the account is deleted"
    drain_all()
    other.execute("COMMIT")
    assert seals.letters_of(box)
    with clock.travel(timedelta(minutes=5)):
        drain_all()
    assert seals.letters_of(box) == []
    assert post is None or post.id not in seals.subjects()
    rows = [str(row.payload) for row in db.session.scalars(db.select(OutboxRow))]
    assert not [row for row in rows if box in row or "owner" in row]


def test_the_row_of_who_goes_names_nobody(world: World) -> None:
    post = share(world.teacher, world.commons, PIECE)
    command(personal.erase)(world.teacher.account, keep_contributions=True)
    emptied = [row for row in db.session.scalars(db.select(OutboxRow)) if row.event.endswith("SealsEmptied")]
    assert [row.payload for row in emptied] == [{"ids": [post.id], "owner": letterbox_of(world.teacher)}]
