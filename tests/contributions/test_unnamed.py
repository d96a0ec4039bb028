"""Sharing without a name: where it is offered, what the row holds, and what its author can still do."""

from typing import Any

import pytest

from app.contributions import actions
from app.contributions.actions import Piece, share
from app.contributions.actions.sealing import NotSealable, sweep
from app.contributions.models import Commitment, Contribution, Draft, ReadPlace, Save
from app.contributions.policy import is_author
from app.contributions.queries import get_contribution, mine
from app.contributions.queries.sealed import own_sealed, spaces_to_seal_in
from app.core import seals
from app.core.access import Forbidden, NotFound
from app.core.command import command
from app.core.db import db
from app.core.doctor import examine
from app.networks.actions import pause, set_sealing
from tests.support.clients import Client, signed_in
from tests.support.factories import World, make_group, make_post, make_reply, make_world


@pytest.fixture
def world(app: Any) -> World:
    """Six people, three of them could be nobody in particular; the hub has two, and allows it."""
    world = make_world()
    set_sealing(world.director, world.network, allowed=True)
    return world


def unnamed(world: World, words: str = "Nobody talked", **more: Any) -> Contribution:
    given = {"kind": "tried_it", "outcome": "did_not_work", **more}
    return share(world.teacher, world.commons, Piece(html=f"<p>{words}</p>", sealed=True, **given))


def test_the_row_names_nobody_and_its_author_is_known_by_the_seal(world: World) -> None:
    post = unnamed(world)
    assert (post.author_id, post.author_role, post.author_site_id, post.author_grades) == (
        None,
        None,
        None,
        0,
    )
    assert is_author(world.teacher, post)
    assert not is_author(world.colleague, post)
    assert seals.whose(post.id) == world.teacher.id
    assert mine(world.teacher, [post.id]).authored == [post.id]
    assert mine(world.colleague, [post.id]).authored == []


def test_it_is_off_until_the_hub_allows_it(app: Any) -> None:
    world = make_world()
    assert spaces_to_seal_in(world.teacher, [world.commons.id]) == set()
    with pytest.raises(NotSealable):
        unnamed(world)
    with pytest.raises(Forbidden):
        set_sealing(world.teacher, world.network, allowed=True)


def test_four_hide_nobody(world: World) -> None:
    people = [world.teacher, world.neighbour, world.colleague, world.principal]
    group = make_group(world, *people)
    assert spaces_to_seal_in(world.teacher, [group.id, world.commons.id]) == {world.commons.id}
    wider = make_group(world, *people, world.facilitator, name="Wider")
    assert spaces_to_seal_in(world.teacher, [wider.id]) == {wider.id}
    pause(world.colleague, world.colleague)
    assert spaces_to_seal_in(world.teacher, [wider.id]) == set()


def test_a_hub_of_one_cannot_open_it_so_it_is_not_offered(world: World) -> None:
    pause(world.facilitator, world.facilitator)
    assert spaces_to_seal_in(world.teacher, [world.commons.id]) == set()


@pytest.mark.parametrize(("kind", "outcome"), [("tried_it", "worked"), ("update", None), ("material", None)])
def test_what_worked_goes_with_a_name(world: World, kind: str, outcome: str | None) -> None:
    with pytest.raises(NotSealable):
        unnamed(world, kind=kind, outcome=outcome)


def test_without_the_right_key_nothing_is_sealed_and_nothing_fits(world: World, app: Any) -> None:
    post = unnamed(world)
    before = app.extensions["seals"]
    try:
        app.config["SEAL_KEY"] = "another-key-0f9e8d7c6b5a49382716"
        seals.init_app(app)
        assert "another one" in (seals.trouble() or "")
        assert not is_author(world.teacher, post)
        assert spaces_to_seal_in(world.teacher, [world.commons.id]) == set()
        with pytest.raises(NotSealable):
            make_reply(world.teacher, post)
    finally:
        app.config["SEAL_KEY"] = None
        app.extensions["seals"] = before


def test_its_author_edits_and_takes_it_back_and_nobody_else_does(world: World) -> None:
    post = unnamed(world)
    with pytest.raises(Forbidden):
        actions.edit_contribution(world.colleague, post, html="<p>Mine</p>")
    assert actions.edit_contribution(world.teacher, post, html="<p>Better</p>").text == "Better"
    assert post.author_id is None
    with pytest.raises(Forbidden):
        actions.remove_contribution(world.facilitator, post)
    actions.remove_contribution(world.teacher, post)
    assert post.state == "removed"


def test_a_held_one_is_its_authors_alone(world: World) -> None:
    post = unnamed(world)
    actions.hold(post, reason="reports")
    assert get_contribution(world.teacher, post.id).id == post.id
    assert [each.id for each in own_sealed(world.teacher)] == [post.id]
    for other in (world.colleague, world.facilitator):
        with pytest.raises(NotFound):
            get_contribution(other, post.id)
        assert own_sealed(other) == []


