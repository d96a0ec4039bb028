"""The days that people name when they need something, as dates to tap beside a date field.

Nouns: `today` is the day on the wall of the network's zone. A Friday that is today is "this Friday".
Neighbours: `library/_by_when.html` draws them, frontend/src/days.ts writes the tapped one into the field.
"""

from datetime import date, timedelta
from typing import NamedTuple

from babel.dates import format_skeleton
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core import clock
from app.networks.models import Network

FRIDAY = 4


class NamedDay(NamedTuple):
    day: date
    word: str

    @property
    def short(self) -> str:
        """The date as its reader writes it, without the year: Nov 27."""
        return str(format_skeleton("MMMd", self.day, locale=get_locale()))


def named_days(today: date) -> list[NamedDay]:
    """The Friday to come (or today), the one after it, and two weeks from today."""
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    return [
        NamedDay(friday, _("This Friday")),
        NamedDay(friday + timedelta(days=7), _("Next Friday")),
        NamedDay(today + timedelta(days=14), _("In two weeks")),
    ]


def days_to_tap(network: Network) -> list[NamedDay]:
    """The same, from today in the network's own zone."""
    return named_days(clock.local_time(network.time_zone).date())
