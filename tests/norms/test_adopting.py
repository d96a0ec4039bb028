"""Before a proposal holds for everybody: one page with what changes and who is asked, scripts or none."""

from collections.abc import Callable
from typing import Any

from app.norms.actions import adopt
from tests.norms.test_proposals import NEW, proposed
from tests.support.clients import Client
from tests.support.factories import World

Browser = Callable[[Any], Client]


def test_adopting_asks_first_and_says_what_changes_and_for_whom(world: World, as_member: Browser) -> None:
    root, browser = proposed(world, NEW), as_member(world.facilitator)
    here = f"/n/{world.network.slug}/c/{root.id}"
    assert "data-confirm" not in browser.get(here).text.split("For facilitators")[1].split("</section>")[0]
    page = browser.post(f"{here}/adopt", data={"word": "We all agreed"})
    assert page.status_code == 200
    for said in ("Adopt it?", NEW["title"], NEW["meaning"], "We all agreed", "people who take part here"):
        assert said in page.text
    assert world.network.norms_version == 1
    said = browser.post(f"{here}/adopt", data={"word": "We all agreed", "sure": "1"}, follow_redirects=True)
    assert "Adopted as version 2" in said.text
    assert "We all agreed" in said.text


def test_who_may_not_adopt_is_not_asked(world: World, as_member: Browser) -> None:
    root = proposed(world, NEW)
    here = f"/n/{world.network.slug}/c/{root.id}/adopt"
    assert as_member(world.teacher).post(here).status_code == 403
    assert as_member(world.outsider).post(here).status_code == 404
    adopt(world.director, root)
    assert "answered it already" in as_member(world.facilitator).post(here, follow_redirects=True).text
