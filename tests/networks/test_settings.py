"""Settings: the network, norms, sites one by one and many at once, drivers, the year."""

from collections.abc import Callable
from typing import Any

import pytest

from app.core.access import Forbidden, NotFound
from app.networks import queries
from app.networks.actions import (
    LastDirector,
    NewSite,
    WrongPlace,
    YearLine,
    add_driver,
    add_site,
    add_sites,
    change_site,
    close_site,
    leave,
    settle_year,
)
from app.networks.actions.year import Overtaken
from app.networks.models import Driver, Member
from tests.support.clients import Client
from tests.support.factories import World, make_member

BrowserOf = Callable[..., Client]


def site_names(world: World) -> list[str]:
    return [site.name for site in queries.sites_of(world.network)]


def test_name_aim_and_zone_change(world: World, browser_of: BrowserOf, db: Any) -> None:
    data = {
        "name": "Ratio Network",
        "aim": "All\n\n\n\nof them",
        "time_zone": "Europe/Berlin",
        "year_starts": "9",
    }
    place = f"/n/{world.network.slug}/settings/"
    assert browser_of(world.facilitator).post(place, data=data).status_code == 302
    db.session.refresh(world.network)
    network = world.network
    assert (network.name, network.aim, network.time_zone, network.year_starts) == (
        "Ratio Network",
        "All\n\nof them",
        "Europe/Berlin",
        9,
    )
    for wrong in ({"time_zone": "Moon/Base"}, {"year_starts": "13"}, {"name": " "}, {"aim": "x" * 1001}):
        assert browser_of(world.director).post(place, data={**data, **wrong}).status_code == 422
    assert browser_of(world.teacher).post(place, data=data).status_code == 403
    assert browser_of(world.outsider).post(place, data=data).status_code == 404


def test_norms_are_edited_as_rows(world: World, browser_of: BrowserOf, db: Any) -> None:
    browser, place = browser_of(world.director), f"/n/{world.network.slug}/settings/norms"
    data = {"after": "1", "title": ["One", "", "Two"], "meaning": ["a", "", "b"], "example": ["", "", ""]}
    assert browser.post(place, data=data).status_code == 302
    assert [norm.title for norm in queries.norms_of(world.network)] == ["One", "Two"]
    stale = browser.post(place, data={**data, "title": ["Mine", "", ""]})
    assert stale.status_code == 409
    assert "Mine" in stale.text
    nameless = {**data, "after": "2", "title": ["", "", ""]}
    assert browser.post(place, data=nameless).status_code == 422
    assert browser.post(place, data={"after": "2"}).status_code == 422


def test_the_tree_stays_a_tree(world: World) -> None:
    lakes = add_site(world.director, world.network, name="Lakes", kind="district")
    rivers = add_site(world.director, world.network, name="Rivers", kind="district", parent=lakes)
    with pytest.raises(WrongPlace):
        change_site(world.director, lakes, name="Lakes", short_name="", kind="district", parent=rivers)
    with pytest.raises(WrongPlace):
        change_site(world.director, lakes, name="Lakes", short_name="", kind="district", parent=lakes)
    with pytest.raises(WrongPlace):
        add_site(world.director, world.network, name="X", parent=world.cedar)
    other = add_site(world.director, world.network, name="Y", parent=lakes)
    assert other.parent_id == lakes.id
    with pytest.raises(Forbidden):
        add_sites(world.outsider, world.network, [NewSite("Z")])


def test_a_closed_site_is_offered_to_nobody(world: World, browser_of: BrowserOf, db: Any) -> None:
    close_site(world.facilitator, world.maple)
    page = browser_of(world.teacher).get(f"/n/{world.network.slug}/profile").text
    assert "Cedar" in page
    assert "Maple" not in page
    data = {"name": "Tess", "role": "teacher", "site_id": str(world.maple.id)}
    assert browser_of(world.teacher).post(f"/n/{world.network.slug}/profile", data=data).status_code == 422
    kept = {"name": "Cole", "role": "teacher", "site_id": str(world.maple.id)}
    assert browser_of(world.colleague).post(f"/n/{world.network.slug}/profile", data=kept).status_code == 302
    with pytest.raises(NotFound):
        queries.site_of(world.outsider, world.maple.id)


