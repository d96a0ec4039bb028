"""Formulas are found by what teachers call them, and by what they look like."""

from typing import Any

from app.search.queries.findable import contribution_documents
from tests.support.factories import World, make_post


def test_search_finds_them_by_their_words(world: World, index: Any, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons, r"So $\frac{3}{4}$ and $\sqrt{2} \ge 1$", title="Zebra")
    index()
    browser = as_member(world.colleague)
    for asked in ("fraction", "inequality", "square root", "frac", "3/4"):
        page = browser.get(f"/n/{world.network.slug}/search", query_string={"q": asked}).text
        assert f"/n/{world.network.slug}/c/{post.id}" in page, asked
    page = browser.get(f"/n/{world.network.slug}/search", query_string={"q": "inequality"}).text
    assert "So 3/4 and √2 ≥ 1" in page


def test_the_index_has_nothing_more_where_there_are_none(world: World) -> None:
    post = make_post(world.teacher, world.commons, "Costs $5 and $10")
    assert [document.words for document in contribution_documents([post.id])] == ["Costs $5 and $10"]
