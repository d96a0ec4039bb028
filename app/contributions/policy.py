"""Who sees a contribution, and who may do what with it.

`visible_to(viewer)` is one clause, on contributions through spaces, and serves every door. A
contribution that was removed keeps no text in its row; it stays as a tombstone only while
replies by others hang on it. A held one is its author's alone. A reply shows only while its
root shows.

Authorship can be sealed: nothing outside this file compares `author_id`. What is sealed was written by
whoever its seal fits; no table says who that is.
"""

from dataclasses import dataclass
from typing import Any

from flask import g, has_request_context
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution
from app.core import seals
from app.core.access import Forbidden
from app.core.db import db
from app.core.kinds import kinds
from app.networks.models import Member
from app.networks.policy import has_sealed
from app.spaces.models import Space, SpaceMember
from app.spaces.policy import AnyViewer, can_share_in, is_place, sees
from app.spaces.policy.groups import can_pin as may_pin

_Root = aliased(Contribution)


def seal_of(contribution_id: int, member_id: int) -> str:
    """HMAC that ties a sealed contribution to its author without naming them. Raises seals.NotReady."""
    return seals.mark("author", contribution_id, member_id)


def is_author(viewer: Member, contribution: Contribution) -> bool:
    """Whether `viewer` wrote it, also where authorship is sealed."""
    if contribution.seal is not None:
        return seals_match(viewer, contribution.id, contribution.seal)
    return contribution.author_id == viewer.id


def seals_match(viewer: Member, contribution_id: int, seal: str) -> bool:
    """Whether `seal`, of that contribution, is the viewer's."""
    return seals.fits(seal, "author", contribution_id, viewer.id)


def is_sealed_by(actor: Member, contribution: Contribution) -> bool:
    """Whether `actor` wrote it without their name: no row may hold both."""
    return contribution.seal is not None and is_author(actor, contribution)


def authored_by(viewer: Member) -> ColumnElement[bool]:
    """The unsealed contributions of `viewer`, as a clause."""
    return Contribution.author_id == viewer.id


class AnyReader(AnyViewer):
    """Stands for the viewer in a statement with `visible_to` that is built once; `is_now` says who it is."""

    held_unnamed: BindParameter[Any] = bindparam("held_unnamed", expanding=True)

    @staticmethod
    def is_now(viewer: Member) -> dict[str, Any]:
        """The parameters for this viewer. Raises Forbidden for one who may not read."""
        return {**AnyViewer.is_now(viewer), "held_unnamed": held_unnamed_of(viewer)}


def held_unnamed_of(viewer: Member) -> list[int]:
    """The ids of what `viewer` wrote without their name and what is held: the seals say it, no clause can.

    Few are ever held, so they are looked through, once in a request.
    """
    if not has_sealed(viewer.network):
        return []
    known: dict[int, list[int]] = g.setdefault("held_unnamed", {}) if has_request_context() else {}
    if viewer.id not in known:
        held = (Contribution.state == "held", Contribution.seal.is_not(None))
        query = select(Contribution.id, Contribution.seal)
        rows = db.session.execute(query.where(Contribution.network_id == viewer.network_id, *held))
        known[viewer.id] = [row.id for row in rows if seals_match(viewer, row.id, row.seal or "")]
    return known[viewer.id]


def _wrote_held(kind: type[Contribution], viewer: Any) -> ColumnElement[bool]:
    """Of what is held: the viewer's own, with or without their name."""
    if isinstance(viewer, AnyReader):
        return or_(kind.author_id == viewer.id, kind.id.in_(viewer.held_unnamed))
    unnamed = held_unnamed_of(viewer) if isinstance(viewer, Member) else []
    return or_(kind.author_id == viewer.id, kind.id.in_(unnamed)) if unnamed else kind.author_id == viewer.id


def _shows(kind: type[Contribution], viewer: Member) -> ColumnElement[bool]:
    """Published, or a tombstone that others still hang on, or the author's own held one."""
    return or_(
        kind.state == "published",
        and_(kind.state == "removed", kind.reply_count > 0),
        and_(kind.state == "held", _wrote_held(kind, viewer)),
    )


