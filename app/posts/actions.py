"""Posting, and saying it differently: from a checked form to a contribution.

The kind's own answers go into its body row and, as small JSON, onto its card; the rest is
written by `contributions`, once for every kind.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.contributions.actions import Piece, edit_contribution, end_draft, name_standards, share
from app.contributions.actions.attaching import detach
from app.contributions.actions.once import again_if_raced
from app.contributions.actions.posting import named_driver
from app.contributions.models import Contribution
from app.contributions.queries.sealed import own_sealed_ids
from app.core import personal, text
from app.core.command import command
from app.core.db import db
from app.networks.models import Member, grade_bit
from app.posts.forms import PostForm, TriedItForm
from app.posts.models import TriedIt
from app.spaces.models import Space

PARTS = ("grade", "setting", "group_size", "minutes", "expected", "happened", "change_next")


@again_if_raced
@command
def post(
    actor: Member,
    space: Space,
    kind: str,
    form: PostForm,
    *,
    file_keys: Sequence[str] = (),
    file_alts: Sequence[str] = (),
    about_id: int | None = None,
    stays: bool = False,
    key: str | None = None,
) -> Contribution:
    """Share a validated form in `space`, once for each `key`. Raises what `share` raises."""
    piece = Piece(
        kind=kind,
        html=form.clean,
        file_keys=file_keys,
        file_alts=file_alts,
        reports_on_id=about_id,
        stays=stays,
        sealed=form.sealed.data,
        raw=[kind, {name: field.data for name, field in form._fields.items()}, list(file_keys), about_id],
        **_said(form, sealed=form.sealed.data),
    )
    contribution = share(actor, space, piece, key=key)
    end_draft(actor, kind, f"about:{about_id}" if about_id else "", unnamed=form.sealed.data)
    if isinstance(form, TriedItForm) and db.session.get(TriedIt, contribution.id) is None:
        db.session.add(TriedIt(contribution_id=contribution.id, **_body(form, sealed=form.sealed.data)))
        db.session.flush()
    if form.standards.picks:
        name_standards(actor, contribution, form.standards.picks)
    return contribution


@command
def edit_post(
    actor: Member,
    contribution: Contribution,
    form: PostForm,
    *,
    seen: str | None,
    without: Sequence[str] = (),
) -> Contribution:
    """Say it differently, `without` the files of these keys. Raises Conflict, Forbidden, NotFound."""
    sealed = contribution.seal is not None
    said = _said(form, sealed=sealed)
    files = [file for file in contribution.card.get("files", []) if file["key"] not in without]
    if files:
        said["card"]["files"] = files
    said["driver_id"] = named_driver(actor, said["driver_id"])
    title = said.pop("title")
    edited = edit_contribution(actor, contribution, html=form.clean, title=title, seen=seen, changes=said)
    detach(edited, without)
    if isinstance(form, TriedItForm):
        row = db.session.get(TriedIt, contribution.id)
        for name, value in _body(form, sealed=sealed).items():
            setattr(row, name, value)
    if form.standards.picks is not None:
        name_standards(actor, edited, form.standards.picks)
    return edited


@personal.erases(floor=5)
def erase_answers(account: Account, keep_contributions: bool) -> None:
    """The answers of a *tried it* go with what its author takes along; nothing cascades from a tombstone."""
    if keep_contributions:
        return
    members = select(Member.id).where(Member.account_id == account.id)
    written = select(Contribution.id).where(Contribution.author_id.in_(members))
    unnamed = [
        contribution_id
        for member in db.session.scalars(select(Member).where(Member.account_id == account.id))
        for contribution_id in own_sealed_ids(member)
    ]
    for which in (TriedIt.contribution_id.in_(written), TriedIt.contribution_id.in_(unnamed)):
        db.session.execute(delete(TriedIt).where(which))


def _said(form: PostForm, *, sealed: bool) -> dict[str, Any]:
    """The columns of the contribution that the form decides, apart from its rich text."""
    plain = text.plain(form.clean)
    said: dict[str, Any] = {"title": form.title.data or "", "card": {}, "text": plain, "grades": 0}
    said["driver_id"] = form.driver.data
    if isinstance(form, TriedItForm):
        body = _body(form, sealed=sealed)
        said["card"] = {name: body[name] for name in PARTS if body[name]}
        said["outcome"] = body["outcome"]
        said["grades"] = grade_bit(body["grade"]) if body["grade"] is not None else 0
        answers = (body[name] for name in ("expected", "happened", "change_next"))
        said["text"] = "\n".join([plain, *map(_readable, answers)])
    return said


def _readable(answer: str) -> str:
    return text.plain(text.from_plain(answer))


def _body(form: TriedItForm, *, sealed: bool) -> dict[str, Any]:
    """What goes without a name goes without a grade too: it tells who teaches it."""
    return {
        "tried": form.clean,
        "outcome": form.outcome.data,
        "grade": int(form.grade.data) if form.grade.data and not sealed else None,
        "setting": form.setting.data or None,
        "group_size": form.group_size.data,
        "minutes": form.minutes.data,
        "expected": form.expected.data or "",
        "happened": form.happened.data or "",
        "change_next": form.change_next.data or "",
    }
