"""Several networks with one account: home, the switcher, and nothing that leaks."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import update

from app.core import doctor
from app.core.home import home_of
from app.networks import queries
from app.networks.actions import leave
from app.networks.models import Member
from tests.support.clients import Client
from tests.support.factories import World, make_member, make_network

BrowserOf = Callable[..., Client]


def test_one_account_in_two_networks(world: World, browser_of: BrowserOf) -> None:
    second = make_network("Reading")
    make_member(second, "Tess elsewhere", account=world.teacher.account)
    browser = browser_of(world.teacher)
    page = browser.get("/networks").text
    assert world.network.name in page
    assert second.name in page
    switcher = browser.get(f"/n/{world.network.slug}/switch").text
    assert second.name in switcher
    assert world.network.name not in switcher
    assert "Tess elsewhere" in browser.get(f"/n/{second.slug}/members/").text
    assert "Tess Teacher" not in browser.get(f"/n/{second.slug}/members/").text
    assert "Cedar" not in browser.get(f"/n/{second.slug}/profile").text


def test_with_one_network_there_is_nothing_to_switch(world: World, browser_of: BrowserOf) -> None:
    assert not browser_of(world.outsider).get(f"/n/{world.outsider.network.slug}/switch").text.strip()


def test_home_is_the_network_joined_first(world: World, app: object) -> None:
    account = world.teacher.account
    make_member(make_network("Reading"), "Tess", account=account)
    assert home_of(account) == f"/n/{world.network.slug}/"
    leave(world.teacher, world.teacher)
    assert home_of(account) != f"/n/{world.network.slug}/"
    assert [each.network.name for each in queries.networks_of(account)] != [world.network.name]


def test_home_comes_back_to_where_one_was(world: World, browser_of: BrowserOf) -> None:
    second = make_network("Reading")
    make_member(second, "Tess", account=world.teacher.account)
    browser = browser_of(world.teacher)
    browser.get(f"/n/{second.slug}/norms/")
    assert browser.get("/").location.endswith(f"/n/{second.slug}/")


def test_the_doctor_finds_a_world_well(world: World) -> None:
    del world
    assert doctor.examine() == []


def test_the_doctor_sees_a_name_that_cannot_be_found(world: World, db: Any) -> None:
    db.session.execute(update(Member).where(Member.id == world.teacher.id).values(name="Renamed by hand"))
    db.session.commit()
    assert [finding.complaint for finding in doctor.examine()] == [
        f"member {world.teacher.id} cannot be found by their name"
    ]
