"""Collections as a viewer reaches them: their own, and those of spaces that they see. What is in one shows as
far as they may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution
from app.contributions.policy import may_be_in, visible_to
from app.core.access import NotFound
from app.core.db import db
from app.library.models import Collection, CollectionItem
from app.library.policy import can_add_to_collection
from app.library.queries.browsing import rows_of
from app.networks.models import Member
from app.spaces.queries import visible_space_ids

SHOWN = 100


@dataclass(frozen=True)
class Item:
    post: Row[*tuple[Any, ...]]
    note: str


@dataclass(frozen=True)
class Listed:
    """A collection in a list, with how many of its items the viewer sees."""

    collection: Collection
    count: int


def _seen(viewer: Member) -> ColumnElement[bool]:
    own = and_(Collection.space_id.is_(None), Collection.owner_id == viewer.id)
    return and_(
        Collection.network_id == viewer.network_id,
        or_(own, Collection.space_id.in_(visible_space_ids(viewer))),
    )


def get_collection(viewer: Member, collection_id: int) -> Collection:
    """Raises NotFound."""
    found = db.session.scalar(select(Collection).where(Collection.id == collection_id, _seen(viewer)))
    if found is None or not viewer.may_read:
        raise NotFound
    return found


def collections_of(viewer: Member, space_id: int | None = None) -> list[Listed]:
    """The viewer's own first, then by name."""
    if not viewer.may_read:
        return []
    seen = (
        select(CollectionItem.collection_id, func.count().label("number"))
        .join(Contribution, Contribution.id == CollectionItem.contribution_id)
        .where(Contribution.state == "published", visible_to(viewer))
        .group_by(CollectionItem.collection_id)
        .subquery()
    )
    query = (
        select(Collection, func.coalesce(seen.c.number, 0))
        .outerjoin(seen, seen.c.collection_id == Collection.id)
        .where(_seen(viewer))
        .options(joinedload(Collection.space), joinedload(Collection.owner))
        .order_by(Collection.space_id.is_not(None), func.lower(Collection.title), Collection.id)
        .limit(SHOWN)
    )
    if space_id is not None:
        query = query.where(Collection.space_id == space_id)
    return [Listed(row[0], row[1]) for row in db.session.execute(query)]


def to_add_to(viewer: Member, resource: Contribution) -> list[Listed]:
    """Those that the viewer may put it into."""
    return [
        one
        for one in collections_of(viewer)
        if can_add_to_collection(viewer, one.collection) and may_be_in(resource, one.collection.space)
    ]


def items_of(viewer: Member, collection: Collection) -> Sequence[Item]:
    """In order, as far as the viewer sees them."""
    query = (
        select(CollectionItem.contribution_id, CollectionItem.note)
        .join(Contribution, Contribution.id == CollectionItem.contribution_id)
        .where(
            CollectionItem.collection_id == collection.id,
            Contribution.state == "published",
            visible_to(viewer),
        )
        .order_by(CollectionItem.position, CollectionItem.contribution_id)
    )
    notes = {row.contribution_id: row.note for row in db.session.execute(query)}
    return [Item(post, notes[post.id]) for post in rows_of(list(notes))]
