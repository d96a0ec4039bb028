"""What contributions hold about a person: all that they wrote, wherever it stands.

What somebody wrote in a space that they have left since is theirs to download; what others
wrote there is not in it.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, select

from app.accounts.models import Account
from app.contributions.models import Attachment, Commitment, Contribution, Draft, Reaction, Revision, Save
from app.contributions.queries.privacy import overruled
from app.contributions.queries.sealed import letterbox_of, own_sealed_ids
from app.contributions.queries.standards import named_on
from app.core import personal, seals
from app.core.db import db
from app.core.files import files
from app.networks.models import Member


def _members(account: Account) -> list[Member]:
    return list(db.session.scalars(select(Member).where(Member.account_id == account.id)))


@personal.exports("contributions")
def what_they_shared(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """One JSON for each network, and the files."""
    for member in _members(account):
        own, slug = Contribution.author_id == member.id, member.network.slug
        yield f"{slug}/written.json", _all_written(own)
        yield f"{slug}/responses.json", _responses(member)
        for path, content in _files(own):
            yield f"{slug}/files/{path}", content


@personal.exports("unnamed", unnamed=True)
def what_has_no_name(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """The same for what they shared without their name, and the letters about it."""
    for member in _members(account):
        slug, ids = member.network.slug, own_sealed_ids(member)
        if letters := _letters(member):
            yield f"{slug}/letters.json", letters
        if ids:
            own = Contribution.id.in_(ids)
            yield f"{slug}/written.json", _all_written(own)
            for path, content in _files(own):
                yield f"{slug}/files/{path}", content


def _all_written(own: ColumnElement[bool]) -> list[Any]:
    written = select(Contribution).where(own).order_by(Contribution.id)
    return [_written(one) for one in db.session.scalars(written)]


def _written(one: Contribution) -> dict[str, Any]:
    earlier = db.session.scalars(
        select(Revision).where(Revision.contribution_id == one.id).order_by(Revision.version)
    )
    return {
        "id": one.id,
        "kind": one.kind,
        "space": one.space.name,
        "in_reply_to": one.parent_id or one.root_id,
        "reports_on": one.reports_on_id,
        "state": one.state,
        "stays_in_its_space": one.stays,
        "without_name": one.seal is not None,
        "title": one.title,
        "html": one.html,
        "text": one.text,
        "outcome": one.outcome,
        "driver": one.driver.name if one.driver else None,
        "standards": [
            {"code": pick.standard.code, "how": pick.relation} for pick in named_on([one.id]).get(one.id, [])
        ],
        "answers": {key: value for key, value in one.card.items() if key != "files"},
        "files": [file["name"] for file in one.card.get("files", [])],
        "student_privacy_kept": [kept.kind for kept in overruled(one.id)],
        "published_at": one.published_at.isoformat(),
        "edited_at": one.edited_at.isoformat() if one.edited_at else None,
        "earlier": [
            {"title": old.title, "html": old.html, "said_at": old.said_at.isoformat()} for old in earlier
        ],
    }


def _responses(member: Member) -> dict[str, Any]:
    def all_of(model: Any) -> Any:
        return db.session.scalars(select(model).where(model.member_id == member.id))

    return {
        "reactions": [{"to": one.contribution_id, "kind": one.kind} for one in all_of(Reaction)],
        "commitments": [
            {"to": one.contribution_id, "state": one.state, "due_on": str(one.due_on or "")}
            for one in all_of(Commitment)
        ],
        "saved": [one.contribution_id for one in all_of(Save)],
        "drafts": [{"kind": one.kind, "target": one.target, "body": one.body} for one in all_of(Draft)],
    }


def _letters(member: Member) -> list[dict[str, Any]]:
    """Letters about what they shared without their name. Raises seals.Busy."""
    with seals.suppress_unready():
        return seals.letters_of(letterbox_of(member))
    return []


def _files(own: ColumnElement[bool]) -> Iterator[tuple[str, personal.Value]]:
    query = select(Attachment).join(Contribution, Contribution.id == Attachment.contribution_id)
    for each in db.session.scalars(query.where(own)):
        if files.store.exists(each.file.key):
            path = f"{each.contribution_id}-{each.position}-{each.file.name}"
            yield path, partial(files.store.open, each.file.key)