def visible_to(viewer: Member) -> ColumnElement[bool]:
    """The contributions that `viewer` may see, as a clause on `Contribution`."""
    root_shows = exists(
        select(_Root.id)
        .where(_Root.id == Contribution.root_id, _shows(_Root, viewer))
        .correlate(Contribution)
    )
    return and_(
        Contribution.space_id.in_(select(Space.id).where(sees(viewer))),
        _shows(Contribution, viewer),
        or_(Contribution.root_id.is_(None), root_shows),
    )


def in_feed_of(viewer: Member) -> ColumnElement[bool]:
    """The published roots that `viewer` sees, spelt so that the feed's partial index serves.

    The same wall as `visible_to`, without held ones, tombstones and conversations, which no feed shows.
    The plus keeps the planners from beginning at the spaces, which would sort a network's whole past.
    """
    return and_(
        Contribution.network_id == viewer.network_id,
        Contribution.root_id.is_(None),
        Contribution.state == literal_column("'published'"),
        literal_column("+contribution.space_id", BigInteger).in_(
            select(Space.id).where(sees(viewer), is_place())
        ),
    )


@dataclass(frozen=True)
class Can:
    """What a viewer may do with one contribution: its menu and its buttons."""

    edit: bool
    remove: bool
    reply: bool
    react: bool
    commit: bool
    see_history: bool
    pin: bool
    lock: bool
    answer: bool
    move: bool
    stamp: bool
    summarise: bool
    open_seal: bool


def what_can(viewer: Member, contribution: Contribution) -> Can:
    """Every verb at once, for a contribution that the viewer sees."""
    return Can(
        edit=can_edit(viewer, contribution),
        remove=can_remove(viewer, contribution),
        reply=can_post_reply(viewer, contribution.root or contribution),
        react=can_react(viewer, contribution),
        commit=can_commit(viewer, contribution),
        see_history=contribution.state == "published" and contribution.edited_at is not None,
        pin=can_pin(viewer, contribution),
        lock=can_lock(viewer, contribution),
        answer=can_mark_answer(viewer, contribution.root or contribution),
        move=can_move(viewer, contribution),
        stamp=can_stamp(viewer, contribution, stays=not contribution.stays),
        summarise=can_summarise(viewer, contribution),
        open_seal=can_ask_to_open(viewer, contribution),
    )


def _alive(actor: Member, contribution: Contribution) -> bool:
    return contribution.state == "published" and can_share_in(actor, contribution.space)


def can_post_reply(actor: Member, root: Contribution) -> bool:
    return _alive(actor, root) and not root.locked


def can_edit(actor: Member, contribution: Contribution) -> bool:
    """The author, while it shows or is held for an edit. A locked thread takes no edits."""
    shown = contribution.state in ("published", "held") and can_share_in(actor, contribution.space)
    locked = contribution.locked or (contribution.root is not None and contribution.root.locked)
    return shown and not locked and is_author(actor, contribution)


def can_remove(actor: Member, contribution: Contribution) -> bool:
    """The author, also when paused or when the space is archived: what is theirs is theirs."""
    return contribution.state in ("published", "held") and is_author(actor, contribution)


def can_react(actor: Member, contribution: Contribution) -> bool:
    """Anyone but the author, where something was said."""
    return can_keep(contribution) and _alive(actor, contribution) and not is_author(actor, contribution)


def can_keep(contribution: Contribution) -> bool:
    """Whoever sees it may save it, where something was said."""
    return contribution.kind not in kinds or kinds.get(contribution.kind).can_be_thanked


def can_commit(actor: Member, contribution: Contribution) -> bool:
    """ "I'll try this": on roots of a kind that can be tried, by anyone but the author."""
    tried = contribution.kind not in kinds or kinds.get(contribution.kind).can_be_tried
    return contribution.root_id is None and tried and can_react(actor, contribution)


def can_open_seals(actor: Member) -> bool:
    """Whether `actor` is of the hub's people, two of whom open a seal together."""
    return actor.is_hub and actor.may_write


