"""Where somebody is in a long talk: moved as replies are seen, never backwards by itself."""

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.contributions.events import PlaceMoved
from app.contributions.models import Contribution, HereWish, ReadPlace
from app.contributions.queries import get_root
from app.contributions.queries.reading import last_shown, place_of
from app.core import clock
from app.core.command import command
from app.core.db import db, on_sqlite
from app.core.events import publish
from app.networks.models import Member


@command
def read_up_to(actor: Member, root: Contribution, position: int) -> int:
    """Everything up to `position` was seen; returns where the actor's place is now.

    A smaller position than before changes nothing. Raises NotFound.
    """
    root = get_root(actor, root.id)
    return _put(actor, root, position, forwards=True)


@command
def unread_from(actor: Member, root: Contribution, position: int) -> int:
    """`position` and what follows is unread again: the one way back. Raises NotFound."""
    root = get_root(actor, root.id)
    return _put(actor, root, position - 1, forwards=False)


def _put(actor: Member, root: Contribution, position: int, *, forwards: bool) -> int:
    """Nobody has a place in a talk without a name: the author's would name them, and so would its absence."""
    position = max(0, min(position, last_shown(root)))
    if root.seal is not None:
        return position
    insert = sqlite.insert if on_sqlite() else postgresql.insert
    now = clock.now()
    change: dict[str, Any] = {"position": position, "went_back": not forwards, "moved_at": now}
    fresh = insert(ReadPlace).values(member_id=actor.id, contribution_id=root.id, **change)
    moved = fresh.on_conflict_do_update(
        index_elements=[ReadPlace.member_id, ReadPlace.contribution_id],
        set_=change,
        where=ReadPlace.position < position if forwards else None,
    ).returning(ReadPlace.id)
    place_id = db.session.execute(moved).scalar_one_or_none()
    if place_id is not None:
        publish(PlaceMoved(place_id, actor.id))
        return position
    return _known(actor, root)


def _known(actor: Member, root: Contribution) -> int:
    return place_of(actor, root.id) or 0


def step_over(actor: Member, root_id: int, position: int) -> None:
    """Who had read everything that shows has also read their own reply, at `position`. Inside a command."""
    shown = Contribution.root_id == root_id, Contribution.state == "published"
    before = select(Contribution.position).where(*shown, Contribution.position < position)
    before = before.order_by(Contribution.position.desc()).limit(1)
    read_all = ReadPlace.position >= func.coalesce(before.scalar_subquery(), 0)
    mine = ReadPlace.member_id == actor.id, ReadPlace.contribution_id == root_id
    moved = update(ReadPlace).where(*mine, read_all, ReadPlace.position < position)
    db.session.execute(moved.values(position=position), execution_options={"synchronize_session": False})


@command
def hide_here(actor: Member, hidden: bool) -> None:
    """Whether others see that the actor has a page open, and that they write."""
    wish = db.session.get(HereWish, actor.id)
    if wish is None:
        wish = HereWish(member_id=actor.id)
        db.session.add(wish)
    wish.hidden = hidden
