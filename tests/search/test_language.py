"""Questions as people type them, and as nobody should."""

from typing import Any

import pytest

from app.search.queries.language import Limit, Part, parse
from app.search.queries.synonyms import FIRST, clauses_of, groups_in
from tests.core.text.data import naughty_strings
from tests.support.factories import World, make_post


def test_words_phrases_and_limits_are_told_apart() -> None:
    asked = parse('fractions "number line" -worksheet from:ana outcome:"didn\'t work" grade:7')
    assert asked.parts == (Part("fractions"), Part("number line", exact=True), Part("worksheet", never=True))
    assert asked.limits == (Limit("from", "ana"), Limit("outcome", "didn't work"), Limit("grade", "7"))
    assert asked.words == "fractions number line"


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', '-""', "-", ":", "from:", '"open phrase', "a:b:c", "-from:x"]
)
def test_half_a_question_is_no_error(typed: str) -> None:
    parse(typed)


def test_an_unknown_limit_is_words() -> None:
    assert parse("ratio:table").parts == (Part("ratio table"),)


def test_synonyms_join_their_group() -> None:
    groups = groups_in(FIRST)
    (clause,) = clauses_of(parse("box plots").parts, groups)
    assert [each.stems for each in clause.any_of] == [
        ("box", "plot"),
        ("boxplot",),
        ("box", "whisker", "plot"),
    ]
    assert clause.any_of[2].together


def test_a_list_of_nonsense_is_no_error() -> None:
    groups_in("=\n==\n a = \n" + "x = " * 500)


def test_nothing_that_is_typed_breaks_the_page(world: World, index: Any, as_member: Any, db: Any) -> None:
    make_post(world.teacher, world.commons, "Box plots for Thursday")
    index()
    browser = as_member(world.colleague)
    strings = naughty_strings()
    limits = ("from", "in", "kind", "grade", "outcome", "before", "after", "has")
    typed = [*strings[::4], *(f"{limits[n % 8]}:{each}" for n, each in enumerate(strings[::9]))]
    for each in [*typed, "(" * 150, '"' * 150, "a* b~2 [c TO d] NOT AND OR", "before:0000-99-99", "grade:²"]:
        page = f"/n/{world.network.slug}/search"
        assert browser.get(page, query_string={"q": each}).status_code == 200, each
        assert browser.get(f"{page}/suggestions", query_string={"q": each}).status_code == 200, each


@pytest.mark.parametrize(
    "more",
    [
        "tab=x",
        "grade=99",
        "school=" + "9" * 40,
        "kind=%00",
        "after=x",
        "after=contribution:99999999999999999999999",
        "span=never",
        "sort=7",
        "outcome=%F0%9F",
        "after=contribution:1",
    ],
)
def test_a_strange_address_is_a_page(more: str, world: World, index: Any, as_member: Any) -> None:
    make_post(world.teacher, world.commons, "Box plots for Thursday")
    index()
    answer = as_member(world.colleague).get(f"/n/{world.network.slug}/search?q=box&{more}")
    assert answer.status_code == 200
