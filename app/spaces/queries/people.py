"""Who is in a group, who asks, who is invited.

Rules: the caller holds a tie. People of a group are listed for those who see it; asks and invitations
for its leads.
"""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.access import NotFound
from app.core.db import db
from app.core.pages import Page, encode, keyset
from app.core.text import line
from app.networks.models import Member, fold
from app.networks.queries.viewers import READS
from app.spaces.models import GroupAsk, GroupInvitation, SpaceMember
from app.spaces.policy.groups import Tie

SIZE = 40
FOUND_AT_MOST = 20


def leads_of(space_id: int) -> list[Member]:
    """The leads of a group, by name. Everybody who may know of it may know them."""
    query = select(Member).join(SpaceMember, SpaceMember.member_id == Member.id)
    query = query.where(SpaceMember.space_id == space_id, SpaceMember.role == "lead")
    return list(db.session.scalars(query.options(joinedload(Member.site)).order_by(Member.name_key)))


def group_people(tie: Tie, cursor: str | None = None, words: str = "") -> Page[SpaceMember]:
    """Members by name. Raises NotFound for somebody who does not see the group."""
    if not tie.sees:
        raise NotFound
    query = (
        select(SpaceMember, Member.name_key, Member.id)
        .join(SpaceMember.member)
        .options(contains_eager(SpaceMember.member).joinedload(Member.site))
        .where(SpaceMember.space_id == tie.space.id)
    )
    for word in fold(line(words)).split()[:6]:
        query = query.where(Member.words.contains(word, autoescape=True))
    by = (Member.name_key, Member.id)
    rows = list(db.session.execute(keyset(query, by, cursor, newest_first=False).limit(SIZE + 1)))
    more, rows = len(rows) > SIZE, rows[:SIZE]
    return Page([row[0] for row in rows], encode(rows[-1][1:]) if more else None)


def member_of_group(tie: Tie, member_id: int) -> SpaceMember:
    """Raises NotFound."""
    found = db.session.get(SpaceMember, (tie.space.id, member_id))
    if found is None or not tie.sees:
        raise NotFound
    return found


def asks_of_group(space_id: int, limit: int = 100) -> list[GroupAsk]:
    """Open asks, who waited longest first; for leads."""
    query = (
        select(GroupAsk)
        .join(GroupAsk.member)
        .options(contains_eager(GroupAsk.member).joinedload(Member.site))
        .where(GroupAsk.space_id == space_id, GroupAsk.state == "open", Member.standing.in_(READS))
    )
    return list(db.session.scalars(query.order_by(GroupAsk.asked_at, GroupAsk.member_id).limit(limit)))


def answered_ask(tie: Tie) -> GroupAsk | None:
    """A lead's no to the viewer, with its reason."""
    if tie.is_member or tie.has_asked:
        return None
    found = db.session.get(GroupAsk, (tie.space.id, tie.viewer.id))
    return found if found is not None and found.state == "declined" else None


def invitations_of_group(space_id: int, limit: int = 100) -> list[GroupInvitation]:
    """Invitations that nobody answered yet, the newest first; for leads."""
    query = select(GroupInvitation).options(joinedload(GroupInvitation.member))
    query = query.where(GroupInvitation.space_id == space_id)
    return list(db.session.scalars(query.order_by(GroupInvitation.made_at.desc()).limit(limit)))


def invitations_to(viewer: Member, limit: int = 20) -> list[GroupInvitation]:
    """Groups that `viewer` is invited to."""
    query = select(GroupInvitation).options(
        joinedload(GroupInvitation.space), joinedload(GroupInvitation.made_by)
    )
    query = query.where(GroupInvitation.member_id == viewer.id)
    return list(db.session.scalars(query.order_by(GroupInvitation.made_at.desc()).limit(limit)))


def people_to_invite(tie: Tie, words: str) -> list[Member]:
    """People of the network who are not in the group nor invited, by what was typed."""
    wanted = fold(line(words)).split()[:6]
    if not wanted:
        return []
    inside = select(SpaceMember.member_id).where(SpaceMember.space_id == tie.space.id)
    invited = select(GroupInvitation.member_id).where(GroupInvitation.space_id == tie.space.id)
    query = (
        select(Member)
        .options(joinedload(Member.site))
        .where(
            Member.network_id == tie.space.network_id,
            Member.standing == "active",
            Member.id.not_in(inside),
            Member.id.not_in(invited),
            *(Member.words.contains(word, autoescape=True) for word in wanted),
        )
    )
    return list(db.session.scalars(query.order_by(Member.name_key, Member.id).limit(FOUND_AT_MOST)))
