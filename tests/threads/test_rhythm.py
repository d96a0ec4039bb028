"""When a check-in is due: on the wall clock, summer time and all."""

from datetime import UTC, date, datetime

import pytest

from app.threads.models import Rhythm

NEW_YORK = "America/New_York"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def rhythm(every: str = "week", weekday: int = 0, hour: int = 15, zone: str = NEW_YORK) -> Rhythm:
    return Rhythm(every, weekday, hour, date(2026, 3, 2), zone)


def test_the_hour_on_the_wall_stays_when_the_clocks_change() -> None:
    weekly = rhythm()  # Mondays, three in the afternoon
    before = weekly.next_after(utc(2026, 3, 1))
    after = weekly.next_after(before)
    assert before == utc(2026, 3, 2, 20)
    assert after == utc(2026, 3, 9, 19)  # the clocks went forward on the 8th
    assert weekly.next_after(utc(2026, 10, 27)) == utc(2026, 11, 2, 20)  # and back on the 1st


def test_an_hour_that_is_left_out_comes_an_hour_later() -> None:
    night = rhythm(weekday=6, hour=2)
    assert night.next_after(utc(2026, 3, 5)) == utc(2026, 3, 8, 7)  # 3:00 in New York


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    night = rhythm(weekday=6, hour=1)
    due = night.next_after(utc(2026, 10, 30))
    assert due == utc(2026, 11, 1, 5)
    assert night.next_after(due) == utc(2026, 11, 8, 6)


def test_every_two_weeks_keeps_its_weeks() -> None:
    fortnightly = rhythm("two_weeks")
    found = [utc(2026, 3, 1)]
    for _round in range(4):
        found.append(fortnightly.next_after(found[-1]))
    days = [due.date() for due in found[1:]]
    assert days == [date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 30), date(2026, 4, 13)]


def test_every_month_is_the_first_of_its_weekdays() -> None:
    monthly = rhythm("month", weekday=3)
    found = [utc(2026, 1, 20)]
    for _round in range(3):
        found.append(monthly.next_after(found[-1]))
    assert [due.date() for due in found[1:]] == [date(2026, 2, 5), date(2026, 3, 5), date(2026, 4, 2)]


@pytest.mark.parametrize("every", ["week", "two_weeks", "month"])
@pytest.mark.parametrize("zone", [NEW_YORK, "Pacific/Auckland", "Asia/Kathmandu", "UTC", "Nowhere/At_all"])
def test_the_latest_is_the_one_before_the_next(every: str, zone: str) -> None:
    one = rhythm(every, zone=zone)
    moment = utc(2026, 1, 1, 0, 30)
    for _round in range(30):
        due = one.next_after(moment)
        assert due > moment
        assert one.latest_until(due) == due
        assert one.next_after(one.latest_until(moment)) == due
        moment = due
