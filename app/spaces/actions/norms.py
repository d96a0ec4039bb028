"""A group's own norms: its leads write them, in versions, beside the network's.

Rules: they add; the network's hold all the same. Whoever belongs to the group is shown what changed
until they have put it away.
"""

from collections.abc import Sequence

from sqlalchemy import select, update

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.networks.actions import Overtaken, WrongNorms
from app.networks.actions.norms import tidied
from app.networks.models import Member, with_refs
from app.spaces.models import GroupNorms, Space, SpaceMember
from app.spaces.policy import groups as policy
from app.spaces.queries import tie_of
from app.spaces.queries.norms import group_norms

__all__ = ["Overtaken", "WrongNorms", "put_group_norms_away", "set_group_norms"]

GROUP_MOST = 10


@command
def set_group_norms(
    actor: Member, space: Space, norms: Sequence[dict[str, str]], *, after: int = 0
) -> GroupNorms | None:
    """What holds here beside the network's norms; none is an answer too.

    `after`: the version that it was written from, 0 for none. Raises Forbidden, NotFound, Overtaken,
    WrongNorms, TooLong.
    """
    tie = tie_of(actor, space.id)
    policy.require(policy.can_change_group(tie))
    db.session.execute(select(Space.id).where(Space.id == space.id).with_for_update())
    current = group_norms(space)
    if after != (current.version if current else 0):
        raise Overtaken
    if len(norms) > GROUP_MOST:
        raise WrongNorms
    now = current.norms if current else []
    kept = with_refs(tidied(norms) if norms else [], _refs(space), f"g{space.id}.", now)
    if kept == now:
        return current
    made = GroupNorms(
        space_id=space.id,
        version=(current.version if current else 0) + 1,
        norms=kept,
        adopted_at=clock.now(),
        adopted_by_id=actor.id,
    )
    db.session.add(made)
    db.session.flush()
    _seen(actor, space)
    return made


@command
def put_group_norms_away(actor: Member, space: Space) -> None:
    """They have read what changed."""
    policy.require(tie_of(actor, space.id).is_member)
    _seen(actor, space)


def _seen(actor: Member, space: Space) -> None:
    mine = (SpaceMember.space_id == space.id, SpaceMember.member_id == actor.id)
    db.session.execute(update(SpaceMember).where(*mine).values(norms_seen_at=clock.now()))


def _refs(space: Space) -> set[str]:
    versions = db.session.scalars(select(GroupNorms.norms).where(GroupNorms.space_id == space.id))
    return {norm["ref"] for norms in versions for norm in norms}
