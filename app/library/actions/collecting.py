"""Collections: made, filled, put in order, taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select

from app.contributions.actions.asking import ask_first
from app.contributions.models import Contribution
from app.contributions.policy import may_be_in, require
from app.core import text
from app.core.command import command
from app.core.db import db
from app.library.actions.turns import hold_root
from app.library.models import Collection, CollectionItem
from app.library.policy import can_add_to_collection, can_keep_collection
from app.library.queries import get_collection, get_resource
from app.networks.models import Member
from app.spaces.models import Space
from app.spaces.policy import require_share_in
from app.spaces.queries import get_space

ITEMS_AT_MOST = 200
NOTE_LIMIT = 500


class Full(ValueError):
    """A collection holds no more."""


@command
def start_collection(actor: Member, *, title: str, about: str, space: Space | None) -> Collection:
    """One's own without a space, else for all who see it. Raises NotFound, Forbidden, StudentData."""
    require(actor.may_write)
    ask_first(actor, title, about)
    if space is not None:
        space = get_space(actor, space.id)
        require_share_in(actor, space)
    made = Collection(
        network_id=actor.network_id,
        space_id=space.id if space else None,
        owner_id=actor.id,
        title=title,
        about=about,
    )
    db.session.add(made)
    db.session.flush()
    return made


@command
def drop_collection(actor: Member, collection: Collection) -> None:
    """The list goes; what is in it stays. Raises NotFound, Forbidden."""
    collection = get_collection(actor, collection.id)
    require(can_keep_collection(actor, collection))
    db.session.execute(delete(CollectionItem).where(CollectionItem.collection_id == collection.id))
    db.session.delete(collection)


@command
def collect(actor: Member, collection: Collection, resource: Contribution, *, note: str = "") -> None:
    """Put it at the end; what is there stays. Raises NotFound, Forbidden, Full, StudentData."""
    collection = get_collection(actor, collection.id)
    require(can_add_to_collection(actor, collection))
    # The row is the lock: no stamp comes between the look and the list.
    hold_root(resource.id)
    resource, _body = get_resource(actor, resource.id)
    require(may_be_in(resource, collection.space))
    ask_first(actor, note)
    if db.session.get(CollectionItem, (collection.id, resource.id)) is not None:
        return
    counted = select(func.count(), func.max(CollectionItem.position)).where(
        CollectionItem.collection_id == collection.id
    )
    number, last = db.session.execute(counted).one()
    if number >= ITEMS_AT_MOST:
        raise Full
    db.session.add(
        CollectionItem(
            collection_id=collection.id,
            contribution_id=resource.id,
            position=(last or 0) + 1,
            note=text.line(note)[:NOTE_LIMIT],
        )
    )
    db.session.flush()


def let_go_elsewhere(contribution_id: int, space_id: int) -> None:
    """It stays in its space: collections of other spaces lose it. Inside a command."""
    elsewhere = select(Collection.id).where(Collection.space_id.is_not(None), Collection.space_id != space_id)
    db.session.execute(
        delete(CollectionItem).where(
            CollectionItem.contribution_id == contribution_id, CollectionItem.collection_id.in_(elsewhere)
        )
    )


@dataclass(frozen=True)
class Arranged:
    """What becomes of the items that their arranger sees, by the number of the resource."""

    order: Sequence[int] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    gone: Sequence[int] = ()


@command
def edit_collection(
    actor: Member, collection: Collection, *, title: str, about: str, items: Arranged
) -> None:
    """Its words and its items in one act: in this order, with these notes, without those that are gone.

    What is not named stays behind them: it may be something that the actor does not see. The same again
    changes nothing. Raises NotFound, Forbidden, and StudentData for what is said anew; then all is as before.
    """
    collection = get_collection(actor, collection.id)
    require(can_keep_collection(actor, collection))
    query = select(CollectionItem).where(CollectionItem.collection_id == collection.id)
    held = list(db.session.scalars(query.order_by(CollectionItem.position)))
    notes = {number: text.line(note)[:NOTE_LIMIT] for number, note in items.notes.items()}
    known = {collection.title, collection.about, *(item.note for item in held)}
    ask_first(actor, *(words for words in (title, about, *notes.values()) if words not in known))
    collection.title, collection.about = title, about
    place = {number: position for position, number in enumerate(items.order)}
    held.sort(key=lambda item: place.get(item.contribution_id, len(place) + item.position))
    for position, item in enumerate(held, 1):
        item.position, item.note = position, notes.get(item.contribution_id, item.note)
        if item.contribution_id in items.gone:
            db.session.delete(item)
    db.session.flush()
