"""Who sees a contribution, who wrote it, and who may do what with it, split by noun."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from app.contributions.models import Contribution
from app.contributions.policy.authorship import authored_by, is_author, is_sealed_by, seal_of, seals_match
from app.contributions.policy.sight import AnyReader, held_unnamed_of, in_feed_of, visible_to
from app.core.access import Forbidden
from app.core.db import db
from app.core.kinds import kinds
from app.networks.models import Member
from app.spaces.models import Space, SpaceMember
from app.spaces.policy import can_share_in
from app.spaces.policy.groups import can_pin as may_pin

__all__ = [
    "AnyReader",
    "Can",
    "authored_by",
    "can_ask_to_open",
    "can_commit",
    "can_edit",
    "can_keep",
    "can_lock",
    "can_mark_answer",
    "can_move",
    "can_open_seal_of",
    "can_open_seals",
    "can_pin",
    "can_post_reply",
    "can_react",
    "can_remove",
    "can_see_history",
    "can_stamp",
    "can_steward",
    "can_summarise",
    "held_unnamed_of",
    "in_feed_of",
    "is_author",
    "is_sealed_by",
    "judges_it",
    "keeps_stamped",
    "leads",
    "may_be_in",
    "may_leave",
    "others_replied",
    "require",
    "seal_of",
    "seals_match",
    "visible_to",
    "was_asked_to_edit",
    "what_can",
]

_keepers: list[Callable[[Contribution], bool]] = []
_judges: list[Callable[[Member, Contribution], bool]] = []


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
        see_history=can_see_history(viewer, contribution),
        pin=can_pin(viewer, contribution),
        lock=can_lock(viewer, contribution),
        answer=can_mark_answer(viewer, contribution.root or contribution),
        move=can_move(viewer, contribution),
        stamp=can_stamp(viewer, contribution, stays=not contribution.stays),
        summarise=can_summarise(viewer, contribution),
        open_seal=can_ask_to_open(viewer, contribution),
    )


def can_see_history(viewer: Member, contribution: Contribution) -> bool:
    """What it said before, where it was edited; of what goes without a name its author alone."""
    edited = contribution.state == "published" and contribution.edited_at is not None
    return edited and (contribution.seal is None or is_author(viewer, contribution))


def _alive(actor: Member, contribution: Contribution) -> bool:
    return contribution.state == "published" and can_share_in(actor, contribution.space)


def can_post_reply(actor: Member, root: Contribution) -> bool:
    return _alive(actor, root) and not root.locked


def can_edit(actor: Member, contribution: Contribution) -> bool:
    """The author, while it shows or is held for an edit; what was asked for also on a break. A locked thread
    takes no edits.
    """
    asked = was_asked_to_edit(contribution) and actor.standing == "paused" and not actor.waits_with_norms
    may = can_share_in(actor, contribution.space) or (asked and contribution.space.archived_at is None)
    shown = contribution.state in ("published", "held") and may
    locked = contribution.locked or (contribution.root is not None and contribution.root.locked)
    return shown and not locked and is_author(actor, contribution)


def was_asked_to_edit(contribution: Contribution) -> bool:
    """Whether it waits for the edit that its author was asked for."""
    return contribution.state == "held" and contribution.state_reason == "edit asked"


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


def judges_it(function: Callable[[Member, Contribution], bool]) -> Callable[[Member, Contribution], bool]:
    """Register what says that somebody reads a contribution because they judge a case about it."""
    if function not in _judges:
        _judges.append(function)
    return function


def can_open_seal_of(actor: Member, contribution: Contribution) -> bool:
    """Agree to open it, and read the name: of what is there at that moment, and what `actor` sees then or
    judges."""
    if not can_ask_to_open(actor, contribution):
        return False
    seen = select(Contribution.id).where(Contribution.id == contribution.id, visible_to(actor))
    return db.session.scalar(seen) is not None or any(judges(actor, contribution) for judges in _judges)


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


def keeps_stamped(function: Callable[[Contribution], bool]) -> Callable[[Contribution], bool]:
    """Register what says that a stamp may not be lifted, such as of a copy of what stays."""
    if function not in _keepers:
        _keepers.append(function)
    return function


def can_stamp(actor: Member, contribution: Contribution, *, stays: bool) -> bool:
    """Its author, of a root; lifting the stamp only while nobody else has written under it, and nothing that
    it was made of stays."""
    mine = contribution.root_id is None and contribution.state in ("published", "held")
    if not mine or not actor.may_write or not is_author(actor, contribution):
        return False
    placed = contribution.space.kind != "conversation"
    if not placed or stays:
        return placed
    kept = any(keeps(contribution) for keeps in _keepers)
    return not kept and not others_replied(actor, contribution)


def can_summarise(actor: Member, contribution: Contribution) -> bool:
    """Say on top of a long talk what came out of it."""
    flat = contribution.root_id is None and kinds.is_flat(contribution.kind)
    return flat and can_steward(actor, contribution)


def require(allowed: bool) -> None:
    """Raise Forbidden unless `allowed`."""
    if not allowed:
        raise Forbidden
