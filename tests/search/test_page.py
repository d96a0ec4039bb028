"""The page: tabs, filters, pages that follow one another, and what the hub sees of misses."""

from typing import Any

from sqlalchemy import select

from app.library.actions import Said, add_resource
from app.networks.actions import add_driver
from app.search.models import SearchMiss
from app.search.queries import misses_of, parse, worth_keeping
from tests.library.conftest import BODY
from tests.support.factories import World, make_group, make_post, make_reply


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def test_tabs_count_and_divide(world: World, index: Any, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons, "Zebra crossings", title="Zebra", kind="question")
    make_reply(world.colleague, post, "A zebra reply")
    make_group(world, world.teacher, name="Zebra friends")
    index()
    browser = as_member(world.colleague)
    here = f"/n/{world.network.slug}/search?q=zebra"
    assert "3 results" in main_of(browser.get(here).text)
    replies = main_of(browser.get(f"{here}&tab=replies").text)
    assert "1 result" in replies
    assert "A <mark>zebra</mark> reply" in replies
    assert "<mark>Zebra</mark> friends" in main_of(browser.get(f"{here}&tab=groups").text)
    assert "Nothing of this kind" in main_of(browser.get(f"{here}&tab=people").text)


def test_of_words_equally_near_the_one_beside_the_others_is_meant(
    world: World, index: Any, as_member: Any
) -> None:
    for number in range(7):
        make_post(world.teacher, world.commons, f"A post on the wall, number {number}")
    make_post(world.teacher, world.commons, "Box plots of shoes, and one more plot beside the box")
    make_post(world.teacher, make_group(world, world.teacher), "The box of polit things")
    index()
    found = as_member(world.colleague).get(f"/n/{world.network.slug}/search?q=box+polt").text
    assert "These are for “box plot”" in main_of(found)


def test_limits_narrow(world: World, index: Any, as_member: Any) -> None:
    make_post(world.teacher, world.commons, "Zebra in seven", kind="tried_it", outcome="did_not_work")
    make_post(world.neighbour, world.commons, "Zebra in six", kind="question")
    make_post(
        world.colleague, make_group(world, world.colleague, world.teacher, name="Ratio"), "Zebra inside"
    )
    index()
    browser = as_member(world.teacher)

    def found(limit: str) -> list[str]:
        page = main_of(
            browser.get(f"/n/{world.network.slug}/search", query_string={"q": f"zebra {limit}"}).text
        )
        return [word for word in ("in seven", "in six", "inside") if f"</mark> {word}" in page]

    assert found("") == ["in seven", "in six", "inside"]
    assert found("from:me") == ["in seven"]
    assert found("from:nora") == ["in six"]
    assert found("kind:question") == ["in six"]
    assert found('outcome:"didn\'t work"') == ["in seven"]
    assert found("grade:6") == ["in six"]
    assert found("in:ratio") == ["inside"]
    assert found("-seven") == ["in six", "inside"]
    assert found("before:2020-01-01") == []
    assert found("after:yesterday") == ["in seven", "in six", "inside"]
    assert found("from:nobody") == []


def test_drivers_divide_what_was_found(world: World, index: Any, as_member: Any) -> None:
    talk, data = (
        add_driver(world.director, world.network, name=name) for name in ("Math talk", "Using data")
    )
    make_post(world.teacher, world.commons, "Zebra talks", driver_id=talk.id)
    make_post(world.teacher, world.commons, "Zebra counts", driver_id=data.id)
    make_post(world.teacher, world.commons, "Zebra runs")
    index()
    here = f"/n/{world.network.slug}/search?q=zebra"
    page = main_of(as_member(world.colleague).get(here).text)
    assert f"driver={talk.id}" in page
    assert "Using data <span" in page
    page = main_of(as_member(world.colleague).get(f"{here}&driver={talk.id}").text)
    assert "1 result" in page
    assert "</mark> talks" in page
    page = main_of(as_member(world.colleague).get(f"{here}&driver=no").text)
    assert "3 results" in page


