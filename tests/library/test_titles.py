"""Titles with formulas: mathematics where there is HTML, a readable line where there is none."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from app.core import search
from app.core.maths import line_read, line_shown
from app.core.search import feeding
from tests.library.conftest import Make
from tests.support.clients import Client
from tests.support.factories import World, make_reply

Browser = Callable[[Any], Client]
TITLE = r"Adding $\frac{3}{4} + \frac{1}{2}$ & more"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (TITLE, "Adding 3/4 + 1/2 & more"),
        ("Costs $5 and $10", "Costs $5 and $10"),
        (r"Squares $x^2$", "Squares x²"),
        (r"$$\frac{1}{2}$$", "1/2"),
        (r"\$5", "$5"),
        (r"$\frac{1}{$", r"$\frac{1}{$"),
        ("1 < 2 & 3", "1 < 2 & 3"),
    ],
)
def test_a_line_is_read_as_it_is_meant(typed: str, read: str) -> None:
    assert line_read(typed) == read


def test_a_line_is_shown_as_mathematics_and_never_as_markup() -> None:
    shown = str(line_shown(r"<b>Bold</b> $\frac{1}{2}$"))
    assert shown.startswith("&lt;b&gt;Bold&lt;/b&gt; <math")
    assert "<mfrac>" in shown
    assert 'display="block"' not in str(line_shown(r"$$\frac{1}{2}$$"))


def test_titles_are_mathematics_everywhere(
    world: World, as_member: Browser, resource: Make, outbox: Any
) -> None:
    root = resource(TITLE)
    make_reply(world.colleague, root, "Nice")
    outbox.drain()
    mine, base = as_member(world.teacher), f"/n/{world.network.slug}"
    for place in (f"{base}/", f"{base}/library/", f"{base}/c/{root.id}"):
        page = BeautifulSoup(mine.get(place).text, "html.parser")
        assert page.select_one("h2 a mfrac"), place
        assert r"\frac" not in page.title.text  # type: ignore[union-attr]
    page = mine.get(f"{base}/c/{root.id}").text
    assert "<title>Adding 3/4 + 1/2 &amp; more" in page
    assert "“Adding 3/4 + 1/2 &amp; more”, Tess Teacher" in page
    assert "Adding 3/4 + 1/2 &amp; more" in mine.get("/notifications").text


def test_a_title_is_found_by_what_its_formula_is_called(
    world: World, as_member: Browser, resource: Make
) -> None:
    resource(TITLE)
    feeding.catch_up(search.engine())
    page = as_member(world.colleague).get(f"/n/{world.network.slug}/search?q=fraction+adding")
    found = BeautifulSoup(page.text, "html.parser").select_one(".result h2")
    assert found is not None
    assert found.get_text() == "Adding 3/4 + 1/2 & more"


def test_a_copy_stands_below_what_it_was_made_of(world: World, as_member: Browser, resource: Make) -> None:
    resource("Shoe plots", authors="Tess Teacher")
    resource("Shoe plots", author=world.colleague, authors="Tess Teacher; Cora Colleague")
    feeding.catch_up(search.engine())
    page = as_member(world.teacher).get(f"/n/{world.network.slug}/search?q=shoe+plots")
    lines = BeautifulSoup(page.text, "html.parser").select(".result-line")
    assert "Tess" in lines[0].get_text()
