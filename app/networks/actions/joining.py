"""Becoming a member: by an invitation, by the operator's hand, or by asking.

Rules: one account is one member of a network, whatever the way in; a use of a link is
counted by the database, so that of two people on its last use one wins. A link that is
older than somebody's leaving does not bring them back. The demo and real networks never
share a person.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select, update

from app.accounts.models import Account
from app.core import clock
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks import policy
from app.networks.actions.members import come_in
from app.networks.actions.roles import settle_role
from app.networks.actions.schools import claim, settle, somebody_else_at
from app.networks.actions.sites import open_site
from app.networks.actions.words import lines
from app.networks.events import (
    MemberAdmitted,
    MemberAsked,
    MemberChangedHubRole,
    MemberDeclined,
)
from app.networks.models import ROLES, Invitation, MailInvitation, Member, Network, Site, grade_bit
from app.networks.policy import Actor

REASON = 500


class LinkSpent(Exception):
    """The invitation has expired, was revoked, or has no use left."""


class Mixed(Exception):
    """A demo account and a real network, or the reverse."""


class PracticeOnly(Exception):
    """Nobody new comes into the demo of a public server."""


class NotOpen(Exception):
    """The network takes no requests now."""


@command
def enrol(
    actor: Actor,
    network: Network,
    account: Account,
    *,
    name: str = "",
    role: str | None = None,
    site: Site | None = None,
    grades: Iterable[int] = (),
    is_facilitator: bool = False,
    is_director: bool = False,
) -> Member:
    """Make an account a member at once (set-up, demo, tests). Raises Mixed."""
    policy.insist(policy.can_enrol(actor))
    member = _become_member(
        network,
        account,
        name=name or account.name,
        role=role,
        site_id=site.id if site else None,
        grades=sum(grade_bit(grade) for grade in set(grades)),
        is_facilitator=is_facilitator,
        is_director=is_director,
    )
    if is_facilitator or is_director:
        publish(MemberChangedHubRole(member.id, actor.id if isinstance(actor, Member) else None))
    return member


@command
def join(account: Account, token: str) -> Member:
    """Use an invitation link. Raises NotFound, LinkSpent or Mixed.

    Somebody who is a member already comes in without a use being counted.
    """
    invitation = db.session.scalar(select(Invitation).where(Invitation.token == token))
    if invitation is None:
        raise NotFound
    known = _membership(account, invitation.network_id)
    if known is not None and known.may_read:
        return known
    if known is not None and known.left_at is not None and known.left_at > invitation.created_at:
        raise LinkSpent
    _count_use(invitation)
    _mark_accepted(invitation)
    member = _become_member(invitation.network, account, **_given(invitation))
    if invitation.makes_facilitator:
        publish(MemberChangedHubRole(member.id, invitation.made_by_id))
    return member


@command
def ask_to_join(account: Account, network: Network, *, because: str = "") -> Member:
    """Ask the facilitators. Asking again changes the words. Raises NotOpen, Mixed."""
    if not network.may_ask:
        raise NotOpen
    if network.is_demo != account.is_demo:
        raise Mixed
    member = _membership(account, network.id)
    if member is not None and member.may_read:
        return member
    if member is None:
        member = Member(network_id=network.id, account_id=account.id, name=account.name)
        db.session.add(member)
    newly = member.standing != "asked"
    member.standing, member.asked_because = "asked", lines(because, REASON)
    member.joined_at, member.declined_because = clock.now(), ""
    db.session.flush()
    if newly:
        publish(MemberAsked(member.id))
    return member


@command
def admit(actor: Actor, member: Member, *, role: str | None = None, site_id: int | None = None) -> None:
    """Let somebody in who asked. A second facilitator's answer changes nothing."""
    policy.insist(policy.can_admit(actor, member.network))
    if member.standing != "asked":
        return
    settle_role(member, role if role in ROLES else None)
    settle(member, open_site(member.network_id, site_id))
    member.joined_at = clock.now()
    come_in(member)
    publish(MemberAdmitted(member.id))


@command
def decline(actor: Actor, member: Member, *, reason: str = "") -> None:
    """Answer no to somebody who asked; the reason goes to them by mail."""
    policy.insist(policy.can_admit(actor, member.network))
    if member.standing != "asked":
        return
    member.standing, member.left_at = "former", clock.now()
    member.declined_because = lines(reason, REASON)
    publish(MemberDeclined(member.id))


@command
def forget_decline(member_id: int) -> None:
    """The mail has gone: its words, and the words of the request, are not kept."""
    member = db.session.get(Member, member_id)
    if member is not None and member.standing == "former":
        member.declined_because = member.asked_because = ""


def _given(invitation: Invitation) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if invitation.makes_facilitator:
        given["is_facilitator"] = True
    if invitation.role:
        given["role"] = invitation.role
    if invitation.site is not None and invitation.site.closed_at is None:
        given["site_id"] = invitation.site_id
    return given


def _count_use(invitation: Invitation) -> None:
    used = db.session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > clock.now(),
            or_(Invitation.max_uses.is_(None), Invitation.uses < Invitation.max_uses),
        )
        .values(uses=Invitation.uses + 1)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    ).first()
    if used is None:
        raise LinkSpent


def _mark_accepted(invitation: Invitation) -> None:
    db.session.execute(
        update(MailInvitation)
        .where(MailInvitation.invitation_id == invitation.id, MailInvitation.accepted_at.is_(None))
        .values(accepted_at=clock.now())
    )


def _membership(account: Account, network_id: int) -> Member | None:
    # The account's row is the lock: two ways in at once make one member.
    db.session.execute(select(Account.id).where(Account.id == account.id).with_for_update())
    wanted = (Member.account_id == account.id, Member.network_id == network_id)
    found: Member | None = db.session.scalar(select(Member).where(*wanted))
    return found


def _become_member(network: Network, account: Account, **given: Any) -> Member:
    if network.is_demo != account.is_demo:
        raise Mixed
    member = _membership(account, network.id)
    if member is None:
        member = Member(network_id=network.id, account_id=account.id, name=account.name, standing="asked")
        db.session.add(member)
    newly = not member.may_read
    for field, value in given.items():
        setattr(member, field, value)
    if given.get("role"):
        settle_role(member, given["role"])
    old = member.site if newly and "site_id" not in given else None
    if old is not None and somebody_else_at(old, member):
        # Who comes back after leaving is not known to be at their old school still.
        claim(member, old)
    if newly:
        member.joined_at = clock.now()
        come_in(member)
    db.session.flush()
    return member