def test_titles_are_completed_also_in_the_library(world: World, index: Any, as_member: Any) -> None:
    said = Said("Zebra tiles", "", BODY, 0, raw=["zebra"])
    add_resource(world.teacher, world.commons, said)
    index()
    page = as_member(world.colleague).get(f"/n/{world.network.slug}/search/suggestions?q=zebra ti").text
    assert "<b>Zebra tiles</b>" in page


def test_pages_follow_one_another(world: World, index: Any, as_member: Any) -> None:
    for number in range(25):
        make_post(world.teacher, world.commons, f"Zebra number {number:02}")
    index()
    browser = as_member(world.colleague)
    first = browser.get(f"/n/{world.network.slug}/search?q=zebra&sort=new").text
    link = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(link).text
    numbers = [
        f"{number:02}" for number in range(25) for page in (first, second) if f"number {number:02}" in page
    ]
    assert sorted(numbers) == [f"{number:02}" for number in range(25)]
    part = browser.get(link, headers={"HX-Request": "true"}).text
    assert "<html" not in part


def test_a_miss_is_counted_without_who(world: World, db: Any, index: Any, as_member: Any) -> None:
    index()
    for who in (world.teacher, world.colleague):
        as_member(who).get(f"/n/{world.network.slug}/search?q=integer+number+talks")
    (miss,) = db.session.scalars(select(SearchMiss)).all()
    assert (miss.words, miss.times) == ("integer number talks", 2)
    assert not {column.name for column in SearchMiss.__table__.columns} & {"member_id", "account_id"}
    page = as_member(world.facilitator).get(f"/n/{world.network.slug}/settings/search").text
    assert "integer number talks" in page
    assert as_member(world.teacher).get(f"/n/{world.network.slug}/settings/search").status_code == 403


def test_what_was_looked_for_once_is_not_shown(world: World, index: Any, as_member: Any) -> None:
    index()
    as_member(world.teacher).get(f"/n/{world.network.slug}/search?q=parallelograms")
    assert misses_of(world.network.id) == []


def test_names_and_addresses_are_not_kept(world: World) -> None:
    kept = [
        worth_keeping(world.network.id, parse(asked))
        for asked in ("tess", "Tess and fractions", "ada@example.org", "room 12345", "the of")
    ]
    assert kept == ["", "fractions", "", "room", ""]


def test_the_hub_edits_synonyms(world: World, index: Any, as_member: Any) -> None:
    make_post(world.teacher, world.commons, "A bell ringer about zebras")
    index()
    here = f"/n/{world.network.slug}/settings/search"
    browser = as_member(world.facilitator)
    assert "box plot = boxplot" in browser.get(here).text
    answer = browser.post(here, data={"lines": "zebra = quagga\n\n"})
    assert answer.status_code == 303
    assert "1 result" in browser.get(f"/n/{world.network.slug}/search?q=quagga").text
    assert browser.post(here, data={"lines": "x" * 20_001}).status_code == 422
    assert as_member(world.teacher).post(here, data={"lines": "a = b"}).status_code == 403


def test_an_empty_page_teaches(world: World, index: Any, as_member: Any) -> None:
    index()
    page = as_member(world.teacher).get(f"/n/{world.network.slug}/search").text
    assert "What are you looking for?" in page
    assert "from:ana" in page


def test_a_hit_inside_a_file_names_its_page(world: World, index: Any) -> None:
    """What the library will register: sections, of which the best one is shown."""
    from app.core.search.sources import Card, Section
    from app.search.queries.results import _line

    pages = tuple(
        Section(f"Page {n}", text, f"/f#{n}") for n, text in ((1, "Nothing"), (2, "Zebra crossing"))
    )
    line = _line("file:1", Card("A file", "", "/f", "File", "page", sections=pages), {"zebra"}, [])
    assert (line.section, line.url) == ("Page 2", "/f#2")
    assert "<mark>Zebra</mark>" in line.snippet
