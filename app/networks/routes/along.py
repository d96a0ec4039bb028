"""Reading along: why somebody who is here writes nothing now, in one sentence, with the way on.

Nouns: a *letter finder* knows the address of the letter that asked for a break (`moderation` registers it).
Rules: it is said here and nowhere else: on top of every page (the section `notice`), in the place of a form,
and in the answer to what was refused. Who waits for approval writes, and does not read along.
Neighbours: `core.access` carries it to the answers; templates call `along()`.
"""

from collections.abc import Callable

from babel.dates import format_skeleton
from flask import g, render_template
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core import clock, sections
from app.core.access import Along, access
from app.core.addresses import path_for
from app.networks.models import Member

LetterFinder = Callable[[Member], str | None]
_finders: list[LetterFinder] = []


def finds_letter(function: LetterFinder) -> LetterFinder:
    """Register `(member) -> address`, or None where no letter says why."""
    if function not in _finders:
        _finders.append(function)
    return function


def why_along(member: Member) -> Along | None:
    """A break that was asked for, one of their own, or norms not accepted; None for who may write."""
    if member.may_write or not member.may_read:
        return None
    slug = member.network.slug
    if member.standing == "active":
        said = _("You read along for now. To write again, have a look at our norms.")
        return Along(said, path_for("networks.welcome", network=slug), _("See what is new in the norms"))
    about = path_for("networks.membership", network=slug)
    if member.paused_until is None:
        return Along(_("You are taking a break from writing."), about, _("Come back"))
    said = _("You are taking a break from writing until %(day)s.", day=_last_day(member))
    letter = next((found for finder in _finders if (found := finder(member))), None)
    return Along(said, letter or about, _("Read the letter") if letter else _("About this break"))


def _last_day(member: Member) -> str:
    assert member.paused_until is not None
    here = clock.in_zone(member.paused_until, member.network.time_zone)
    return format_skeleton("MMMd", here, locale=str(get_locale() or "en"))


def _remembered(member: Member) -> Along | None:
    """Once for each request: a page says it more than once."""
    known: dict[int, Along | None] = g.setdefault("along", {})
    if member.id not in known:
        known[member.id] = why_along(member)
    return known[member.id]


access.why_along = _remembered


@sections.fills("notice")
def reads_along(here: Member) -> str | None:
    """On top of every page."""
    return render_template("networks/_along.html") if not here.may_write else None
