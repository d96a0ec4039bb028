"""What the editor's keys ask the server for: the keys themselves, and how a formula will look."""

from typing import Any

from tests.support.factories import World


def test_the_keys_are_for_whoever_is_signed_in(world: World, as_member: Any, client: Any) -> None:
    page = as_member(world.teacher).get("/maths/keys")
    assert page.status_code == 200
    assert r'data-tex="\frac{@0}{@1}"' in page.text
    assert " name=" not in page.text
    assert client.get("/maths/keys").status_code == 401


def test_a_preview_shows_and_says_it(world: World, as_member: Any) -> None:
    browser = as_member(world.teacher)
    page = browser.get("/maths/preview", query_string={"tex": r"\frac{3}{4} < x"}).text
    assert 'data-said="3/4 &lt; x"' in page
    assert "<mfrac>" in page


def test_a_preview_of_what_is_no_formula_says_so(world: World, as_member: Any) -> None:
    browser = as_member(world.teacher)
    for tex in (r"\frac{3}", r"\href{javascript:alert(1)}{x}", "", "<script>alert(1)</script>\\"):
        page = browser.get("/maths/preview", query_string={"tex": tex}).text
        assert "This is not a formula yet." in page
        assert "script" not in page
        assert "<math" not in page
