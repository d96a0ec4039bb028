"""Suggesting other words for somebody's resource; its owner takes them with one tap, or leaves it as it is.

Rules: a suggestion holds only what would be different, so that taking it leaves everything alone that was
edited since; one that is taken is an edit of the owner's, with its history. A second one by the same person
takes the place of their open one; whoever answers has read the one that stands.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from app.contributions.actions.asking import ask_first
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.contributions.queries.standards import named_on
from app.core import clock
from app.core.access import NotFound
from app.core.asread import same_words
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.library.actions.adding import Said, edit_resource
from app.library.actions.turns import hold_root
from app.library.events import SuggestionChanged
from app.library.forms import SuggestForm
from app.library.models import Resource, ResourceSuggestion
from app.library.policy import can_answer_suggestions, can_suggest
from app.library.queries import get_resource, get_suggestion
from app.networks.models import Member
from app.networks.queries import drivers_of
from app.standards.queries import Pick, standards_by_id

COLUMNS = ("what", "subject", "minutes", "needs", "language", "tags")
KEPT = ("licence", "authors", "link_url", "form")


class NothingNew(ValueError):
    """A suggestion that says what the resource says already."""


def different(found: Contribution, body: Resource, form: SuggestForm) -> dict[str, Any]:
    """What a validated form says otherwise than the resource does now."""
    wanted: dict[str, Any] = {
        "title": form.title.data,
        "what": form.what.data,
        "grades": form.grades.mask,
        "subject": form.subject.data or "",
        "minutes": form.minutes.data,
        "needs": form.needs.data or "",
        "language": form.language.data,
        "tags": form.tag_list,
        "driver": form.driver.number,
    }
    now: dict[str, Any] = {name: getattr(body, name) for name in COLUMNS}
    now |= {"title": found.title, "grades": found.grades, "driver": found.driver_id}
    said = {name: value for name, value in wanted.items() if value != now[name]}
    standards = _other_standards(found, form)
    return {**said, "standards": standards} if standards else said


def _other_standards(found: Contribution, form: SuggestForm) -> dict[str, Any]:
    if form.standards.picks is None:
        return {}
    now = {pick.standard.id: pick.relation for pick in named_on([found.id]).get(found.id, [])}
    wanted = {pick.standard.id: pick.relation for pick in form.standards.picks}
    add = {str(number): how for number, how in wanted.items() if now.get(number) != how}
    drop = sorted(now.keys() - wanted.keys())
    return {"add": add, "drop": drop} if add or drop else {}


@command
def suggest(
    actor: Member, resource: Contribution, said: Mapping[str, Any], *, word: str = ""
) -> ResourceSuggestion:
    """Raises NotFound, Forbidden, NothingNew, and StudentData."""
    hold_root(resource.id)
    resource, _body = get_resource(actor, resource.id)
    require(can_suggest(actor, resource))
    if not said:
        raise NothingNew
    ask_first(actor, word, *_words_of(said))
    query = select(ResourceSuggestion).where(
        ResourceSuggestion.contribution_id == resource.id,
        ResourceSuggestion.member_id == actor.id,
        ResourceSuggestion.state == "open",
    )
    made = db.session.scalar(query) or ResourceSuggestion(contribution_id=resource.id, member_id=actor.id)
    made.said, made.word, made.made_at = dict(said), word, clock.now()
    db.session.add(made)
    db.session.flush()
    publish(SuggestionChanged(resource.id, actor.id))
    return made


def _words_of(said: Mapping[str, Any]) -> list[str]:
    """What its maker typed."""
    typed = [said[name] for name in ("title", "subject", "needs") if name in said]
    return [*typed, *said.get("tags", [])]


@command
def take_suggestion(actor: Member, suggestion_id: int, read: str | None = None) -> None:
    """Say it as suggested, where it still says what was `read` (its mark). Raises NotFound, Forbidden,
    ReadOtherwise, and what editing raises."""
    resource, body, suggestion = _to_answer(actor, suggestion_id, read)
    edit_resource(actor, resource, _as_said(actor, resource, body, suggestion.said), seen=None)
    _answer(suggestion, "taken")


@command
def decline_suggestion(actor: Member, suggestion_id: int, read: str | None = None) -> None:
    """Leave it as it is. Raises NotFound, Forbidden, ReadOtherwise."""
    _resource, _body, suggestion = _to_answer(actor, suggestion_id, read)
    _answer(suggestion, "declined")


@command
def withdraw_suggestion(actor: Member, suggestion_id: int) -> None:
    """Its maker takes it back while it waits. Raises NotFound."""
    _resource, _body, suggestion = get_suggestion(actor, suggestion_id)
    if suggestion.member_id != actor.id:
        raise NotFound
    db.session.delete(suggestion)
    db.session.flush()
    publish(SuggestionChanged(suggestion.contribution_id, actor.id))


def forget_suggestions(contribution_id: int) -> None:
    """What was suggested goes with the resource that it was for. Inside a command."""
    gone = ResourceSuggestion.contribution_id == contribution_id
    db.session.execute(delete(ResourceSuggestion).where(gone))


def _to_answer(
    actor: Member, suggestion_id: int, read: str | None
) -> tuple[Contribution, Resource, ResourceSuggestion]:
    resource, body, suggestion = get_suggestion(actor, suggestion_id)
    require(can_answer_suggestions(actor, resource))
    # Its maker holds the resource while they say it anew: one waits for the other, and reads what it left.
    hold_root(resource.id)
    now = select(ResourceSuggestion).where(
        ResourceSuggestion.id == suggestion_id, ResourceSuggestion.state == "open"
    )
    if db.session.scalar(now.execution_options(populate_existing=True)) is None:
        raise NotFound
    same_words(read, suggestion.mark)
    return resource, body, suggestion


def _answer(suggestion: ResourceSuggestion, state: str) -> None:
    suggestion.state, suggestion.answered_at = state, clock.now()
    db.session.flush()
    publish(SuggestionChanged(suggestion.contribution_id, suggestion.member_id))


def _as_said(actor: Member, resource: Contribution, body: Resource, said: Mapping[str, Any]) -> Said:
    """The resource as it is, with what was suggested in its place."""
    columns = {name: said.get(name, getattr(body, name)) for name in COLUMNS}
    columns |= {name: getattr(body, name) for name in KEPT}
    driver_id = said.get("driver", resource.driver_id)
    if driver_id is not None and driver_id not in {driver.id for driver in drivers_of(actor.network)}:
        driver_id = resource.driver_id
    return Said(
        title=said.get("title", resource.title),
        html=resource.html,
        body=columns,
        grades=said.get("grades", resource.grades),
        driver_id=driver_id,
        standards=_picks(actor, resource, said["standards"]) if "standards" in said else None,
    )


def _picks(actor: Member, resource: Contribution, said: Mapping[str, Any]) -> list[Pick]:
    """Those that it names now, without what would go and with what would come."""
    add = {int(number): how for number, how in said.get("add", {}).items()}
    stay = [
        pick
        for pick in named_on([resource.id]).get(resource.id, [])
        if pick.standard.id not in add and pick.standard.id not in said.get("drop", [])
    ]
    known = standards_by_id(actor, add)
    return stay + [Pick(known[number], how) for number, how in add.items() if number in known]
