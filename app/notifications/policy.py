"""Which notifications may be shown, and who may be told.

A notification is its reader's own, and shows only while the reader sees what it leads to:
visibility is asked again each time, on the page, in the count, in the live line and in the
mail. It is `contributions.policy.visible_to`, with the reader as the viewer; for lines about groups
`spaces.policy.finds`. What a member wants to be told of a space is asked when a line is made.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from app.contributions.models import Contribution, SealOpening
from app.contributions.policy import visible_to
from app.core import bell, clock
from app.core.db import db
from app.networks.models import Member
from app.networks.queries.viewers import READS
from app.notifications.models import ABOUT_SEALS, ABOUT_SITES, Notification
from app.spaces.models import GroupAsk, GroupInvitation, GroupProposal, Space, SpaceMember, SpaceSetting
from app.spaces.policy import finds
from app.spaces.policy.leads import acting_leads


def shows(reader: Member) -> ColumnElement[bool]:
    """The notifications of `reader` that lead to something they see now, or that they can answer."""
    lands = select(Contribution.id).where(
        Contribution.id == Notification.latest_id, Contribution.state == "published", visible_to(reader)
    )
    leads = exists(lands.correlate(Notification))
    return and_(
        Notification.member_id == reader.id,
        or_(
            leads,
            _waits_for(reader),
            Notification.verb.in_((*ABOUT_SITES, *bell.rings())),
            _of_a_group(reader),
            _of_a_seal(reader),
        ),
    )


def _waits_for(reader: Member) -> ColumnElement[bool]:
    """A colleague's school or role that `reader` may confirm, while it waits: `can_confirm_site` and
    `can_confirm_role` as a clause."""
    me, who = aliased(Member), aliased(Member)
    mine = or_(me.is_facilitator, me.is_director, me.site_id == who.claimed_site_id)
    answers = (
        select(who.id)
        .join(me, me.network_id == who.network_id)
        .where(who.id == Notification.about_id, who.claimed_site_id.is_not(None), who.standing.in_(READS))
        .where(me.id == reader.id, me.id != who.id, me.standing == "active", mine)
    )
    confirms = (
        select(who.id)
        .join(me, me.network_id == who.network_id)
        .where(who.id == Notification.about_id, ~who.role_confirmed, who.standing.in_(READS))
        .where(me.id == reader.id, me.id != who.id, me.standing == "active")
        .where(or_(me.is_facilitator, me.is_director))
    )
    return or_(
        and_(Notification.verb == "site_claimed", exists(answers.correlate(Notification))),
        and_(Notification.verb == "role_claimed", exists(confirms.correlate(Notification))),
    )


def _of_a_seal(reader: Member) -> ColumnElement[bool]:
    """That another one of the hub asks to open a seal together, while nobody has agreed."""
    waits = select(SealOpening.id).where(
        SealOpening.id == Notification.about_id,
        SealOpening.network_id == reader.network_id,
        SealOpening.agreed_at.is_(None),
        SealOpening.asked_by_id != reader.id,
    )
    return and_(Notification.verb.in_(ABOUT_SEALS), _exists(waits), _looks_after(reader))


def _of_a_group(reader: Member) -> ColumnElement[bool]:
    """Lines about groups that `reader` may know of, and what of them still waits for an answer."""
    about = Notification.about_id
    known = select(Space.id).where(Space.id == about, finds(reader))
    mine_here = select(SpaceMember.space_id).where(
        SpaceMember.space_id == about, SpaceMember.member_id == reader.id
    )
    lead = _exists(mine_here.where(SpaceMember.role == "lead"))
    asked = _exists(select(GroupAsk.space_id).where(GroupAsk.space_id == about, GroupAsk.state == "open"))
    invited = _exists(
        select(GroupInvitation.space_id).where(
            GroupInvitation.space_id == about, GroupInvitation.member_id == reader.id
        )
    )
    proposal = select(GroupProposal.id).where(
        GroupProposal.id == about, GroupProposal.network_id == reader.network_id
    )
    waiting, mine = GroupProposal.state == "open", GroupProposal.member_id == reader.id
    verb = Notification.verb
    lines = or_(
        and_(verb.in_(("group_opened", "group_closed", "group_lead", "group_hello")), _exists(known)),
        and_(verb == "group_asked", lead, asked),
        and_(verb == "group_invite", invited),
        and_(verb == "group_alone", _looks_after(reader), ~_exists(acting_leads(about))),
        and_(verb == "group_unled", _exists(mine_here), ~_exists(acting_leads(about))),
        and_(
            verb == "group_wanted",
            _looks_after(reader),
            _exists(proposal.where(waiting)),
        ),
        and_(verb.in_(("group_yes", "group_no")), _exists(proposal.where(mine))),
    )
    return and_(about.is_not(None), lines)


def _exists(found: Select[Any]) -> ColumnElement[bool]:
    return exists(found.correlate(Notification))


def _looks_after(reader: Member) -> ColumnElement[bool]:
    """Whether the reader is of the hub now, as a clause: a statement may be built for anybody."""
    me = aliased(Member)
    hub = select(me.id).where(
        me.id == reader.id, me.standing == "active", or_(me.is_facilitator, me.is_director)
    )
    return exists(hub)


def shows_to_any(readers: Sequence[Member]) -> ColumnElement[bool]:
    """The same for one person's members in several networks."""
    if not readers:
        return false()
    mine = Notification.member_id.in_([reader.id for reader in readers])
    return and_(mine, or_(*(shows(reader) for reader in readers)))


def can_be_told(reader: Member, contribution_id: int) -> bool:
    """Whether `reader` sees the published contribution, so that a line may lead to it."""
    sees = select(Contribution.id).where(
        Contribution.id == contribution_id, Contribution.state == "published", visible_to(reader)
    )
    return reader.may_read and db.session.scalar(sees) is not None


def silenced(space_id: int, member_ids: Sequence[int], verb: str) -> set[int]:
    """Who of these wants to hear nothing of this in a space.

    *Nothing* means nothing at all; while somebody is quiet, only their own name reaches them. What they
    shared themselves and must look at is always told.
    """
    if verb == "privacy":
        return set()
    query = select(SpaceSetting).where(
        SpaceSetting.space_id == space_id, SpaceSetting.member_id.in_(list(member_ids))
    )
    return {
        setting.member_id
        for setting in db.session.scalars(query)
        if setting.level == "nothing" or (setting.is_muted and verb != "mentioned")
    }


def leads_to(root_id: int) -> ColumnElement[bool]:
    """The notifications that lead to a root or to one of its replies."""
    there = select(Contribution.id).where(
        Contribution.id == Notification.latest_id,
        or_(Contribution.id == root_id, Contribution.root_id == root_id),
    )
    return exists(there.correlate(Notification))


QUIET_FROM, QUIET_UNTIL = 22, 7
"""Hours of the reader's own wall clock between which no mail is sent."""


def is_quiet(zone: str, at: datetime) -> bool:
    """Whether it is night for a reader in `zone`, summer time and all."""
    hour = clock.in_zone(at, zone).hour
    return hour >= QUIET_FROM or hour < QUIET_UNTIL
