"""The clock stops and moves for tests, and only there."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock

NINE = datetime(2025, 3, 4, 14, 0, tzinfo=UTC)


def test_now_is_aware_and_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_freeze_and_travel() -> None:
    with clock.freeze(NINE):
        assert clock.now() == NINE
        with clock.travel(timedelta(days=1)):
            assert clock.now() == NINE + timedelta(days=1)
            with clock.freeze(NINE), clock.travel(timedelta(hours=-1)):
                assert clock.now() == NINE - timedelta(hours=1)
        assert clock.now() == NINE
    assert clock.now() > NINE


def test_wall_clocks() -> None:
    assert clock.in_zone(NINE, "America/New_York").hour == 9
    assert clock.in_zone(NINE, "No/Where").hour == 14
    assert clock.in_zone(NINE, "../etc/passwd").hour == 14
    with clock.freeze(NINE):
        assert clock.local_time("America/New_York").hour == 9
    assert clock.known_zone("America/New_York")
    assert not clock.known_zone("Mars/Base")


def test_naive_instants_are_refused() -> None:
    naive = NINE.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        clock.in_zone(naive, "UTC")
    with pytest.raises(ValueError, match="time zone"), clock.freeze(naive):
        pass
