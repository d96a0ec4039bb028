"""What a viewer can reach, and what their limits (`from:`, `in:`, `before:` …) mean.

Rules: names in limits are looked up among what the viewer may know; a name that is hidden and a
name that does not exist both leave nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.contributions.models import OUTCOMES
from app.core import clock
from app.core.db import db
from app.core.kinds import kinds
from app.core.search.changes import changed
from app.core.search.port import EngineDown, Reach
from app.core.search.words import fold
from app.networks.models import Member
from app.search.queries.language import Asked
from app.spaces.models import Space
from app.spaces.policy import sees
from app.standards.queries import branch_ids, standards_of_code

NOTHING = frozenset({"nothing"})
"""A value that no document has."""
KINDERGARTEN = ("k", "kg", "kindergarten")


def reach_of(viewer: Member) -> Reach:
    """Raises EngineDown while too much has changed to be left out one by one."""
    late = changed()
    if late is None:
        raise EngineDown
    spaces = frozenset(db.session.scalars(select(Space.id).where(sees(viewer))))
    return Reach(viewer.network_id if viewer.may_read else 0, spaces, late)


@dataclass
class Narrowed:
    """The limits of a question as marks and dates; `unclear` are values that say nothing to us."""

    marks: dict[str, frozenset[str]] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    unclear: list[str] = field(default_factory=list)

    def only(self, facet: str, values: frozenset[str]) -> None:
        known = self.marks.get(facet)
        self.marks[facet] = (values if known is None else known & values) or NOTHING


def narrowed(viewer: Member, asked: Asked) -> Narrowed:
    """What the limits of a question mean for this viewer."""
    result = Narrowed()
    for limit in asked.limits:
        _MEANINGS[limit.name](viewer, limit.value, result)
    return result


def _from(viewer: Member, value: str, result: Narrowed) -> None:
    result.only("author", _people(viewer, value))


def _people(viewer: Member, value: str) -> frozenset[str]:
    words = fold(value).lstrip("@").split()
    if words in (["me"], ["myself"]):
        return frozenset({str(viewer.id)})
    named = (Member.network_id == viewer.network_id, Member.name != "")
    has = [Member.name_key.contains(word, autoescape=True) for word in words[:6]]
    found = db.session.scalars(select(Member.id).where(*named, *has).limit(200))
    return frozenset(str(member_id) for member_id in found) if words else NOTHING


def _in(viewer: Member, value: str, result: Narrowed) -> None:
    wanted = fold(value).replace("-", " ")
    spaces = db.session.scalars(select(Space).where(sees(viewer)))
    found = {
        str(space.id)
        for space in spaces
        if wanted and (wanted in fold(space.name).replace("-", " ") or fold(value) == space.slug)
    }
    result.only("in", frozenset(found))


def _kind(viewer: Member, value: str, result: Narrowed) -> None:
    wanted = fold(value).replace("_", " ").rstrip("s")
    if wanted in ("reply", "replie"):
        return result.only("source", frozenset({"reply"}))
    if wanted in ("person", "people", "member", "group"):
        return result.only("source", frozenset({"group" if wanted == "group" else "person"}))
    names = {
        kind.name
        for kind in kinds.in_feed()
        if wanted in (kind.name.replace("_", " "), fold(str(kind.word)).rstrip("s"))
    }
    return result.only("kind", frozenset(names))


def _grade(viewer: Member, value: str, result: Narrowed) -> None:
    plain = fold(value).removeprefix("grade").strip()
    number = "0" if plain in KINDERGARTEN else plain.rstrip("thsndr")
    result.only("grade", frozenset({number}) if number.isascii() and number.isdigit() else NOTHING)


def _standard(viewer: Member, value: str, result: Narrowed) -> None:
    """With all that is beneath it, and with what another list says is exactly the same."""
    found = branch_ids(standards_of_code(viewer.network_id, value)) if viewer.may_read else ()
    result.only("standard", frozenset(str(standard_id) for standard_id in found))


def _outcome(viewer: Member, value: str, result: Narrowed) -> None:
    plain = "".join(letter for letter in fold(value) if letter.isalpha())
    meant = {"didntwork": "did_not_work", "didnotwork": "did_not_work", "failed": "did_not_work"}
    outcome = meant.get(plain, plain)
    result.only("outcome", frozenset({outcome}) if outcome in OUTCOMES else NOTHING)


def _has(viewer: Member, value: str, result: Narrowed) -> None:
    plain = fold(value).rstrip("s")
    result.only("has", frozenset({"file" if plain in ("attachment", "photo", "picture") else plain}))


def _before(viewer: Member, value: str, result: Narrowed) -> None:
    day = _day(viewer, value)
    if day is None:
        result.unclear.append(value)
    else:
        result.until = min(day, result.until or day)


def _after(viewer: Member, value: str, result: Narrowed) -> None:
    day = _day(viewer, value)
    if day is None:
        result.unclear.append(value)
    else:
        result.since = max(day, result.since or day)


def _day(viewer: Member, value: str) -> datetime | None:
    """The beginning of a day, month or year, or of a day that has a name, where the viewer is."""
    zone = viewer.account.time_zone if viewer.account else viewer.network.time_zone
    here = clock.local_time(zone)
    named = {"today": 0, "yesterday": 1, "week": 7, "month": 30, "year": 365}
    plain = fold(value).strip()
    if plain in named:
        day = here.date() - timedelta(days=named[plain])
    else:
        parts = plain.replace("/", "-").split("-")
        if not all(part.isascii() and part.isdigit() for part in parts) or not 0 < len(parts) <= 3:
            return None
        try:
            numbers = [int(part) for part in parts]
            day = date(*[*numbers, 1, 1][:3])
        except (ValueError, OverflowError):
            return None
    if not 1971 <= day.year <= 2100:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=here.tzinfo)


_MEANINGS: dict[str, Callable[[Member, str, Narrowed], None]] = {
    "from": _from,
    "in": _in,
    "kind": _kind,
    "grade": _grade,
    "standard": _standard,
    "outcome": _outcome,
    "has": _has,
    "before": _before,
    "after": _after,
}
