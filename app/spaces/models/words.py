"""Groups in words: how one joins, what they follow, what one is told of them."""

from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date, format_time
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.networks.models import Member
from app.networks.models import words as people
from app.spaces.models.groups import Group

ACCESS_WORDS: dict[str, Any] = {
    "open": _l("Open"),
    "request": _l("On request"),
    "invite": _l("By invitation"),
    "secret": _l("Secret"),
    "closed": _l("Closed"),
}
ACCESS_MEANS: dict[str, Any] = {
    "open": _l("Everybody in the network reads along, and joins with one tap."),
    "request": _l("Everybody finds its name. Who would like to join asks, and the leads answer."),
    "invite": _l("Everybody finds its name. The leads invite."),
    "secret": _l(
        "Nobody else finds it. Facilitators see that it exists, who leads it and how many are in it, "
        "and nothing inside. The leads invite."
    ),
    "closed": _l("Only its people see what is shared."),
}
ACCESS_ICONS = {"open": "globe", "request": "key", "invite": "mail", "secret": "eye-off", "closed": "lock"}
FORM_WORDS: dict[str, Any] = {
    "affinity": _l("Around a question"),
    "role_alike": _l("Same role"),
    "site_team": _l("At one school"),
}
LEVEL_WORDS: dict[str, Any] = {
    "everything": _l("Every new post"),
    "mentions": _l("Mentions and replies"),
    "nothing": _l("Nothing"),
}


FOLLOWS_WORDS: dict[str, Any] = {
    "place": _l("Follows the role"),
    "site": _l("The school"),
    "site_teachers": _l("The school's teachers"),
}


def access_word(access: str, follows: str | None = None) -> str:
    """How one comes in, in a word or two."""
    return str(FOLLOWS_WORDS.get(follows or "") or ACCESS_WORDS.get(access, ""))


def access_means(access: str) -> str:
    """What a way to join means, in a sentence."""
    return str(ACCESS_MEANS.get(access, ""))


def access_icon(access: str) -> str:
    return ACCESS_ICONS.get(access, "lock")


def form_word(group: Group) -> str:
    return str(FORM_WORDS.get(group.form, ""))


def follows_words(group: Group) -> str:
    """Whom a group takes in by itself, in a sentence; empty for one that people join."""
    follows = group.space.follows
    if follows == "site":
        return _("Everybody at the school is in it, from the day they arrive.")
    if follows == "site_teachers":
        return _("The teachers of the school are in it; principals and coaches are not.")
    if follows != "place":
        return ""
    names = [people.role_word(role) for role in group.role_names]
    parts = [_(" or ").join(names).lower(), people.grades_word(group.grades).lower()]
    who = ", ".join(part for part in parts if part)
    return _("Follows the role by itself: %(who)s. You can step out at any time.", who=who)


def quiet_words(until: datetime, reader: Member) -> str:
    """When a mute ends, on the reader's own clock: "Quiet until tomorrow, 7:00 AM"."""
    zone = reader.account.time_zone if reader.account else reader.network.time_zone
    here, today = clock.in_zone(until, zone), clock.local_time(zone).date()
    locale = str(get_locale() or "en")
    at = format_time(here, "short", tzinfo=here.tzinfo, locale=locale)
    if here.date() == today:
        return _("Quiet until %(time)s", time=at)
    if here.date() == today + timedelta(days=1):
        return _("Quiet until tomorrow, %(time)s", time=at)
    return _("Quiet until %(day)s, %(time)s", day=format_date(here, "EEEE, MMMM d", locale=locale), time=at)


FOR_TEMPLATES = {
    word.__name__: word
    for word in (access_word, access_means, access_icon, form_word, follows_words, quiet_words)
}
