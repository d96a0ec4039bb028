"""Without a name on every way in and out: the plain form, filters, the search, typing and presence."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.contributions.actions import Piece, share
from app.contributions.models import Contribution
from app.core.db import db
from app.feed.queries import Filters, feed_page
from app.networks.actions import set_sealing
from app.search.queries.findable import contribution_documents
from tests.support.clients import Client, signed_in
from tests.support.factories import World, make_post, make_world
from tests.support.sockets import Listen, listening


@pytest.fixture
def world(app: Any) -> World:
    world = make_world()
    set_sealing(world.director, world.network, allowed=True)
    return world


@pytest.fixture
def listen(app: Flask) -> Iterator[Listen]:
    with listening(app) as sit:
        yield sit


def unnamed(world: World) -> Contribution:
    piece = Piece("tried_it", "<p>Nobody talked</p>", outcome="did_not_work", sealed=True)
    return share(world.teacher, world.commons, piece)


def test_it_goes_by_a_plain_form(world: World, client: Client) -> None:
    signed_in(client, world.teacher.account)
    address = f"/n/{world.network.slug}/share/tried_it"
    assert "Share it without my name" in client.get(address).text
    assert "Share it without my name" not in client.get(address.replace("tried_it", "update")).text
    said = {"body": "Nobody talked", "sealed": "1", "grade": "7", "space": str(world.commons.id)}
    refused = client.post(address, data={**said, "outcome": "worked"})
    assert refused.status_code == 422
    assert "What worked goes with your name" in refused.text
    assert "Nobody talked" in refused.text
    assert client.post(address, data={**said, "outcome": "mixed"}).status_code == 303
    post = db.session.query(Contribution).one()
    assert (post.author_id, post.grades, "grade" in post.card) == (None, 0, False)


def test_nothing_is_offered_where_the_network_has_it_off(world: World, client: Client) -> None:
    set_sealing(world.director, world.network, allowed=False)
    signed_in(client, world.teacher.account)
    page = client.get(f"/n/{world.network.slug}/share/tried_it")
    assert "Share it without my name" not in page.text


def test_no_filter_and_no_facet_finds_it_by_who_wrote_it(world: World) -> None:
    named, post = make_post(world.teacher, world.commons), unnamed(world)

    def found(filters: Filters) -> list[int]:
        return [card.ids[0] for card in feed_page(world.colleague, filters).cards]

    assert found(Filters()) == [post.id, named.id]
    assert found(Filters(site_id=world.cedar.id)) == found(Filters(grade=7)) == [named.id]
    [document] = contribution_documents([post.id])
    assert not {"author", "school"} & set(document.marks)
    assert document.marks["grade"] == ()


def test_its_author_is_not_seen_writing_or_being_there(world: World, listen: Listen) -> None:
    post = unnamed(world)
    stream = f"contribution:{post.id}"
    author, reader = listen(world.teacher), listen(world.colleague)
    for each in (author, reader):
        each.join(**{f"contribution_{post.id}": None})
    assert author.ask("typing", {"stream": stream}) == {"ok": False}
    assert author.ask("presence:here", {"stream": stream})["count"] == 0
    assert reader.heard() == []
    assert reader.ask("typing", {"stream": stream}) == {"ok": True}
    assert [kind for kind, _said in author.heard()] == ["typing"]


def test_their_live_answer_names_nobody(world: World, listen: Listen) -> None:
    post = unnamed(world)
    author = listen(world.teacher)
    said = author.ask("reply:create", {"contribution_id": post.id, "html": "<p>Again</p>"})
    assert "The author, without their name" in said["html"]
    asked = author.ask("reply:create", {"contribution_id": post.id, "html": "<p>Me</p>", "named": "1"})
    assert asked["status"] == 422
