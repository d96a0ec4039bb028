"""Telling of schools and roles by one's own word: who may confirm one, and the answer to who waits.

The first converges like the rest of the bell: the lines about a claim are those of the people
who may answer it now, and of nobody once it is settled.
"""

from sqlalchemy import or_, select

from app.core.command import command
from app.core.db import db
from app.networks.models import Member
from app.networks.policy import can_confirm_role, can_confirm_site
from app.notifications.actions.abouts import lines_about, take_lines, tell_about

TOLD_AT_MOST = 60
"""People of one school who are told; in a larger one, that is plenty."""


@command
def tell_of_claim(member_id: int) -> None:
    """Make the lines about where a member says they are be what is true now."""
    member = db.session.get(Member, member_id)
    readers = _who_may_answer(member) if member is not None else {}
    told, over = set(), []
    for line in lines_about("site_claimed", member_id):
        claimed_at = member.claimed_at if member is not None else None
        if line.member_id in readers and claimed_at is not None and line.created_at >= claimed_at:
            told.add(line.member_id)
        else:
            over.append(line)
    take_lines(over)
    for reader_id in sorted(set(readers) - told):
        tell_about(reader_id, "site_claimed", member_id, actor_id=member_id)


@command
def tell_of_role(member_id: int) -> None:
    """Make the lines about the role that a member says they have be what is true now."""
    member = db.session.get(Member, member_id)
    readers: set[int] = set()
    if member is not None and not member.role_confirmed:
        readers = {each.id for each in _hub(member) if can_confirm_role(each, member)}
    lines = lines_about("role_claimed", member_id)
    take_lines(line for line in lines if line.member_id not in readers)
    for reader_id in sorted(readers - {line.member_id for line in lines}):
        tell_about(reader_id, "role_claimed", member_id, actor_id=member_id)


def _hub(member: Member) -> list[Member]:
    people = or_(Member.is_facilitator, Member.is_director)
    query = select(Member).where(Member.network_id == member.network_id, Member.standing == "active", people)
    return list(db.session.scalars(query.order_by(Member.id)))


@command
def tell_of_answer(member_id: int, site_id: int, by_id: int | None, *, confirmed: bool) -> None:
    """Tell a member that their school was confirmed, and by whom; or that it was not."""
    if confirmed:
        tell_about(member_id, "site_opened", site_id, actor_id=by_id)
    else:
        tell_about(member_id, "site_refused", site_id, actor_id=None)


def _who_may_answer(member: Member) -> dict[int, Member]:
    """By number: the hub, and the colleagues at the school who are confirmed there."""
    if member.claimed_site_id is None:
        return {}
    there = or_(Member.is_facilitator, Member.is_director, Member.site_id == member.claimed_site_id)
    query = select(Member).where(Member.network_id == member.network_id, Member.standing == "active", there)
    by_hub_first = query.order_by((Member.is_facilitator | Member.is_director).desc(), Member.id)
    found = db.session.scalars(by_hub_first.limit(TOLD_AT_MOST))
    return {each.id: each for each in found if can_confirm_site(each, member)}
