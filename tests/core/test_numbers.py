"""What counts as a whole number, and what a form or an address with nonsense in it gets."""

from typing import Any

import pytest

from app.core.numbers import whole
from tests.support.factories import World


@pytest.mark.parametrize(("given", "number"), [("0", 0), ("7", 7), ("007", 7), ("9" * 15, 10**15 - 1)])
def test_digits_are_a_number(given: str, number: int) -> None:
    assert whole(given) == number


@pytest.mark.parametrize(
    "given", ["", " 7", "-7", "+7", "7.0", "1e3", "٧", "²", "7\n", "9" * 16, "9" * 5000, "x"]
)
def test_anything_else_is_none(given: str) -> None:
    assert whole(given) is None


def test_the_most_is_told() -> None:
    assert (whole("12", most=12), whole("13", most=12)) == (12, None)


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 15, "²", "-1"])
def test_a_form_with_nonsense_is_answered(world: World, as_member: Any, number: str) -> None:
    """More digits than Python reads, more than a column holds, and digits that are none."""
    hub, slug = as_member(world.facilitator), world.network.slug
    for path, field in (("norms/later", "version"), ("welcome", "version")):
        assert hub.post(f"/n/{slug}/{path}", data={field: number}).status_code < 500
    assert hub.get(f"/n/{slug}/", query_string={"school": number, "grade": number}).status_code < 500
