"""Pace: how much one member may do within an hour, by their standing in the network.

Nouns: a *newcomer* joined within the last week; the *hub* is facilitators and directors; everybody else is a
*regular*. A *verb* is what is counted.
Rules: what was done is counted from its own rows, so that no restart forgets it and no second process begins
anew; what goes beyond is refused with a sentence that says when it goes on, and nothing typed is lost.
The numbers are ours: several times what a lively evening brings, far below what a script does. An operator
multiplies them (`PACE`) where a whole room works at once.
"""

from datetime import datetime, timedelta
from typing import Final

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core import clock, limits
from app.core.limits import TooFast
from app.networks.models import Member

HOUR: Final = timedelta(hours=1)
NEW_FOR: Final = timedelta(days=7)
MOST: Final[dict[str, tuple[int, int, int]]] = {
    "posts": (10, 40, 120),
    "replies": (120, 360, 600),
    "resources": (60, 200, 600),
    "mentions": (20, 80, 300),
    "invitations": (20, 80, 300),
    "uploads": (60, 240, 900),
}
"""Verb -> a newcomer's, a regular's and the hub's most in an hour."""
_SENTENCES: Final = {
    "posts": _l("That was a lot to share within one hour."),
    "replies": _l("Those were a lot of replies within one hour."),
    "resources": _l("That was a lot for the library within one hour."),
    "mentions": _l("You have named a lot of people within one hour."),
    "invitations": _l("Those were a lot of invitations within one hour."),
    "uploads": _l("Those were a lot of files within one hour."),
}


def most(actor: Member, verb: str) -> int:
    """What `actor` may do of `verb` within an hour."""
    newcomer, regular, hub = (number * int(current_app.config["PACE"]) for number in MOST[verb])
    if actor.is_hub:
        return hub
    return newcomer if actor.joined_at > clock.now() - NEW_FOR else regular


def keep_pace(actor: Member, verb: str, done: int, first: datetime | None, *, more: int = 1) -> None:
    """Raises TooFast where `more` after `done` within the last hour, since `first`, is too much."""
    allowed = most(actor, verb)
    if not limits.is_on() or done + more <= allowed:
        return
    again = (first or clock.now()) + HOUR
    seconds = max(1, int((again - clock.now()).total_seconds()) + 1)
    raise TooFast(_sentence(verb, seconds), seconds)


def _sentence(verb: str, seconds: int) -> str:
    minutes = -(-seconds // 60)
    when = ngettext("You can go on in a minute.", "You can go on in %(num)s minutes.", minutes)
    return f"{_SENTENCES[verb]} {when}"
