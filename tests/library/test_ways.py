"""The ways on the library's pages: back to the search, to what is needed, and one's own request."""

from typing import Any

from app.library.actions import ask_for
from tests.library.conftest import Make
from tests.support.factories import World


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def test_a_resource_leads_back_to_the_search_that_led_there(
    world: World, as_member: Any, resource: Make
) -> None:
    made, browser = resource(), as_member(world.colleague)
    here = f"/n/{world.network.slug}/c/{made.id}"
    search = f"/n/{world.network.slug}/search?q=fractions&amp;tab=resources"

    def way(referrer: str) -> str:
        page = browser.get(here, headers={"Referer": referrer} if referrer else {}).text
        return main_of(page).split('<p class="back">')[1].split("</p>")[0]

    found = way(f"http://localhost{search.replace('&amp;', '&')}")
    assert f'href="{search}"' in found
    assert "Search" in found
    for other in ("", "http://elsewhere.example/n/x/search?q=1", f"http://localhost/n/{world.network.slug}/"):
        assert f'href="/n/{world.network.slug}/library/"' in way(other), other


def test_what_is_needed_stands_beside_everything(world: World, as_member: Any) -> None:
    page = main_of(as_member(world.colleague).get(f"/n/{world.network.slug}/library/").text)
    assert page.index("Everything") < page.index("Needed") < page.index("Recently used")
    assert f"/n/{world.network.slug}/library/ask" in page


def test_ones_own_request_does_not_ask_for_an_answer(world: World, as_member: Any) -> None:
    made = ask_for(world.teacher, world.commons, title="A warm-up", html="", needed_by=None)
    here = f"/n/{world.network.slug}/c/{made.id}"
    own = main_of(as_member(world.teacher).get(here).text)
    assert "Did you find something?" in own
    assert "I have something" not in own
    assert "I have something" in main_of(as_member(world.colleague).get(here).text)


def test_an_empty_shelf_of_collections_offers_the_first(world: World, as_member: Any) -> None:
    page: Any = main_of(as_member(world.colleague).get(f"/n/{world.network.slug}/library/collections/").text)
    assert "Start the first one" in page
