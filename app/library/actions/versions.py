"""Versions: a resource gets other files, another link or text; what was there before stays and opens."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select, update

from app.contributions.actions import edit_contribution
from app.contributions.actions.asking import add_decisions, ask_first
from app.contributions.actions.attaching import FILES_AT_MOST, TooManyFiles, attach, detach, on_card
from app.contributions.actions.forgetting import empty_revision
from app.contributions.events import ContributionEdited
from app.contributions.models import Attachment, Contribution, Revision
from app.contributions.policy import is_author, require
from app.core import text
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.files.models import StoredFile
from app.library.models import Resource, ResourceVersion, VersionFile
from app.library.policy import can_add_version, can_restore
from app.library.queries import get_resource, get_version
from app.networks.models import Member

NOTE_LIMIT = 500


def keep_version(actor: Member, resource: Contribution, *, note: str) -> ResourceVersion:
    """Write down what the resource consists of now, as its next version. Inside a command."""
    body = db.session.get_one(Resource, resource.id)
    highest = select(func.max(ResourceVersion.number)).where(ResourceVersion.contribution_id == resource.id)
    number = (db.session.scalar(highest) or 0) + 1
    version = ResourceVersion(
        contribution_id=resource.id,
        number=number,
        note=note[:NOTE_LIMIT],
        html=resource.html,
        link_url=body.link_url,
        made_by_id=actor.id,
    )
    db.session.add(version)
    db.session.flush()
    for position, file_id in enumerate(_file_ids(resource)):
        db.session.add(VersionFile(version_id=version.id, file_id=file_id, position=position))
    body.version = number
    db.session.flush()
    return version


def _file_ids(resource: Contribution) -> list[int]:
    keys = [file["key"] for file in resource.card.get("files", [])]
    found = select(StoredFile.key, StoredFile.id).where(StoredFile.key.in_(keys))
    ids = {row.key: row.id for row in db.session.execute(found)}
    return [ids[key] for key in keys if key in ids]


@command
def add_version(
    actor: Member,
    resource: Contribution,
    *,
    note: str,
    keep: Sequence[str] = (),
    file_keys: Sequence[str] = (),
    file_alts: Sequence[str] = (),
    html: str | None = None,
    link_url: str | None = None,
) -> ResourceVersion:
    """The files of `keep` stay, fresh uploads come; `html` and `link_url` None stay as they are.

    Raises NotFound, Forbidden, TooManyFiles, and ValueError where nothing would be left.
    """
    resource, body = get_resource(actor, resource.id)
    require(can_add_version(actor, resource))
    kept = [file for file in resource.card.get("files", []) if file["key"] in keep]
    if len(kept) + len(file_keys) > FILES_AT_MOST:
        raise TooManyFiles
    link = body.link_url if link_url is None else link_url
    words = resource.html if html is None else html
    if not (kept or file_keys or link or words):
        raise ValueError("empty")
    found = ask_first(actor, note, text.plain(words), file_keys=file_keys, contribution=resource)
    _carry(actor, resource, body, kept, words, link)
    attach(actor, resource, file_keys, file_alts)
    add_decisions(resource, found)
    fresh = resource.card.get("files", []) if file_keys else []
    _settle(resource, body, [*kept, *fresh])
    return keep_version(actor, resource, note=note)


def _carry(
    actor: Member,
    resource: Contribution,
    body: Resource,
    files: Sequence[dict[str, Any]],
    html: str,
    link: str,
) -> None:
    """What it says now goes into its history; the card carries `files`."""
    card = {name: value for name, value in resource.card.items() if name not in ("files", "link_url")}
    card |= {"link_url": link} if link else {}
    card |= {"files": list(files)} if files else {}
    body.link_url = link
    edit_contribution(actor, resource, html=html, changes={"card": card})


def _settle(resource: Contribution, body: Resource, files: Sequence[dict[str, Any]]) -> None:
    """What it is made of follows from what it carries now."""
    body.form = "file" if files else "link" if body.link_url else "page"
    card = {**resource.card, "form": body.form}
    card.pop("files", None)
    resource.card = {**card, "files": list(files)} if files else card
    db.session.flush()


@command
def restore_version(actor: Member, resource: Contribution, number: int, *, note: str) -> ResourceVersion:
    """What version `number` consisted of becomes the newest one. Raises NotFound, Forbidden."""
    resource, body = get_resource(actor, resource.id)
    require(can_add_version(actor, resource))
    version = get_version(actor, resource, number)
    require(can_restore(version))
    files = [_as_carried(resource, each) for each in version.files]
    _carry(actor, resource, body, files, version.html, version.link_url)
    _settle(resource, body, files)
    return keep_version(actor, resource, note=note)


def _as_carried(resource: Contribution, carried: VersionFile) -> dict[str, Any]:
    alt = db.session.scalar(
        select(Attachment.alt).where(
            Attachment.contribution_id == resource.id, Attachment.file_id == carried.file_id
        )
    )
    return on_card(carried.file, alt or "")


class StillUsed(ValueError):
    """The newest version, or a file that it consists of."""


@command
def take_file_away(actor: Member, resource: Contribution, number: int, key: str) -> None:
    """Take a file out of version `number` and of every other earlier one, with its bytes and its name.

    Raises NotFound, Forbidden, and StillUsed.
    """
    resource, _body = get_resource(actor, resource.id)
    require(can_add_version(actor, resource))
    version = get_version(actor, resource, number)
    if key in [file["key"] for file in resource.card.get("files", [])]:
        raise StillUsed
    carried = next((each for each in version.files if each.file.key == key), None)
    if carried is None:
        raise NotFound
    _take_file(resource, carried.file_id, key)
    resource.version += 1
    db.session.flush()
    publish(ContributionEdited(resource.id, resource.space_id))


def _take_file(resource: Contribution, file_id: int, key: str) -> None:
    held = select(VersionFile.version_id).where(VersionFile.file_id == file_id)
    db.session.execute(
        update(ResourceVersion)
        .where(ResourceVersion.id.in_(held))
        .values(files_taken=ResourceVersion.files_taken + 1)
    )
    db.session.execute(delete(VersionFile).where(VersionFile.file_id == file_id))
    db.session.expire_all()
    _forget_in_history(resource.id, key)
    detach(resource, [key])


@command
def take_resource_version_away(actor: Member, resource: Contribution, number: int) -> None:
    """Empty an earlier version for good: its note, text, link, and files that the newest one has not.

    Its words go from the resource's history too. Raises NotFound, Forbidden, and StillUsed for the newest.
    """
    resource, body = get_resource(actor, resource.id)
    require(is_author(actor, resource))
    version = get_version(actor, resource, number)
    if version.number == body.version:
        raise StillUsed
    still, words = [file["key"] for file in resource.card.get("files", [])], version.html
    carried = [(each.file_id, each.file.key) for each in version.files]
    version.note = version.html = version.link_url = ""
    version.files_taken = max(version.files_taken, 1)
    db.session.execute(delete(VersionFile).where(VersionFile.version_id == version.id))
    db.session.flush()
    for file_id, key in carried:
        if key not in still:
            _take_file(resource, file_id, key)
    for revision in db.session.scalars(select(Revision).where(Revision.contribution_id == resource.id)):
        if words and revision.html == words and words != resource.html:
            empty_revision(revision)
    resource.version += 1
    db.session.flush()
    forget_words(resource.id)
    publish(ContributionEdited(resource.id, resource.space_id))


def forget_words(resource_id: int) -> None:
    """Inside a command: empty versions that neither the resource nor its history says any more."""
    resource = db.session.get(Contribution, resource_id)
    body = db.session.get(Resource, resource_id)
    if resource is None or body is None:
        return
    said = {
        resource.html,
        *db.session.scalars(select(Revision.html).where(Revision.contribution_id == resource_id)),
    }
    earlier = ResourceVersion.contribution_id == resource_id, ResourceVersion.number != body.version
    for version in db.session.scalars(select(ResourceVersion).where(*earlier)):
        if version.html and version.html not in said:
            version.html = ""
    db.session.flush()


def _forget_in_history(contribution_id: int, key: str) -> None:
    """A name may say more than it should: what the resource said before names the file no more."""
    for revision in db.session.scalars(select(Revision).where(Revision.contribution_id == contribution_id)):
        files = revision.card.get("files", [])
        if any(file["key"] == key for file in files):
            revision.card = {**revision.card, "files": [file for file in files if file["key"] != key]}
