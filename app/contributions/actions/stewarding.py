"""Keeping a talk in order: close it, say which reply is the answer, take it to another space."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update

from app.contributions.actions.pinning import forget_pin
from app.contributions.actions.sealing import NotSealable
from app.contributions.events import ContributionEdited, ContributionMoved, ReplyEdited
from app.contributions.models import Contribution
from app.contributions.policy import can_lock, can_mark_answer, can_move, may_leave, require
from app.contributions.queries import get_contribution, get_root
from app.contributions.queries.moving import what_keeps
from app.core import clock
from app.core.access import Forbidden, NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.spaces.models import Space
from app.spaces.policy import require_share_in
from app.spaces.queries import get_space


@command
def lock(actor: Member, root: Contribution, *, locked: bool) -> None:
    """Close it to new replies, or open it again; a second time changes nothing."""
    root = get_root(actor, root.id)
    require(can_lock(actor, root))
    if root.locked != locked:
        root.locked = locked
        _say_changed(root)


@command
def mark_answer(actor: Member, reply: Contribution, *, on: bool) -> None:
    """`reply` is the answer (the only one), or not any more. Raises NotFound, Forbidden."""
    reply = get_contribution(actor, reply.id)
    if reply.root is None or reply.state != "published":
        raise NotFound
    root = get_root(actor, reply.root.id)
    require(can_mark_answer(actor, root))
    wanted = reply.id if on else None
    if on or root.answer_id == reply.id:
        _answer(root, wanted)


def _answer(root: Contribution, reply_id: int | None) -> None:
    before = root.answer_id
    if before == reply_id:
        return
    root.answer_id = reply_id
    for changed in (before, reply_id):
        reply = db.session.get(Contribution, changed) if changed is not None else None
        if reply is not None and reply.state == "published":
            reply.version += 1
            publish(ReplyEdited(reply.id, root.id))
    _say_changed(root)


def forget_answer(reply: Contribution) -> None:
    """A reply that does not show any more is no answer. Inside a command."""
    root = db.session.get(Contribution, reply.root_id) if reply.root_id else None
    if root is not None and root.answer_id == reply.id:
        _answer(root, None)


def _say_changed(root: Contribution) -> None:
    root.version += 1
    db.session.flush()
    publish(ContributionEdited(root.id, root.space_id))


@command
def move(actor: Member, root: Contribution, target: Space) -> Contribution:
    """Take `root` with all its replies to `target`: who sees that space sees them, nobody else.

    Raises NotFound for a root or a space that the actor may not see, Forbidden also where it would
    publish what others wrote, NotSealable where it shows no name and too few people would hide its author.
    """
    # The root's row is the lock: no reply comes between the look and the move.
    db.session.execute(select(Contribution.id).where(Contribution.id == root.id).with_for_update())
    root = get_root(actor, root.id)
    require(can_move(actor, root))
    target = get_space(actor, target.id)
    require_share_in(actor, target)
    if target.kind == "conversation" or target.network_id != root.network_id:
        raise Forbidden
    before = root.space_id
    if before == target.id:
        return root
    kept = what_keeps(actor, root, target)
    if kept == "few":
        raise NotSealable(_("There it would not stay hidden who wrote it: too few people are there."))
    require(not kept)
    forget_pin(root.id)
    _take_to(root, target)
    publish(ContributionMoved(root.id, before, target.id))
    return get_root(actor, root.id)


@command
def put_back(root: Contribution, space: Space, *, since: datetime) -> None:
    """Undo a move, whoever did it: back to where it was, as long as nobody has written in it since and its
    author has not stamped it "stays in this space".

    The caller has judged that it may. Raises Forbidden.
    """
    require(may_leave(root))
    written = select(Contribution.id).where(Contribution.root_id == root.id, Contribution.created_at > since)
    require(db.session.scalar(written.limit(1)) is None and space.network_id == root.network_id)
    before = root.space_id
    forget_pin(root.id)
    _take_to(root, space)
    publish(ContributionMoved(root.id, before, space.id))


def _take_to(root: Contribution, target: Space) -> None:
    left = {} if root.space.access == "open" else {"moved_at": clock.now()}
    db.session.execute(
        update(Contribution)
        .where((Contribution.id == root.id) | (Contribution.root_id == root.id))
        .values(space_id=target.id, version=Contribution.version + 1, **left)
    )
    db.session.expire_all()
