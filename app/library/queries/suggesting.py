"""What colleagues suggest for a resource: all of it for its owner, one's own for everybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution
from app.contributions.queries.standards import named_on
from app.core.access import NotFound
from app.core.db import db
from app.library.models import Resource, ResourceSuggestion
from app.library.models.vocabulary import language_word, subject_word, what_word
from app.library.policy import can_answer_suggestions
from app.library.queries.resources import get_resource
from app.networks.models import Member
from app.networks.models.words import grades_word
from app.networks.queries import drivers_of
from app.standards.models import name_of, relation_word
from app.standards.queries import standards_by_id

SHOWN = 40
THANKED = 20


@dataclass(frozen=True)
class Change:
    """One field: what it says, and what it would say; each empty for nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Suggested:
    suggestion: ResourceSuggestion
    changes: Sequence[Change]


def get_suggestion(viewer: Member, suggestion_id: int) -> tuple[Contribution, Resource, ResourceSuggestion]:
    """An open one with its resource, for its maker and for who answers it. Raises NotFound."""
    found = db.session.get(ResourceSuggestion, suggestion_id)
    if found is None or found.state != "open":
        raise NotFound
    resource, body = get_resource(viewer, found.contribution_id)
    if found.member_id != viewer.id and not can_answer_suggestions(viewer, resource):
        raise NotFound
    return resource, body, found


def my_suggestion(viewer: Member, resource: Contribution) -> ResourceSuggestion | None:
    """The viewer's own open one; the caller has checked that they see the resource."""
    return db.session.scalar(_open_on(resource).where(ResourceSuggestion.member_id == viewer.id))


def suggestions_on(viewer: Member, resource: Contribution, body: Resource) -> list[Suggested]:
    """What waits for an answer, the oldest first: everybody's for the owner, else the viewer's own."""
    query = _open_on(resource)
    if not can_answer_suggestions(viewer, resource):
        query = query.where(ResourceSuggestion.member_id == viewer.id)
    query = query.options(joinedload(ResourceSuggestion.member)).order_by(ResourceSuggestion.id)
    found = list(db.session.scalars(query.limit(SHOWN)))
    return [Suggested(one, _changes(viewer, resource, body, one.said)) for one in found]


def suggested_by(resource: Contribution) -> list[Member]:
    """Whose suggestions were taken, the first one first; the caller has checked that the viewer sees it."""
    query = (
        select(ResourceSuggestion)
        .where(ResourceSuggestion.contribution_id == resource.id, ResourceSuggestion.state == "taken")
        .options(joinedload(ResourceSuggestion.member))
        .order_by(ResourceSuggestion.id)
    )
    people = {one.member_id: one.member for one in db.session.scalars(query)}
    return [member for member in people.values() if member.name][:THANKED]


def _open_on(resource: Contribution) -> Any:
    return select(ResourceSuggestion).where(
        ResourceSuggestion.contribution_id == resource.id, ResourceSuggestion.state == "open"
    )


def _changes(viewer: Member, resource: Contribution, body: Resource, said: Mapping[str, Any]) -> list[Change]:
    drivers = {driver.id: driver.name for driver in drivers_of(viewer.network)}
    now: dict[str, Any] = {
        "title": resource.title,
        "grades": resource.grades,
        "driver": resource.driver_id,
    }
    words: dict[str, tuple[str, Any]] = {
        "title": (_("Title"), str),
        "what": (_("What is it?"), what_word),
        "grades": (_("Grades"), lambda mask: str(grades_word(mask)) if mask else ""),
        "subject": (_("Subject"), subject_word),
        "minutes": (_("Minutes"), lambda minutes: str(minutes or "")),
        "needs": (_("What is needed"), str),
        "language": (_("Language"), language_word),
        "tags": (_("Tags"), ", ".join),
        "driver": (_("Driver"), lambda number: drivers.get(number, "")),
    }
    changes = [
        Change(label, word(now[name] if name in now else getattr(body, name)), word(said[name]))
        for name, (label, word) in words.items()
        if name in said
    ]
    return changes + _standards(viewer, resource, said.get("standards", {}))


def _standards(viewer: Member, resource: Contribution, said: Mapping[str, Any]) -> list[Change]:
    """One line for each standard that comes, goes, or is served otherwise."""
    if not said:
        return []
    now = {pick.standard.id: pick.relation for pick in named_on([resource.id]).get(resource.id, [])}
    add = {int(number): how for number, how in said.get("add", {}).items()}
    known = standards_by_id(viewer, [*add, *said.get("drop", [])])
    changes = []
    for number, standard in known.items():
        label = standard.code or name_of(standard)
        before = str(relation_word(now[number])) if number in now else ""
        after = str(relation_word(add[number])) if number in add else ""
        changes.append(Change(label, before, after))
    return changes
