"""What goes into an archive of resources: each with its files, its line and its standards, as far as the
viewer sees; and what is left out, with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, or_, select

from app.contributions.models import Contribution
from app.contributions.policy import authored_by, visible_to
from app.contributions.queries.standards import named_on
from app.core.addresses import absolute, path_for
from app.core.db import db
from app.core.files.models import StoredFile
from app.core.files.packing import apart, safe_name
from app.core.maths import line_read
from app.library.models import KIND, Adaptation, Collection, CollectionItem, Resource, licence_of
from app.library.queries.browsing import rows_of
from app.library.queries.resources import Gone, Kin, attribution_of, gone_sources
from app.networks.models import Member
from app.standards.queries import Pick

PACKED_AT_MOST = 500 * 1024 * 1024
"""Bytes of files in one archive."""
OWN_AT_MOST = 1000
WAITS, GONE, TOO_MUCH = "waits", "gone", "too much"


@dataclass
class PackedFile:
    """`left_out` is the reason why it is not inside; empty for what is."""

    key: str
    name: str
    path: str
    size: int
    left_out: str = ""


@dataclass(frozen=True)
class PackedItem:
    post: Any
    note: str
    attribution: str
    licence: Any
    address: str
    link: str
    standards: Sequence[Pick]
    files: Sequence[PackedFile]


@dataclass(frozen=True)
class Pack:
    """`hidden` counts what is in the list and the viewer does not see."""

    items: Sequence[PackedItem]
    hidden: int = 0
    about: str = ""
    title: str = ""
    made_by: str = ""


def pack_collection(viewer: Member, collection: Collection, notes: Mapping[int, str]) -> Pack:
    """`notes` are those of the items that the viewer sees, in order, by id."""
    every = select(func.count()).where(CollectionItem.collection_id == collection.id)
    may_go = _may_go(viewer, list(notes))
    notes = {number: note for number, note in notes.items() if number in may_go}
    hidden = (db.session.scalar(every) or 0) - len(notes)
    owner = collection.owner.name if collection.owner else ""
    return Pack(_items(viewer, notes), hidden, collection.about, collection.title, owner)


def own_ids(viewer: Member) -> list[int]:
    """All that the viewer keeps in the library, the newest first."""
    query = select(Contribution.id).where(
        Contribution.kind == KIND,
        Contribution.state == "published",
        Contribution.network_id == viewer.network_id,
        authored_by(viewer),
        visible_to(viewer),
    )
    newest = query.order_by(Contribution.published_at.desc(), Contribution.id.desc())
    return list(db.session.scalars(newest.limit(OWN_AT_MOST)))


def pack_own(viewer: Member, title: str) -> Pack:
    return Pack(_items(viewer, dict.fromkeys(own_ids(viewer), "")), title=title, made_by=viewer.name)


def seen_now(viewer: Member, pack: Pack) -> Pack:
    """The same without what was taken back, or moved out of sight, since it was put together."""
    ids = [item.post.id for item in pack.items]
    seen = _may_go(viewer, ids)
    items = [item for item in pack.items if item.post.id in seen]
    return replace(pack, items=items, hidden=pack.hidden + len(ids) - len(items))


def _may_go(viewer: Member, ids: Sequence[int]) -> set[int]:
    """Those that the viewer may take along: seen; a stamp "stays in this space" holds all but its author."""
    query = select(Contribution.id).where(
        Contribution.id.in_(ids),
        Contribution.state == "published",
        visible_to(viewer),
        or_(~Contribution.stays, authored_by(viewer)),
    )
    return set(db.session.scalars(query))


def size_of(rows: Sequence[Any]) -> int:
    """Bytes of the files on these card rows."""
    return sum(file.get("size") or 0 for row in rows for file in row.card.get("files", []))


def _items(viewer: Member, notes: Mapping[int, str]) -> list[PackedItem]:
    rows, ids = rows_of(list(notes)), list(notes)
    standards, sources, stored = named_on(ids), _sources(viewer, ids), _stored(rows)
    bodies = {
        body.contribution_id: body
        for body in db.session.scalars(select(Resource).where(Resource.contribution_id.in_(ids)))
    }
    items, room = [], PACKED_AT_MOST
    for number, row in enumerate((row for row in rows if row.id in bodies), 1):
        body = bodies[row.id]
        address = absolute(path_for("contributions.page", network=row.network, contribution_id=row.id))
        packed, room = _files(row, f"{number:02} {safe_name(line_read(row.title), 'resource')}", stored, room)
        items.append(
            PackedItem(
                post=row,
                note=notes[row.id],
                attribution=attribution_of(
                    row.title, body.authors, body.licence, address, sources.get(row.id, ())
                ),
                licence=licence_of(body.licence),
                address=address,
                link=body.link_url,
                standards=standards.get(row.id, ()),
                files=packed,
            )
        )
    return items


def _stored(rows: Sequence[Any]) -> dict[str, str]:
    """The state of each file that the cards name."""
    keys = [file["key"] for row in rows for file in row.card.get("files", [])]
    query = select(StoredFile.key, StoredFile.state).where(StoredFile.key.in_(keys))
    return {row.key: row.state for row in db.session.execute(query)}


def _files(row: Any, folder: str, stored: Mapping[str, str], room: int) -> tuple[list[PackedFile], int]:
    """The files of one resource, and how many bytes are left for the next."""
    found, taken = [], set[str]()
    for file in row.card.get("files", []):
        name = apart(safe_name(file["name"]), taken)
        state = stored.get(file["key"], "")
        why = "" if state == "ready" else WAITS if state == "quarantined" else GONE
        if not why and file["size"] > room:
            why = TOO_MUCH
        room -= 0 if why else file["size"]
        found.append(PackedFile(file["key"], name, f"{folder}/{name}", file["size"], why))
    return found, room


def _sources(viewer: Member, ids: Sequence[int]) -> dict[int, list[Kin | Gone]]:
    """What each was made from, as far as the viewer sees: its line names that."""
    query = (
        select(Adaptation.contribution_id, Contribution, Resource.licence, Resource.authors)
        .join(Contribution, Contribution.id == Adaptation.source_id)
        .join(Resource, Resource.contribution_id == Contribution.id)
        .where(Adaptation.contribution_id.in_(ids), Contribution.state == "published", visible_to(viewer))
        .order_by(Adaptation.contribution_id, Contribution.id)
    )
    found: dict[int, list[Kin | Gone]] = {number: [*gone] for number, gone in gone_sources(ids).items()}
    for number, source, licence, authors in db.session.execute(query):
        found.setdefault(number, []).append(Kin(source, "", licence, authors))
    return found
