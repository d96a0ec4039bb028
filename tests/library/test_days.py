"""The days that one taps when one needs something by a Friday."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.library.forms.days import named_days
from tests.support.clients import Client
from tests.support.factories import World

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize("later", range(7))
def test_each_day_of_a_week_has_its_fridays(app: Any, later: int) -> None:
    today = MONDAY + timedelta(days=later)
    with app.test_request_context():
        this, following, fortnight = (one.day for one in named_days(today))
    # Monday to Friday look to that week's Friday, on the Friday itself too; the weekend to the next one.
    assert this == MONDAY + timedelta(days=4 if later <= 4 else 11)
    assert following == this + timedelta(days=7)
    assert fortnight == today + timedelta(days=14)


def test_today_is_the_networks_day(
    db: Any, clock: Any, world: World, as_member: Callable[[Any], Client]
) -> None:
    # Saturday in UTC, still Friday evening in New York, Saturday in Auckland.
    clock.freeze(datetime(2026, 11, 28, 2, 0, tzinfo=UTC))
    for zone, friday, fortnight in [
        ("America/New_York", "2026-11-27", "2026-12-11"),
        ("Pacific/Auckland", "2026-12-04", "2026-12-12"),
    ]:
        world.network.time_zone = zone
        page = as_member(world.teacher).get(f"/n/{world.network.slug}/library/ask").text
        taps = page.split('data-days="needed_by"')[1].split("</div>")[0]
        assert f'value="{friday}">This Friday' in taps
        assert f'value="{fortnight}">In two weeks' in taps
    said = {"title": "Box plots", "space": world.commons.id, "needed_by": "2026-11-27"}
    world.network.time_zone = "America/New_York"
    answer = as_member(world.teacher).post(f"/n/{world.network.slug}/library/ask", data=said)
    assert answer.status_code == 303, "the Friday that is today is still to come"
    edited = as_member(world.teacher).get(f"{answer.headers['Location']}/edit-request").text
    assert 'data-days="needed_by"' in edited
