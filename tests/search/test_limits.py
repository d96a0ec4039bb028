"""Limits: whom `from:` means, and help where a limit names nothing."""

from typing import Any

import pytest

from app.search.queries.language import Limit, parse
from tests.support.factories import World, make_group, make_post


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


@pytest.fixture
def ask(world: World, index: Any, as_member: Any) -> Any:
    make_post(world.teacher, world.commons, "Zebra in seven", kind="tried_it", outcome="did_not_work")
    make_group(world, world.colleague, world.teacher, name="Ratio friends")
    make_group(world, world.colleague, access="secret", name="Ratio secrets")
    index()
    browser = as_member(world.teacher)
    here = f"/n/{world.network.slug}/search"
    return lambda asked, **more: main_of(browser.get(here, query_string={"q": asked, **more}).text)


def test_a_name_is_meant_by_the_beginnings_of_its_words(world: World, ask: Any, db: Any) -> None:
    world.teacher.name = "Dana O'Brien-Lee"
    db.session.commit()
    for begun in ("dana", "dan", "brien", "lee", '"dana lee"'):
        assert "1 result" in ask(f"zebra from:{begun}"), begun
    for inside in ("ana", "rien", "ee"):
        assert "1 result" not in ask(f"zebra from:{inside}"), inside


@pytest.mark.parametrize("typed", ["from: ana", "From:  ana", "from:ana"])
def test_a_space_after_the_colon_changes_nothing(typed: str) -> None:
    assert parse(f"zebra {typed}").limits == (Limit("from", "ana"),)


def test_a_limit_without_a_value_is_said_and_narrows_nothing(ask: Any) -> None:
    page = ask("zebra from:")
    assert "Something is missing after “from:”" in page
    assert "1 result" in page
    assert "Nothing found" in ask("-from:")


@pytest.mark.parametrize(
    ("typed", "sentence", "meant"),
    [
        ("in:ratoi", "There is no group called “ratoi”", 'in:"Ratio friends"'),
        ("kind:quetion", "There is no kind called “quetion”", "kind:question"),
        ("outcome:didnt", "We don't know the outcome “didnt”", 'outcome:"didn\'t work"'),
        ("grade:many", "There is no grade “many”", ""),
        ("grade:13", "There is no grade “13”", ""),
        ("standard:9.ZZ", "There is no standard “9.ZZ”", ""),
        ("from:nobodyatall", "Nobody here is called “nobodyatall”", ""),
    ],
)
def test_a_limit_that_names_nothing_is_said(ask: Any, typed: str, sentence: str, meant: str) -> None:
    page = ask(f"zebra {typed}").replace("&#39;", "'")
    assert sentence in page
    assert "Try fewer words" not in page
    assert "Ratio secrets" not in page
    link = page.split("Did you mean")[1].split("?</")[0] if meant else ""
    assert (meant.split(":")[1].strip('"') in link) if meant else "Did you mean" not in page


def test_what_was_meant_is_one_tap_away(ask: Any, world: World) -> None:
    known = world.teacher.name.split()[0]
    page = ask(f"zebra from:{known[:-1]}x")
    assert "Did you mean" in page
    assert world.teacher.name in page
    asked = parse("zebra kind:quetion after")
    assert asked.meaning(asked.limits[0], "Tried it").text == 'zebra kind:"Tried it" after'


def test_a_grade_may_be_spelt_out(ask: Any) -> None:
    assert ask("zebra grade:seven").count("result") == ask("zebra grade:7").count("result")
    assert "There is no grade" not in ask("zebra grade:seven")


def test_an_empty_tab_points_to_what_is_elsewhere(ask: Any) -> None:
    page = ask("zebra", tab="people")
    assert "Nothing of this kind" in page
    assert "Look in everything" in page
    assert "filters" not in page.split("empty")[1]


def test_the_words_go_along_into_the_question(ask: Any, world: World, as_member: Any) -> None:
    page = ask("parallelograms -boring in:ratio")
    assert "title=parallelograms" in page
    form = as_member(world.teacher).get(f"/n/{world.network.slug}/share/question?title=parallelograms").text
    assert 'value="parallelograms"' in form
