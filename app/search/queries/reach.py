"""What a viewer can reach, and what their limits (`from:`, `in:`, `before:` …) mean.

Rules: names in limits are looked up among what the viewer may know; a name that is hidden and a
name that does not exist both leave nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select

from app.contributions.models import OUTCOMES
from app.core import clock
from app.core.db import db
from app.core.kinds import kinds
from app.core.search.changes import changed
from app.core.search.port import EngineDown, Reach
from app.core.search.words import fold
from app.networks.models import Member
from app.search.queries.language import Asked, Limit
from app.search.queries.near import near
from app.spaces.models import Space
from app.spaces.policy import sees
from app.standards.queries import branch_ids, standards_of_code

NOTHING = frozenset({"nothing"})
"""A value that no document has."""
KINDERGARTEN = ("k", "kg", "kindergarten")
SPELT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
GRADES = range(13)
OTHER_KINDS = ("reply", "person", "group")
OUTCOME_NAMES = ("worked", "mixed", "didn't work")
MOST_NAMES = 5_000
"""Members among whose names the one that was meant is looked for."""


def reach_of(viewer: Member) -> Reach:
    """Raises EngineDown while too much has changed to be left out one by one."""
    late = changed()
    if late is None:
        raise EngineDown
    spaces = frozenset(db.session.scalars(select(Space.id).where(sees(viewer))))
    return Reach(viewer.network_id if viewer.may_read else 0, spaces, late)


@dataclass(frozen=True)
class Unknown:
    """A limit whose value names nothing that the viewer may know; `near` is what they may have meant."""

    limit: Limit
    near: Sequence[str] = ()


@dataclass
class Narrowed:
    """The limits of a question as marks and dates; `unclear` are days that say nothing to us."""

    marks: dict[str, frozenset[str]] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    unclear: list[str] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)

    def only(self, facet: str, values: frozenset[str]) -> None:
        known = self.marks.get(facet)
        self.marks[facet] = (values if known is None else known & values) or NOTHING


def narrowed(viewer: Member, asked: Asked) -> Narrowed:
    """What the limits of a question mean for this viewer."""
    result = Narrowed()
    for limit in asked.limits:
        meant = _MEANINGS[limit.name](viewer, limit.value, result) if limit.value else ()
        if meant is not None:
            result.unknown.append(Unknown(limit, meant))
    return result


def _from(viewer: Member, value: str, result: Narrowed) -> Sequence[str] | None:
    people = _people(viewer, value)
    result.only("author", people)
    if people:
        return None
    here = (Member.network_id == viewer.network_id, Member.standing.in_(("active", "paused")))
    names = db.session.scalars(select(Member.name).where(*here, Member.name != "").limit(MOST_NAMES))
    return near(value, names if viewer.may_read else ())


def _people(viewer: Member, value: str) -> frozenset[str]:
    words = fold(value).lstrip("@").split()
    if words in (["me"], ["myself"]):
        return frozenset({str(viewer.id)})
    named = (Member.network_id == viewer.network_id, Member.name != "")
    if not words:
        return frozenset()
    has = [_begins(word) for word in words[:6]]
    found = db.session.scalars(select(Member.id).where(*named, *has).limit(200))
    return frozenset(str(member_id) for member_id in found)


def _begins(word: str) -> ColumnElement[bool]:
    """A word of the name begins so: Ana is not in Dana."""
    inside = [Member.name_key.contains(f"{before}{word}", autoescape=True) for before in " -'’("]
    return or_(Member.name_key.startswith(word, autoescape=True), *inside)


def _in(viewer: Member, value: str, result: Narrowed) -> Sequence[str] | None:
    wanted = fold(value).replace("-", " ")
    spaces = db.session.scalars(select(Space).where(sees(viewer))).all()
    found = {
        str(space.id)
        for space in spaces
        if wanted and (wanted in fold(space.name).replace("-", " ") or fold(value) == space.slug)
    }
    result.only("in", frozenset(found))
    # what two people say to each other has no name of its own
    return None if found else near(value, [space.name for space in spaces if space.name])


def _kind(viewer: Member, value: str, result: Narrowed) -> Sequence[str] | None:
    wanted = fold(value).replace("_", " ").rstrip("s")
    source = {"reply": "reply", "replie": "reply", "group": "group"}.get(wanted)
    if source or wanted in ("person", "people", "member"):
        result.only("source", frozenset({source or "person"}))
        return None
    names = {
        kind.name
        for kind in kinds.in_feed()
        if wanted in (kind.name.replace("_", " "), fold(str(kind.word)).rstrip("s"))
    }
    result.only("kind", frozenset(names))
    known = [*(fold(str(kind.word)) for kind in kinds.in_feed()), *OTHER_KINDS]
    return None if names else near(value, known) or known


def _grade(viewer: Member, value: str, result: Narrowed) -> Sequence[str] | None:
    plain = fold(value).removeprefix("grade").strip()
    number = "0" if plain in KINDERGARTEN else plain.rstrip("thsndr")
    number = str(SPELT.index(plain) + 1) if plain in SPELT else number
    known = number in {str(grade) for grade in GRADES}
    result.only("grade", frozenset({number}) if known else NOTHING)
    return None if known else ()


def _standard(viewer: Member, value: str, result: Narrowed) -> Sequence[str] | None:
    """With all that is beneath it, and with what another list says is exactly the same."""
    found = branch_ids(standards_of_code(viewer.network_id, value)) if viewer.may_read else ()
    result.only("standard", frozenset(str(standard_id) for standard_id in found))
    return None if found else ()


def _outcome(viewer: Member, value: str, result: Narrowed) -> Sequence[str] | None:
    plain = "".join(letter for letter in fold(value) if letter.isalpha())
    meant = {"didntwork": "did_not_work", "didnotwork": "did_not_work", "failed": "did_not_work"}
    outcome = meant.get(plain, plain)
    known = outcome in OUTCOMES
    result.only("outcome", frozenset({outcome}) if known else NOTHING)
    return None if known else near(value, OUTCOME_NAMES) or OUTCOME_NAMES


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


_MEANINGS: dict[str, Callable[[Member, str, Narrowed], Sequence[str] | None]] = {
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