def test_in_their_own_talk_they_answer_without_a_name_unless_they_say_so(world: World) -> None:
    post = unnamed(world)
    make_reply(world.colleague, post)
    answer = make_reply(world.teacher, post, "I tried again")
    assert (answer.author_id, is_author(world.teacher, answer)) == (None, True)
    named = make_reply(world.teacher, post, "It was me", named=True)
    assert (named.author_id, named.seal) == (world.teacher.id, None)
    elsewhere = make_reply(world.teacher, make_post(world.colleague, world.commons))
    assert elsewhere.author_id == world.teacher.id


def test_an_answer_with_a_name_is_asked_about_first(world: World, client: Client) -> None:
    post = unnamed(world)
    signed_in(client, world.teacher.account)
    address = f"/n/{world.network.slug}/c/{post.id}/reply"
    client.environ_base["HTTP_ACCEPT"] = "application/json"
    asked = client.post(address, json={"html": "<p>Me</p>", "named": "1"})
    assert (asked.status_code, "name" in asked.json["error"]) == (422, True)
    sure = client.post(address, json={"html": "<p>Me</p>", "named": "1", "sure": "1"})
    assert "Tess Teacher" in sure.json["html"]
    plain = client.post(address, json={"html": "<p>Not me</p>"})
    assert "The author, without their name" in plain.json["html"]
    assert "Tess" not in plain.json["html"]


def test_the_forms_say_what_becomes_of_it_and_show_no_letter(world: World, client: Client) -> None:
    browser = signed_in(client, world.teacher.account)
    here = f"/n/{world.network.slug}"
    composer = browser.get(f"{here}/share/question").text
    assert "It went without your name" in composer
    assert f'data-composer-close="{here}/"' in composer
    page = browser.get(f"{here}/c/{unnamed(world).id}").text
    form = page.split('id="reply-form"')[1].split("<template data-echo>")[0]
    assert "av-none" in form
    assert "·</span>" not in form


def test_no_row_of_theirs_stands_beside_it(world: World, db: Any) -> None:
    idea = make_post(world.colleague, world.commons, "Exit slips", kind="material")
    actions.commit_to(world.teacher, idea)
    post = unnamed(world, reports_on_id=idea.id)
    make_reply(world.colleague, post)
    assert actions.read_up_to(world.teacher, post, 1) == 1
    assert actions.save_draft(world.teacher, "reply", f"reply:{post.id}", {"html": ["x"]}, sequence=0) is None
    assert actions.save_draft(world.teacher, "edit", f"edit:{post.id}", {"html": ["x"]}, sequence=0) is None
    with pytest.raises(Forbidden):
        actions.save_contribution(world.teacher, post)
    assert (
        db.session.query(ReadPlace).filter_by(contribution_id=post.id, member_id=world.teacher.id).count()
        == 0
    )
    assert db.session.query(Draft).count() == 0
    assert db.session.query(Save).count() == 0
    promise = db.session.query(Commitment).one()
    assert (promise.state, promise.reported_id) == ("open", None)


def test_the_doctor_sees_places_from_before(world: World) -> None:
    """The one who has none, where everybody else has, would be its author."""
    post = unnamed(world)
    assert examine() == []

    @command
    def read() -> None:
        db.session.add(ReadPlace(member_id=world.colleague.id, contribution_id=post.id, position=0))

    read()
    assert [finding.check for finding in examine()] == ["sealed: places"]


def test_a_draft_on_the_server_goes_the_moment_it_shall_have_no_name(world: World, db: Any) -> None:
    actions.save_draft(world.teacher, "tried_it", "", {"html": ["Nobody"]}, sequence=0)
    assert db.session.query(Draft).count() == 1
    body = {"html": ["Nobody"], "sealed": ["1"]}
    assert actions.save_draft(world.teacher, "tried_it", "", body, sequence=1) is None
    assert db.session.query(Draft).count() == 0


def test_rows_of_the_store_that_stand_for_nothing_go_after_an_hour(world: World, clock: Any) -> None:
    post = unnamed(world)
    seals.keep(post.id + 1000, world.colleague.id)
    assert sweep() == 0
    clock.move(hours=2)
    assert sweep() == 1
    assert seals.subjects() == [post.id]


def test_a_crash_between_the_two_stores_names_nobody(
    world: World, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store is told first; what the database then loses leaves a row that stands for nothing."""

    def fall_over(*_given: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("app.contributions.actions.posting.attach", fall_over)
        with pytest.raises(RuntimeError):
            unnamed(world)
    [lost] = seals.subjects()
    named = make_post(world.colleague, world.commons)
    assert (named.author_id, is_author(world.teacher, named)) == (world.colleague.id, False)
    kept = db.session.get(Contribution, lost)
    assert kept is None or kept.id == named.id
    clock.move(hours=2)
    assert sweep() == 1