def test_drivers(world: World, browser_of: BrowserOf, db: Any) -> None:
    first = add_driver(world.director, world.network, name="Talk")
    second = add_driver(world.director, world.network, name="Ratios")
    browser, place = browser_of(world.facilitator), f"/n/{world.network.slug}/settings/drivers"
    browser.post(f"{place}/{second.id}/up")
    assert [driver.name for driver in queries.drivers_of(world.network)] == ["Ratios", "Talk"]
    browser.post(f"{place}/{first.id}", data={"name": "Math talk", "meaning": "Every day"})
    browser.post(f"{place}/{second.id}/retire")
    assert [driver.name for driver in queries.drivers_of(world.network)] == ["Math talk"]
    browser.post(f"{place}/{second.id}/restore")
    assert len(queries.drivers_of(world.network)) == 2
    outside = f"/n/{world.outsider.network.slug}/settings/drivers/{first.id}/retire"
    boss = make_member(world.outsider.network, "Otis", is_director=True)
    assert browser_of(boss).post(outside).status_code == 404
    assert db.session.get(Driver, first.id).retired_at is None


def line(member: Member, **more: Any) -> YearLine:
    now = {"leaves": False, "role": member.role, "site_id": member.site_id, "grades": member.grades}
    return YearLine(member.id, **{**now, **more})


def test_the_year_is_settled_at_once(world: World, db: Any) -> None:
    lines = [
        line(world.teacher, site_id=world.maple.id, grades=1 << 8),
        line(world.neighbour),
        line(world.colleague, leaves=True),
    ]
    assert settle_year(world.facilitator, world.network, lines) == (2, 1)
    assert (world.teacher.site_id, world.teacher.grades) == (world.maple.id, 1 << 8)
    assert world.neighbour.confirmed_at is not None
    assert world.colleague.standing == "former"


def test_nothing_of_the_year_is_saved_when_a_line_is_wrong(world: World, db: Any) -> None:
    leave(world.colleague, world.colleague)
    move = line(world.teacher, site_id=world.maple.id)
    for wrong, error in (
        (line(world.colleague), Overtaken),
        (line(world.outsider), Overtaken),
        (line(world.director, leaves=True), Forbidden),
        (line(world.neighbour, site_id=10**9), NotFound),
    ):
        with pytest.raises(error):
            settle_year(world.facilitator, world.network, [move, wrong])
        db.session.expire_all()
        assert world.teacher.site_id == world.cedar.id
    with pytest.raises(Forbidden):
        settle_year(world.teacher, world.network, [])
    with pytest.raises((LastDirector, Forbidden)):
        settle_year(world.director, world.network, [line(world.director, leaves=True)])


def test_the_years_page_looks_before_it_saves(world: World, browser_of: BrowserOf, db: Any) -> None:
    browser, place = browser_of(world.facilitator), f"/n/{world.network.slug}/settings/year/"
    id_ = world.teacher.id
    data = {
        f"stays-{id_}": "yes",
        f"role-{id_}": "coach",
        f"site-{id_}": str(world.maple.id),
        f"grades-{id_}": ["6"],
    }
    look = browser.post(place, data={**data, "step": "look"})
    assert look.status_code == 200
    assert "Teacher → Coach" in look.text
    db.session.refresh(world.teacher)
    assert world.teacher.role == "teacher"
    assert browser.post(place, data={**data, "step": "save"}).status_code == 302
    db.session.refresh(world.teacher)
    assert (world.teacher.role, world.teacher.site_id, world.teacher.grades) == (
        "coach",
        world.maple.id,
        1 << 6,
    )
    for odd in ({f"role-{id_}": "boss"}, {f"site-{id_}": "x"}, {f"grades-{id_}": "99"}):
        assert browser.post(place, data={**data, **odd, "step": "save"}).status_code == 400
    foreign = browser.post(place, data={**data, f"site-{id_}": str(10**9), "step": "save"})
    assert foreign.status_code == 404
