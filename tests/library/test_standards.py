"""Resources name standards, and a standard's page begins with what the library has for it."""

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup

from app.contributions.models import Contribution
from app.contributions.queries.standards import named_on
from app.standards.models import Standard
from tests.library.conftest import Make, upload
from tests.library.test_pages import fields
from tests.standards.conftest import bring, standard
from tests.support.clients import Client
from tests.support.factories import World, make_group, make_post

__all__ = ["bring", "standard"]
Browser = Callable[[Any], Client]
Find = Callable[[str], Standard]
HTML = {"Accept": "text/html"}


def codes(resource_id: int) -> list[tuple[str, str]]:
    return [(pick.standard.code, pick.relation) for pick in named_on([resource_id]).get(resource_id, [])]


def newest(db: Any) -> Contribution:
    query = db.select(Contribution).where(Contribution.kind == "resource").order_by(Contribution.id.desc())
    return db.session.scalars(query.limit(1)).one()  # type: ignore[no-any-return]


def words(html: str, selector: str) -> str:
    return " ".join(
        each.get_text(" ", strip=True) for each in BeautifulSoup(html, "html.parser").select(selector)
    )


def test_a_resource_names_some_when_it_is_added_edited_and_adapted(
    db: Any, world: World, standard: Find, as_member: Browser
) -> None:
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}"
    assert "Which standards does it serve?" in browser.get(f"{place}/library/new").text
    named = [f"{standard('6.RP.A.3').id}:building_towards", "6sp4"]
    data = fields(world, body="Sort.", licence="CC-BY-SA-4.0")
    assert (
        browser.post(f"{place}/library/new", data=data | {"standards": named}, headers=HTML).status_code
        == 303
    )
    made = newest(db)
    assert codes(made.id) == [("6.SP.B.4", "addressing"), ("6.RP.A.3", "building_towards")]
    here = f"{place}/c/{made.id}"
    assert "6.SP.B.4" in words(browser.get(here).text, ".about-resource .serves")
    assert words(browser.get(f"{place}/library/").text, ".shelf-serves").startswith("Standards: 6.SP.B.4")
    assert f'value="{named[0]}" selected' in browser.get(f"{here}/edit-resource").text
    saved = browser.post(f"{here}/edit-resource", data=data | {"standards": [named[0], ""]})
    assert saved.status_code == 303
    assert codes(made.id) == [("6.RP.A.3", "building_towards")]
    copy = as_member(world.colleague)
    assert f'value="{named[0]}" selected' in copy.get(f"{here}/adapt").text
    answer = copy.post(f"{here}/adapt", data=data | {"changed": "Shorter.", "standards": named})
    assert answer.status_code == 303, answer.text
    assert codes(newest(db).id) == [("6.SP.B.4", "addressing"), ("6.RP.A.3", "building_towards")]


def test_a_wrong_code_is_said_and_nothing_is_added(
    db: Any, world: World, standard: Find, as_member: Browser, resource: Make
) -> None:
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/library"
    data = fields(world, body="Sort.", standards="9.Z.9")
    answer = browser.post(f"{place}/new", data=data, headers=HTML)
    assert answer.status_code == 422
    assert "9.Z.9" in answer.text
    key = upload(world, world.teacher)
    many = {"filled": "1", "file_keys": key, f"{key}.title": "Plots", f"{key}.what": "task"}
    many |= {"space": world.commons.id, "standards": "9.Z.9", "licence": "CC0-1.0", "language": "en"}
    assert browser.post(f"{place}/many", data=many).status_code == 422
    assert browser.post(f"{place}/many", data=many | {"standards": "6.SP.4"}).status_code == 303
    assert codes(newest(db).id) == [("6.SP.B.4", "addressing")]


def test_a_standard_begins_with_the_library(
    world: World, standard: Find, as_member: Browser, db: Any, resource: Make
) -> None:
    found, hidden = standard("6.SP.B.4"), make_group(world, world.teacher, access="secret")
    browser = as_member(world.teacher)
    for shown in (resource("Shoe sizes"), resource("Secret plots", space=hidden)):
        place = f"/n/{world.network.slug}/c/{shown.id}/edit-resource"
        data = fields(world, title=shown.title, body="Sort.", standards="6.SP.B.4")
        assert browser.post(place, data=data).status_code == 303
    post = make_post(world.teacher, world.commons, "We plotted")
    place = f"/n/{world.network.slug}/c/{post.id}/edit-post"
    assert browser.post(place, data={"body": "We plotted", "standards": "6sp4"}).status_code == 303
    page = f"/n/{world.network.slug}/standards/{found.id}"
    mine, theirs = browser.get(page).text, as_member(world.colleague).get(page).text
    assert "In the library: 2" in mine
    assert "In the library: 1" in theirs
    assert "Secret plots" not in theirs
    assert "In posts and threads: 1" in theirs
    assert theirs.index("In the library") < theirs.index("In posts and threads")
    library = as_member(world.colleague).get(f"/n/{world.network.slug}/library/").text
    assert f'href="/n/{world.network.slug}/standards/"' in library
    assert "Secret plots" not in library
