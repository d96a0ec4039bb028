"""A pasted list of schools: how it is read, looked over, and only then written."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from app.networks import queries
from app.networks.actions.sites import NewSite, add_site, add_sites
from app.networks.forms.pasted_sites import plan_of, read_sites
from app.networks.models import Site
from tests.support.clients import Client
from tests.support.factories import World

BrowserOf = Callable[..., Client]
OAK, ELM = NewSite("Oak", parent="Lakes"), NewSite("Elm", parent="Lakes")
LAKES = NewSite("Lakes", kind="district")


def names(world: World) -> list[str]:
    return sorted(site.name for site in queries.sites_of(world.network))


@pytest.mark.parametrize(
    ("pasted", "sites"),
    [
        ("Oak School\nElm School", [NewSite("Oak School"), NewSite("Elm School")]),
        ("name,short name,kind,district\nOak,O,school,Lakes", [NewSite("Oak", "O", "school", "Lakes")]),
        ("Lakes District\tLakes\tdistrict", [NewSite("Lakes District", "Lakes", "district")]),
        ('"Oak, North";Oak N;;Lakes', [NewSite("Oak, North", "Oak N", "school", "Lakes")]),
        ("\ufeffLakes Unified District", [NewSite("Lakes Unified District", "", "district")]),
        ("Lakes\n  Oak\n  Elm", [LAKES, OAK, ELM]),
        ("Lakes:\n\tOak\n\tElm\nHill", [LAKES, OAK, ELM, NewSite("Hill")]),
        ("District: Lakes\nOak\nElm\n\nHill", [LAKES, OAK, ELM, NewSite("Hill")]),
        ("district : Lakes\n- Oak\n• Elm", [LAKES, OAK, ELM]),
        ("Lakes\n  Oak, O", [LAKES, NewSite("Oak", "O", parent="Lakes")]),
        ("Lakes\n  Oak\nHill, H\n  Elm,,,Lakes", [LAKES, OAK, NewSite("Hill", "H", "district"), ELM]),
    ],
)
def test_a_list_of_sites_is_read(app: Any, pasted: str, sites: list[NewSite]) -> None:
    assert [each.site for each in read_sites(pasted)] == sites


@pytest.mark.parametrize(
    "odd",
    ['"' * 5000, "a," * 50_000, "\x00", "\n" * 9999, '"open\nquote', "District:", "District: \n  \n - "],
)
def test_odd_lists_of_sites_do_no_harm(app: Any, odd: str) -> None:
    plan_of(read_sites(odd), [])


def test_the_plan_is_what_is_written(world: World, db: Any) -> None:
    add_site(world.director, world.network, name="Rivers", kind="district")
    pasted = "Lakes\n  Oak\n  Elm\nRivers\n  Ash\nHill, H, school, Nowhere\nPond, P, school, Cedar\nCedar"
    read, there = read_sites(pasted), queries.sites_of(world.network)
    plan = plan_of(read, there)
    assert [(each.name, each.depth, each.is_new, each.missing) for each in plan] == [
        ("Lakes", 0, True, ""),
        ("Oak", 1, True, ""),
        ("Elm", 1, True, ""),
        ("Hill", 0, True, "Nowhere"),
        ("Pond", 0, True, "Cedar"),
        ("Rivers", 0, False, ""),
        ("Ash", 1, True, ""),
    ]
    add_sites(world.director, world.network, [each.site for each in read if each.site])
    depths = {site.name: depth for site, depth in queries.tree_of(queries.sites_of(world.network))}
    assert all(depths[each.name] == each.depth for each in plan)
    assert len(depths) == len(plan) + 2


def test_nothing_is_written_before_it_was_looked_over(world: World, browser_of: BrowserOf, db: Any) -> None:
    csv = b"Lakes,Lakes,district\nOak School,Oak,school,Lakes\n,nameless,,\nCedar,,,\n"
    data = {"sites": "", "file": (BytesIO(csv), "sites.csv")}
    place = f"/n/{world.network.slug}/settings/sites/many"
    browser = browser_of(world.facilitator)
    shown = browser.post(place, data=data, content_type="multipart/form-data")
    assert "nameless" in shown.text
    assert "Oak School" in shown.text
    assert names(world) == ["Cedar", "Maple"]
    mark = re.search(r'name="seen" value="(\w+)"', shown.text)
    assert mark
    other = browser.post(place, data={"sites": "Another list", "seen": mark[1]})
    assert "Nothing is added yet" in other.text
    assert names(world) == ["Cedar", "Maple"]
    assert browser.post(place, data={"sites": csv.decode(), "seen": mark[1]}).status_code == 302
    assert names(world) == ["Cedar", "Lakes", "Maple", "Oak School"]
    oak = db.session.scalar(select(Site).where(Site.name == "Oak School"))
    assert queries.tree_of(queries.sites_of(world.network))[1] == (oak, 1)


def test_a_file_that_is_no_list_is_refused(world: World, browser_of: BrowserOf) -> None:
    binary = {"sites": "", "file": (BytesIO(b"\x00\x01PK"), "sites.csv")}
    place = f"/n/{world.network.slug}/settings/sites/many"
    answer = browser_of(world.facilitator).post(place, data=binary, content_type="multipart/form-data")
    assert answer.status_code == 422