def can_ask_to_open(actor: Member, contribution: Contribution) -> bool:
    """Of what shows or is held; nobody opens their own."""
    sealed = contribution.seal is not None and contribution.state in ("published", "held")
    return can_open_seals(actor) and sealed and not is_author(actor, contribution)


def can_pin(actor: Member, contribution: Contribution) -> bool:
    """Keep it on top of its space: the space's leads; in the commons the hub."""
    if contribution.root_id is not None or contribution.state != "published":
        return False
    role = select(SpaceMember.role).where(
        SpaceMember.space_id == contribution.space_id, SpaceMember.member_id == actor.id
    )
    return may_pin(actor, contribution.space, is_lead=db.session.scalar(role) == "lead")


def can_steward(actor: Member, contribution: Contribution) -> bool:
    """Who keeps a talk in order: its author, the leads of its space, and the hub in the commons."""
    root = contribution.root or contribution
    if not _alive(actor, root):
        return False
    return is_author(actor, root) or leads(actor, root.space)


def leads(actor: Member, space: Space) -> bool:
    """Whether `actor` is a lead of `space`; in the commons that is the hub."""
    if space.kind == "commons":
        return actor.is_hub and actor.network_id == space.network_id
    role = select(SpaceMember.role).where(SpaceMember.space_id == space.id)
    return db.session.scalar(role.where(SpaceMember.member_id == actor.id)) == "lead"


def can_lock(actor: Member, contribution: Contribution) -> bool:
    """Close it to new replies, or open it again."""
    return contribution.root_id is None and can_steward(actor, contribution)


def can_mark_answer(actor: Member, root: Contribution) -> bool:
    """Say which reply is the answer, where the kind asks for one."""
    return root.kind in kinds and kinds.get(root.kind).can_be_answered and can_steward(actor, root)


def others_replied(actor: Member, root: Contribution) -> bool:
    """Whether words of other people hang on it, shown or not: what is held or removed may come back."""
    theirs = select(Contribution.id, Contribution.seal).where(
        Contribution.root_id == root.id, Contribution.author_id.is_distinct_from(actor.id)
    )
    if db.session.execute(theirs.where(Contribution.seal.is_(None)).limit(1)).first() is not None:
        return True
    rows = db.session.execute(theirs.where(Contribution.seal.is_not(None)))
    return not all(seals_match(actor, row.id, row.seal or "") for row in rows)


def can_move(actor: Member, contribution: Contribution) -> bool:
    """Look for another space for it, with its replies; `queries.moving.what_keeps` says where it may go."""
    movable = contribution.kind in kinds and kinds.get(contribution.kind).can_be_moved
    may = contribution.root_id is None and movable and may_leave(contribution)
    return may and can_steward(actor, contribution)


def may_leave(contribution: Contribution) -> bool:
    """Whether it may be moved, copied, collected or shown outside its space: not where its author stamped
    it "stays in this space".

    Every verb that takes something elsewhere asks this; a reply goes with its root.
    """
    return not (contribution.root or contribution).stays


def may_be_in(contribution: Contribution, space: Space | None) -> bool:
    """Whether it may be carried into `space`; None is one's own, which nobody else sees."""
    return space is None or contribution.space_id == space.id or may_leave(contribution)


def can_stamp(actor: Member, contribution: Contribution, *, stays: bool) -> bool:
    """Its author, of a root; lifting the stamp only while nobody else has written under it."""
    mine = contribution.root_id is None and contribution.state in ("published", "held")
    if not mine or not actor.may_write or not is_author(actor, contribution):
        return False
    placed = contribution.space.kind != "conversation"
    return placed and (stays or not others_replied(actor, contribution))


def can_summarise(actor: Member, contribution: Contribution) -> bool:
    """Say on top of a long talk what came out of it."""
    flat = contribution.root_id is None and kinds.is_flat(contribution.kind)
    return flat and can_steward(actor, contribution)


def require(allowed: bool) -> None:
    """Raise Forbidden unless `allowed`."""
    if not allowed:
        raise Forbidden
