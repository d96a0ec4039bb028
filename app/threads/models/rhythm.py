"""When a check-in is due: a weekday and an hour on the wall clock of a place, summer time and all.

An hour that a spring night leaves out is told an hour later on the wall; one that an autumn night has
twice is the first of the two.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.core import clock

LOOKED_AT = 45
"""Days in which every rhythm has a due day."""


@dataclass(frozen=True)
class Rhythm:
    """`every` is week, two_weeks or month (the first such weekday of it); `weekday` 0 is Monday."""

    every: str
    weekday: int
    hour: int
    anchor: date
    zone: str

    def falls_on(self, day: date) -> bool:
        if day.weekday() != self.weekday:
            return False
        if self.every == "two_weeks":
            return (day - self.anchor).days // 7 % 2 == 0
        return self.every == "week" or day.day <= 7

    def at(self, day: date) -> datetime:
        """The due moment of a day, in UTC."""
        here = clock.in_zone(clock.now(), self.zone).tzinfo
        return datetime.combine(day, time(self.hour), tzinfo=here).astimezone(UTC)

    def next_after(self, moment: datetime) -> datetime:
        """The first due moment after `moment`."""
        day = clock.in_zone(moment, self.zone).date()
        ahead = (day + timedelta(days=number) for number in range(LOOKED_AT))
        return next(due for each in ahead if self.falls_on(each) and (due := self.at(each)) > moment)

    def latest_until(self, moment: datetime) -> datetime:
        """The last due moment that has come by `moment`."""
        day = clock.in_zone(moment, self.zone).date()
        back = (day - timedelta(days=number) for number in range(LOOKED_AT))
        return next(due for each in back if self.falls_on(each) and (due := self.at(each)) <= moment)


def first_day(weekday: int, zone: str) -> date:
    """The next such weekday from today on, on the wall of `zone`: the anchor of a new rhythm."""
    today = clock.local_time(zone).date()
    return today + timedelta(days=(weekday - today.weekday()) % 7)
