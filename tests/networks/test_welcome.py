"""The welcome: norms before anything, asked again when they change, everything else to be skipped."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app.networks import queries
from app.networks.actions import Overtaken, accept_norms, adopt_norms, enrol
from app.networks.models import Member
from app.networks.policy import OPERATOR
from tests.support.clients import Client
from tests.support.factories import World, make_account

BrowserOf = Callable[..., Client]
TWO = [{"title": "All voices", "meaning": "Everybody."}, {"title": "Listen first"}]


@pytest.fixture
def newcomer(world: World) -> Member:
    return enrol(OPERATOR, world.network, make_account("Nell New"), role="teacher")


def picture() -> tuple[BytesIO, str]:
    target = BytesIO()
    Image.new("RGB", (900, 500), "teal").save(target, "JPEG")
    target.seek(0)
    return target, "me.jpg"


def test_the_whole_welcome_without_javascript(
    world: World, newcomer: Member, browser_of: BrowserOf, db: Any
) -> None:
    browser, home = browser_of(newcomer), f"/n/{world.network.slug}"
    gate = browser.get(f"{home}/members/")
    assert gate.status_code == 302
    assert "/welcome" in gate.location
    page = browser.get(gate.location)
    assert "All voices" in page.text
    assert "Fay Facilitator" in page.text
    answer = browser.post(f"{home}/welcome", data={"version": "1"})
    assert answer.location.endswith("/welcome/you")
    about = {
        "site_id": str(world.cedar.id),
        "role": "coach",
        "grades": ["6", "7"],
        "story": "My aunt taught.",
        "photo": picture(),
    }
    answer = browser.post(f"{home}/welcome/you", data=about, content_type="multipart/form-data")
    assert answer.location.endswith("/welcome/first-step")
    assert browser.get(answer.location).status_code == 200
    db.session.refresh(newcomer)
    assert (newcomer.role, newcomer.claimed_site_id, newcomer.grades) == ("coach", world.cedar.id, 0b11000000)
    assert newcomer.story == "My aunt taught."
    assert newcomer.welcomed_at is not None
    photo = browser.get(f"/files/{newcomer.photo_key}")
    assert photo.status_code == 200
    assert Image.open(BytesIO(photo.data)).size == (320, 320)
    assert browser_of(world.outsider).get(f"/files/{newcomer.photo_key}").status_code == 404
    assert browser.get(f"{home}/members/").status_code == 200


def test_everything_but_the_norms_can_be_skipped(
    world: World, newcomer: Member, browser_of: BrowserOf
) -> None:
    browser, home = browser_of(newcomer), f"/n/{world.network.slug}"
    assert browser.get(f"{home}/welcome/first-step").status_code == 302
    assert browser.get(f"{home}/members/").status_code == 302
    browser.post(f"{home}/welcome", data={"version": "1"})
    assert browser.get(f"{home}/welcome/first-step").status_code == 200
    assert browser.get(f"{home}/members/").status_code == 200


@pytest.mark.parametrize("path", ["members/", "settings/", "profile", "members/1", "invitations/"])
def test_the_gate_stands_before_every_page(world: World, browser_of: BrowserOf, path: str, db: Any) -> None:
    boss = enrol(OPERATOR, world.network, make_account("Boss"), is_director=True)
    browser = browser_of(boss)
    answer = browser.get(f"/n/{world.network.slug}/{path}")
    assert answer.status_code == 302
    assert "/welcome" in answer.location
    fragment = browser.get(f"/n/{world.network.slug}/{path}", headers={"HX-Request": "true"})
    assert "/welcome" in fragment.headers["HX-Redirect"]
    assert not fragment.data
    assert browser.post(f"/n/{world.network.slug}/{path}").status_code in (403, 405)


def test_a_new_version_asks_again_and_shows_what_changed(
    world: World, browser_of: BrowserOf, db: Any
) -> None:
    adopt_norms(world.director, world.network, TWO)
    browser, home = browser_of(world.teacher), f"/n/{world.network.slug}"
    gate = browser.get(f"{home}/members/?q=x")
    page = browser.get(gate.location)
    assert "Our norms have changed" in page.text
    assert "Listen first" in page.text
    answer = browser.post(f"{home}/welcome", data={"version": "2", "next": f"{home}/members/?q=x"})
    assert answer.location.endswith("/members/?q=x")
    db.session.refresh(world.teacher)
    assert world.teacher.norms_version == 2


def test_a_newer_version_can_wait_and_writing_waits_with_it(
    world: World, browser_of: BrowserOf, db: Any
) -> None:
    adopt_norms(world.director, world.network, TWO, after=1, why="After Tuesday's talk")
    browser, home = browser_of(world.teacher), f"/n/{world.network.slug}"
    page = browser.get(f"{home}/welcome").text
    assert "After Tuesday&#39;s talk" in page
    assert "Read along without accepting" in page
    assert browser.post(f"{home}/norms/later", data={"version": "1"}).location.endswith("/welcome")
    assert browser.post(f"{home}/norms/later", data={"version": "2"}).location == f"{home}/"
    db.session.refresh(world.teacher)
    assert world.teacher.waits_with_norms
    assert not world.teacher.may_write
    assert "You read along for now" in browser.get(f"{home}/").text
    assert queries.acceptance_of(world.network).reading_along == 1
    browser.post(f"{home}/welcome", data={"version": "2"})
    db.session.refresh(world.teacher)
    assert world.teacher.may_write
    assert "You read along for now" not in browser.get(f"{home}/").text


def test_the_first_norms_cannot_wait(world: World, newcomer: Member, browser_of: BrowserOf) -> None:
    browser, home = browser_of(newcomer), f"/n/{world.network.slug}"
    assert "Read along" not in browser.get(f"{home}/welcome").text
    assert browser.post(f"{home}/norms/later", data={"version": "1"}).status_code == 403
    assert browser.get(f"{home}/members/").status_code == 302


def test_an_open_page_goes_on_until_the_next_visit(world: World, browser_of: BrowserOf) -> None:
    browser, members = browser_of(world.teacher), f"/n/{world.network.slug}/members/"
    adopt_norms(world.director, world.network, TWO)
    assert browser.get(members, headers={"HX-Request": "true"}).status_code == 200
    assert browser.get(members, headers={"Sec-Fetch-Dest": "empty"}).status_code == 200
    assert browser.get(members, headers={"Sec-Fetch-Dest": "document"}).status_code == 302


def test_what_is_being_sent_is_not_lost_to_a_new_version(
    world: World, browser_of: BrowserOf, db: Any
) -> None:
    browser = browser_of(world.teacher)
    adopt_norms(world.director, world.network, TWO)
    data = {"name": "Tess Teacher", "working_on": "Ratios", "role": "teacher", "site_id": str(world.cedar.id)}
    assert browser.post(f"/n/{world.network.slug}/profile", data=data).status_code == 302
    db.session.refresh(world.teacher)
    assert world.teacher.working_on == "Ratios"


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example", "/n/other/", "/\\evil", "javascript:x"]
)
def test_the_way_on_stays_in_the_network(world: World, browser_of: BrowserOf, next_page: str) -> None:
    adopt_norms(world.director, world.network, TWO)
    data = {"version": "2", "next": next_page}
    answer = browser_of(world.teacher).post(f"/n/{world.network.slug}/welcome", data=data)
    assert answer.location.endswith(f"/n/{world.network.slug}/")


@pytest.mark.parametrize("version", ["1", "3", "", "x", "²", "99999999999999999999", "-1"])
def test_only_the_version_that_holds_can_be_accepted(
    world: World, browser_of: BrowserOf, db: Any, version: str
) -> None:
    adopt_norms(world.director, world.network, TWO)
    answer = browser_of(world.teacher).post(f"/n/{world.network.slug}/welcome", data={"version": version})
    assert answer.status_code in (409, 422)
    db.session.refresh(world.teacher)
    assert world.teacher.norms_version == 1


def test_versions(world: World) -> None:
    with pytest.raises(Overtaken):
        accept_norms(world.teacher, 2)
    same = adopt_norms(world.director, world.network, queries.norms_version(world.network).norms)
    assert same.version == 1
    assert adopt_norms(world.facilitator, world.network, TWO, after=1).version == 2
    with pytest.raises(Overtaken):
        adopt_norms(world.director, world.network, TWO[:1], after=1)
    changes = queries.what_changed(world.network, 1)
    assert [(change.how, change.norm.title) for change in changes] == [
        ("reworded", "All voices"),
        ("added", "Listen first"),
    ]
    assert queries.norms_of(world.network, 1)[0].meaning == "Everybody speaks."


def test_norms_that_nobody_accepted_are_rewritten_in_place(db: Any) -> None:
    from tests.support.factories import make_network

    network = make_network()
    assert adopt_norms(OPERATOR, network, TWO).version == 1
    assert len(queries.norms_of(network)) == 2


def test_not_now_is_a_place_of_its_own(world: World, newcomer: Member, browser_of: BrowserOf) -> None:
    browser, home = browser_of(newcomer), f"/n/{world.network.slug}"
    assert f"{home}/welcome/later" in browser.get(f"{home}/welcome").text
    page = browser.get(f"{home}/welcome/later")
    assert page.status_code == 200
    assert "Your place is kept" in page.text
    assert "/sign-out" in page.text
