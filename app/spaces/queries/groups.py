"""One group and what somebody is to it, in one query.

A group that the viewer may not know of and one that does not exist take the same query and give
the same answer.
"""

from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from app.core.access import NotFound
from app.core.db import db
from app.core.text import line
from app.networks.models import Member
from app.spaces.models import Group, GroupAsk, GroupInvitation, GroupNorms, Space, SpaceMember, SteppedOut
from app.spaces.policy import finds
from app.spaces.policy.groups import Tie
from app.spaces.policy.leads import has_lead


def _ties(viewer: Member) -> Select[*tuple[Any, ...]]:
    mine = SpaceMember.member_id == viewer.id
    asked = select(GroupAsk.space_id).where(
        GroupAsk.space_id == Space.id, GroupAsk.member_id == viewer.id, GroupAsk.state == "open"
    )
    invited = select(GroupInvitation.space_id).where(
        GroupInvitation.space_id == Space.id, GroupInvitation.member_id == viewer.id
    )
    out = select(SteppedOut.space_id).where(
        SteppedOut.space_id == Space.id, SteppedOut.member_id == viewer.id
    )
    changed = select(func.max(GroupNorms.adopted_at)).where(GroupNorms.space_id == Space.id)
    return (
        select(
            Group,
            SpaceMember.role.label("role"),
            SpaceMember.welcomed_at.label("welcomed_at"),
            func.coalesce(SpaceMember.norms_seen_at, SpaceMember.joined_at).label("knew_norms_at"),
            changed.correlate(Space).scalar_subquery().label("norms_changed_at"),
            exists(asked.correlate(Space)).label("asked"),
            exists(invited.correlate(Space)).label("invited"),
            exists(out.correlate(Space)).label("out"),
            has_lead().label("led"),
        )
        .join(Group.space)
        .outerjoin(SpaceMember, (SpaceMember.space_id == Space.id) & mine)
        .options(joinedload(Group.space).joinedload(Space.site), joinedload(Group.driver))
        .execution_options(populate_existing=True)
    )


def _tie(viewer: Member, row: Any) -> Tie:
    return Tie(
        viewer=viewer,
        space=row.Group.space,
        group=row.Group,
        role=row.role,
        has_asked=row.asked,
        is_invited=row.invited,
        has_stepped_out=row.out,
        has_lead=row.led,
        is_welcomed=row.welcomed_at is not None,
        knew_norms_at=row.knew_norms_at,
        norms_changed_at=row.norms_changed_at,
    )


def get_group(viewer: Member, slug: str) -> Tie:
    """A group by its address. Raises NotFound for one that the viewer may not know of."""
    row = db.session.execute(_ties(viewer).where(Space.slug == line(slug), finds(viewer))).first()
    if row is None:
        raise NotFound
    return _tie(viewer, row)


def tie_of(viewer: Member, space_id: int) -> Tie:
    """The same by number, for verbs and for lines of the bell. Raises NotFound."""
    row = db.session.execute(_ties(viewer).where(Space.id == space_id, finds(viewer))).first()
    if row is None:
        raise NotFound
    return _tie(viewer, row)


def welcome_for(tie: Tie) -> str:
    """The group's welcome while its newcomer has not put it away; clean HTML. Leads wrote it."""
    return tie.group.welcome if tie.role == "member" and not tie.is_welcomed else ""
