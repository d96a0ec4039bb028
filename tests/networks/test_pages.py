"""Every page of the feature stands for whom it is for, and does not exist for an outsider."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from app.networks.actions import pause
from tests.support.clients import Client
from tests.support.factories import World

EVERYONE = ("norms/", "norms/aside", "members/", "profile", "membership", "switch", "welcome/first-step")
HUB = (
    "invitations/",
    "invitations/mail",
    "asks/",
    "settings/",
    "settings/norms",
    "settings/sites/",
    "settings/sites/many",
    "settings/drivers",
    "settings/people/",
    "settings/year/",
    "settings/joining",
)
BrowserOf = Callable[..., Client]


@pytest.mark.parametrize("path", EVERYONE + HUB)
def test_a_page_stands_for_the_hub(world: World, browser_of: BrowserOf, path: str) -> None:
    answer = browser_of(world.director).get(f"/n/{world.network.slug}/{path}")
    assert answer.status_code == 200, answer.text[:400]
    assert browser_of(world.facilitator).get(f"/n/{world.network.slug}/{path}").status_code == 200


@pytest.mark.parametrize("path", EVERYONE)
def test_a_page_stands_for_a_teacher(world: World, browser_of: BrowserOf, path: str) -> None:
    assert browser_of(world.teacher).get(f"/n/{world.network.slug}/{path}").status_code == 200


@pytest.mark.parametrize("path", HUB)
def test_the_hubs_pages_are_not_a_teachers(world: World, browser_of: BrowserOf, path: str) -> None:
    assert browser_of(world.teacher).get(f"/n/{world.network.slug}/{path}").status_code == 403
    assert browser_of(world.principal).get(f"/n/{world.network.slug}/{path}").status_code == 403


@pytest.mark.parametrize("path", EVERYONE + HUB)
def test_nothing_exists_for_an_outsider(world: World, browser_of: BrowserOf, path: str) -> None:
    outsider = browser_of(world.outsider)
    assert outsider.get(f"/n/{world.outsider.network.slug}/norms/").status_code == 200
    assert outsider.get(f"/n/{world.network.slug}/{path}").status_code == 404
    assert outsider.get(f"/n/no-such-network/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "members/99999999999999999999999999",
        "members/0",
        "members/-1",
        "members/%00",
        "members/?after=bnVsbA",
        "members/?after=WyJcdTAwMDAiLCAxXQ",
        "members/?after=WyJcdWQ4MDAiLCAxXQ",
        "norms/?version=99999999999999999999",
        "norms/?version=2",
        "settings/sites/99999999999999999999999999",
    ],
)
def test_odd_addresses_lead_nowhere(world: World, browser_of: BrowserOf, path: str) -> None:
    browser = browser_of(world.director)
    assert browser.get(f"/n/{world.network.slug}/{path}").status_code in (200, 404)
    assert browser.get("/n/%00/members/").status_code == 404
    assert browser.get("/n/%00/ask").status_code == 404
    assert browser.get("/join/%00").status_code == 404
    assert browser.get("/setup/%00").status_code == 404


def _bar(client: Client, path: str) -> list[str]:
    page = BeautifulSoup(client.get(path).text, "html.parser")
    return [str(link["href"]) for link in page.select("nav.bottom a")]


@pytest.mark.parametrize("path", ["/account/", "/notifications", "/networks"])
def test_the_bar_leads_back_from_pages_of_no_network(world: World, browser_of: BrowserOf, path: str) -> None:
    here = f"/n/{world.network.slug}/"
    bar = _bar(browser_of(world.teacher), path)
    assert here in bar
    assert f"{here}share/" in bar
    assert all(address.startswith(here) for address in bar)


def test_who_takes_a_break_is_not_asked_to_share(world: World, browser_of: BrowserOf) -> None:
    here = f"/n/{world.network.slug}/"
    pause(world.teacher, world.teacher)
    for path in (here, "/account/"):
        bar = _bar(browser_of(world.teacher), path)
        assert here in bar
        assert f"{here}share/" not in bar
