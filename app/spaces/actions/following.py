"""Spaces whose membership follows something: a school, or a role and grades.

Rules: membership is recomputed for one member, when that member changes; the spaces that follow are
few, and one query finds those that may concern them. Somebody who stepped out is left out until they
step in again. A new group fills in batches, so that two thousand people are no long transaction.
"""

from sqlalchemy import delete, or_, select

from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.text import line
from app.networks.models import ROLES, Member
from app.networks.policy import CLASSROOM
from app.networks.queries.viewers import READS
from app.spaces.actions.membership import add_to_space, take_from_space
from app.spaces.actions.opening import add_with_group, free_slug
from app.spaces.events import GroupFilling, GroupStarted
from app.spaces.models import Group, Space, SpaceMember, SteppedOut
from app.spaces.policy import groups as policy
from app.spaces.queries import tie_of

TEACHING = CLASSROOM
"""The roles that count as "teachers at my school"."""
BATCH = 100
"""Members that one transaction looks at while a new group fills."""


def fits(member: Member, group: Group) -> bool:
    """Whether a following space's rule takes this member in."""
    space = group.space
    if not member.may_read or member.network_id != space.network_id:
        return False
    if space.follows == "place":
        of_role = not group.role_names or (member.role_confirmed and member.role in group.role_names)
        return of_role and (not group.grades or bool(group.grades & member.grades))
    if space.site_id is None or member.site_id != space.site_id:
        return False
    return space.follows == "site" or member.role in TEACHING


@command
def follow_site_and_role(member: Member) -> None:
    """Put `member` into the following spaces that fit, and take them out of the others."""
    inside = set(db.session.scalars(select(SpaceMember.space_id).where(SpaceMember.member_id == member.id)))
    out = set(db.session.scalars(select(SteppedOut.space_id).where(SteppedOut.member_id == member.id)))
    following = (
        select(Group)
        .join(Group.space)
        .where(
            Space.network_id == member.network_id,
            Space.follows.is_not(None),
            or_(Space.site_id == member.site_id, Space.site_id.is_(None), Space.id.in_(inside)),
        )
    )
    for group in list(db.session.scalars(following)):
        wanted = fits(member, group) and group.space_id not in out
        if wanted and group.space_id not in inside:
            add_to_space(group.space, member)
        elif not wanted and group.space_id in inside:
            take_from_space(group.space_id, member.id)


@command
def open_role_alike(
    actor: Member, *, name: str, purpose: str = "", roles: tuple[str, ...] = (), grades: int = 0
) -> Group:
    """A group that follows roles and grades in the network; it fills at once, or in the worker.

    Raises Forbidden, and ValueError for a rule that would take in everybody or a name without a letter.
    """
    policy.require(policy.can_look_after_groups(actor))
    roles = tuple(role for role in ROLES if role in roles)
    name = line(name, 120)
    if not name or not (roles or grades):
        raise ValueError("a name and a rule are needed")
    space = Space(
        network_id=actor.network_id,
        kind="role_alike",
        access="closed",
        follows="place",
        name=name,
        purpose=purpose,
        slug=free_slug(actor.network_id, name),
    )
    group = add_with_group(
        space, form="role_alike", roles=",".join(roles), grades=grades, started_by_id=actor.id
    )
    publish(GroupStarted(space.id))
    if fill_batch(space.id) is not None:
        publish(GroupFilling(space.id))
    return group


@command
def fill_batch(space_id: int, after: int = 0) -> int | None:
    """Take in the next hundred members who fit; the number to go on after, None at the end."""
    group = db.session.get(Group, space_id)
    if group is None:
        return None
    query = select(Member).where(
        Member.network_id == group.space.network_id, Member.standing.in_(READS), Member.id > after
    )
    found = list(db.session.scalars(query.order_by(Member.id).limit(BATCH)))
    out = set(db.session.scalars(select(SteppedOut.member_id).where(SteppedOut.space_id == space_id)))
    for member in found:
        if fits(member, group) and member.id not in out:
            add_to_space(group.space, member)
    return found[-1].id if len(found) == BATCH else None


@command
def step_out(actor: Member, space: Space) -> None:
    """Out of a group that follows one's role, until one steps in again."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_step_out(tie))
    db.session.merge(SteppedOut(member_id=actor.id, space_id=space.id))
    take_from_space(space.id, actor.id)


@command
def step_in(actor: Member, space: Space) -> None:
    """Back into it; where the rule no longer fits, only the stepping out is forgotten."""
    tie = tie_of(actor, space.id)
    policy.require(policy.can_step_in(tie))
    db.session.execute(
        delete(SteppedOut).where(SteppedOut.member_id == actor.id, SteppedOut.space_id == space.id)
    )
    if fits(actor, tie.group):
        add_to_space(tie.space, actor)
