"""Before a proposal holds for everybody: one page with what changes and who is asked, scripts or none."""

from collections.abc import Callable
from typing import Any

from app.networks.actions import adopt_norms
from app.networks.queries import norms_of
from app.norms.actions import adopt, renew
from tests.norms.test_proposals import NEW, proposed, rows
from tests.support.clients import Client, mark_on
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
    sure = {"word": "We all agreed", "sure": "1", "read": mark_on(page.text)}
    said = browser.post(f"{here}/adopt", data=sure, follow_redirects=True)
    assert "Adopted as version 2" in said.text
    assert "We all agreed" in said.text


def test_who_may_not_adopt_is_not_asked(world: World, as_member: Browser) -> None:
    root = proposed(world, NEW)
    here = f"/n/{world.network.slug}/c/{root.id}/adopt"
    assert as_member(world.teacher).post(here).status_code == 403
    assert as_member(world.outsider).post(here).status_code == 404
    adopt(world.director, root)
    assert "answered it already" in as_member(world.facilitator).post(here, follow_redirects=True).text


def test_who_read_other_words_is_shown_these_first(world: World, as_member: Browser) -> None:
    root, browser = proposed(world, NEW), as_member(world.facilitator)
    here = f"/n/{world.network.slug}/c/{root.id}"
    read = mark_on(browser.post(f"{here}/adopt").text)
    assert read == mark_on(browser.get(here).text)
    adopt_norms(world.director, world.network, rows(world, meaning="Everybody."), after=None, why="")
    overtaken = browser.post(f"{here}/adopt", data={"sure": "1", "read": read}, follow_redirects=True)
    assert "Another version holds meanwhile" in overtaken.text
    renew(world.teacher, root, rows(world, {**NEW, "title": "Nobody read this"}), after=None)
    for mark in (read, ""):
        said = {"sure": "1", "read": mark, "word": "We all agreed"}
        refused = browser.post(f"{here}/adopt", data=said)
        assert refused.status_code == 409
        for words in ("It was changed meanwhile", "Nobody read this", "We all agreed"):
            assert words in refused.text
        declined = browser.post(f"{here}/decline", data=said)
        assert declined.status_code == 409
        assert "It was changed meanwhile" in declined.text
        assert ">We all agreed</textarea>" in declined.text.replace("\r\n", "").replace("\n", "")
    assert len(norms_of(world.network)) == 1
    browser.post(f"{here}/adopt", data={"sure": "1", "read": mark_on(refused.text), "word": "We all agreed"})
    assert norms_of(world.network)[-1].title == "Nobody read this"
