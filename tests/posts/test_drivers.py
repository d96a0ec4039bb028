"""Posts name a driver of their network: to post, to edit, to filter by, on the card."""

from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import Piece, share
from app.contributions.models import Contribution
from app.core.access import NotFound
from app.networks.actions import add_driver, change_driver, retire_driver
from app.networks.models import Driver
from tests.support.factories import World, make_post

KINDS = ("update", "question", "material", "tried_it")
NOT_OURS = "not on your network's list"


@pytest.fixture
def driver(world: World) -> Driver:
    return add_driver(world.director, world.network, name="Math talk")


def place(world: World, rest: str) -> str:
    return f"/n/{world.network.slug}/{rest}"


def newest(db: Any) -> Contribution:
    found: Contribution = db.session.scalar(select(Contribution).order_by(Contribution.id.desc()).limit(1))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_name_one(kind: str, world: World, driver: Driver, as_member: Any, db: Any) -> None:
    browser = as_member(world.teacher)
    assert "Which driver does it serve?" in browser.get(place(world, f"share/{kind}")).text
    fields = {"body": "We talked", "outcome": "mixed", "space": world.commons.id, "driver": driver.id}
    assert browser.post(place(world, f"share/{kind}"), data=fields).status_code == 303
    assert newest(db).driver_id == driver.id
    assert "Math talk</span></a>" in browser.get(place(world, "")).text


def test_nobody_is_asked_where_there_are_none(world: World, as_member: Any) -> None:
    browser = as_member(world.teacher)
    for kind in KINDS:
        page = browser.get(place(world, f"share/{kind}")).text
        assert "Who sees this" in page
        assert "Which driver" not in page
    assert "Every driver" not in browser.get(place(world, "filters")).text


def test_only_one_s_own_network_s_can_be_named(world: World, driver: Driver, as_member: Any, db: Any) -> None:
    other = add_driver(world.director, world.network, name="Old one")
    retire_driver(world.director, world.network, other)
    theirs = Driver(network_id=world.outsider.network_id, name="Creeks", position=1)
    db.session.add(theirs)
    db.session.flush()
    browser = as_member(world.teacher)
    for bad in (theirs.id, other.id, "-1", "abc", "9" * 30, "٣"):
        fields = {"body": "Kept words", "space": world.commons.id, "driver": bad}
        answer = browser.post(place(world, "share/update"), data=fields)
        assert answer.status_code == 422
        assert NOT_OURS in answer.text
        assert "Kept words" in answer.text
    assert db.session.scalar(select(Contribution.id)) is None
    with pytest.raises(NotFound):
        share(world.teacher, world.commons, Piece(kind="update", html="<p>Hi</p>", driver_id=theirs.id))


def test_an_edit_keeps_and_changes_it(world: World, driver: Driver, as_member: Any, db: Any) -> None:
    second = add_driver(world.director, world.network, name="Ratios")
    post = make_post(world.teacher, world.commons, driver_id=driver.id)
    retire_driver(world.director, world.network, driver)
    browser, edit = as_member(world.teacher), place(world, f"c/{post.id}/edit-post")
    assert f'<option selected value="{driver.id}">' in browser.get(edit).text
    for wanted in (driver.id, second.id, None):
        fields = {"body": "Other words", "driver": wanted or ""}
        assert browser.post(edit, data=fields).status_code == 303
        assert newest(db).driver_id == wanted


def test_the_feed_can_be_narrowed_to_one(world: World, driver: Driver, as_member: Any) -> None:
    make_post(world.teacher, world.commons, "About talk", driver_id=driver.id)
    make_post(world.teacher, world.commons, "About lunch")
    page = as_member(world.colleague).get(place(world, f"?driver={driver.id}")).text
    assert "About talk" in page
    assert "About lunch" not in page
    assert "Math talk" in as_member(world.colleague).get(place(world, "filters")).text
    elsewhere = as_member(world.outsider).get(f"/n/{world.outsider.network.slug}/?driver={driver.id}").text
    assert "About talk" not in elsewhere


def test_a_new_name_makes_the_cards_anew(world: World, driver: Driver, as_member: Any, db: Any) -> None:
    post, other = (make_post(world.teacher, world.commons, driver_id=one) for one in (driver.id, None))
    before, untouched = post.version, other.version
    browser = as_member(world.colleague)
    assert "Math talk" in browser.get(place(world, "")).text
    change_driver(world.director, world.network, driver, name="Talk that carries", meaning="")
    page = browser.get(place(world, "")).text
    assert "Talk that carries" in page
    assert "Math talk" not in page
    change_driver(world.director, world.network, driver, name="Talk that carries", meaning="Every day")
    assert (post.version, other.version) == (before + 1, untouched)
