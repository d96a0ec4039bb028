"""Adding a resource, several at once, and saying it differently.

`Said` is what a checked form comes to: the contribution's columns and the body's. What the form leaves
open is guessed from the title, the files' names and the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.contributions.actions import Piece, edit_contribution, end_draft, name_standards, share
from app.contributions.actions.once import again_if_raced
from app.contributions.actions.posting import named_driver
from app.contributions.models import Contribution
from app.contributions.policy import require
from app.core import text
from app.core.command import command
from app.core.db import db
from app.core.files.models import StoredFile
from app.library.actions.requesting import answer_request
from app.library.actions.versions import keep_version
from app.library.forms import ResourceForm
from app.library.models import KIND, Resource
from app.library.policy import is_resource, may_go_to
from app.library.queries import guess
from app.networks.models import Member
from app.spaces.models import Space
from app.standards.queries import Pick

ON_CARD = (
    "what",
    "form",
    "subject",
    "minutes",
    "needs",
    "language",
    "licence",
    "authors",
    "tags",
    "link_url",
)


class OutOfSight(ValueError):
    """An answer that not everybody who sees the request could open."""


@dataclass(frozen=True)
class Said:
    """`body` holds the columns of `Resource`; `html` is clean; `standards` None leaves them as they are."""

    title: str
    html: str
    body: Mapping[str, Any]
    grades: int = 0
    driver_id: int | None = None
    raw: Any = field(default=None, compare=False)
    standards: Sequence[Pick] | None = None


def said_in(form: ResourceForm, author: Member, names: Sequence[str] = ()) -> Said:
    """A validated form; `names` are those of its files."""
    plain = text.plain(form.clean)
    guessed = guess(form.title.data or "", names, form.link_url.data or "", plain)
    body = {
        "what": form.what.data or guessed.what,
        "form": form.form_of_it,
        "subject": form.subject.data or "",
        "minutes": form.minutes.data or guessed.minutes,
        "needs": form.needs.data or "",
        "language": form.language.data,
        "licence": form.licence.data,
        "authors": form.authors.data or author.name,
        "tags": form.tag_list,
        "link_url": form.link_url.data or "",
    }
    raw = [KIND, {name: entry.data for name, entry in form._fields.items()}]
    grades = form.grades.mask or guessed.grades
    picks = form.standards.picks
    return Said(form.title.data or "", form.clean, body, grades, form.driver.number, raw, picks)


def card_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """What its card shows of the body, as small JSON; empty parts are left out."""
    return {name: body[name] for name in ON_CARD if body[name]}


@again_if_raced
@command
def add_resource(
    actor: Member,
    space: Space,
    said: Said,
    *,
    answers: Contribution | None = None,
    **more: Any,
) -> Contribution:
    """Add to the library, which ends the draft; `more` as for `add_one`. It answers the request `answers`, or
    is not added: raises what `share` and `answer_request` raise, and OutOfSight."""
    made = add_one(actor, space, said, **more)
    end_draft(actor, KIND, "")
    if answers is not None:
        if not may_go_to(made, answers.space):
            raise OutOfSight
        answer_request(actor, answers, made)
    return made


@command
def add_one(
    actor: Member,
    space: Space,
    said: Said,
    *,
    file_keys: Sequence[str] = (),
    file_alts: Sequence[str] = (),
    key: str | None = None,
    sent: Sequence[str] | None = None,
    stays: bool = False,
) -> Contribution:
    """One resource, once for each `key`; `sent` is what the client named for files, where that is something
    else. Raises what `share` raises."""
    piece = Piece(
        kind=KIND,
        html=said.html,
        title=said.title,
        text=text.plain(said.html),
        card=card_of(said.body),
        grades=said.grades,
        driver_id=said.driver_id,
        file_keys=file_keys,
        file_alts=file_alts,
        stays=stays,
        raw=[said.raw, list(file_keys if sent is None else sent)],
    )
    made = share(actor, space, piece, key=key)
    if db.session.get(Resource, made.id) is None:
        db.session.add(Resource(contribution_id=made.id, **said.body))
        db.session.flush()
        keep_version(actor, made, note="")
        if said.standards:
            name_standards(actor, made, said.standards)
    return made


@command
def edit_resource(actor: Member, resource: Contribution, said: Said, *, seen: str | None) -> Contribution:
    """Say it differently; its files change by a new version. Raises Conflict, Forbidden, NotFound."""
    require(is_resource(resource))
    body = db.session.get_one(Resource, resource.id)
    kept: dict[str, Any] = {
        name: resource.card[name] for name in ("files", "uses", "made_of") if name in resource.card
    }
    form = "file" if resource.card.get("files") else said.body["form"]
    columns: dict[str, Any] = {**said.body, "form": form}
    changes = {
        "card": {**card_of(columns), **kept},
        "grades": said.grades,
        "driver_id": named_driver(actor, said.driver_id),
    }
    edited = edit_contribution(actor, resource, html=said.html, title=said.title, seen=seen, changes=changes)
    for name, value in columns.items():
        setattr(body, name, value)
    db.session.flush()
    if said.standards is not None:
        name_standards(actor, edited, said.standards)
    return edited


def names_of(actor: Member, keys: Sequence[str]) -> dict[str, str]:
    """Names of the actor's own fresh uploads, by key, in the order of the keys."""
    query = select(StoredFile.key, StoredFile.name).where(
        StoredFile.key.in_(keys), StoredFile.uploader_id == actor.id, StoredFile.attached_at.is_(None)
    )
    found = {row.key: row.name for row in db.session.execute(query)}
    return {key: found[key] for key in keys if key in found}
