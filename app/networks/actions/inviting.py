"""Invitations: links for many, and mails for one each.

Rules: a link's token is 160 random bits; a mail carries a link of its own with one use. The
mail is sent by the worker; `sent_at` is empty while it waits.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.core import clock, practice
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks import policy
from app.networks.actions.sites import open_site
from app.networks.events import PersonInvited
from app.networks.models import ROLES, Invitation, MailInvitation, Member, Network
from app.networks.policy import Actor

DAYS = (7, 30, 90, 365)
"""What a link's life can be."""
MOST_USES = 5000
MOST_PEOPLE = 500


@dataclass(frozen=True)
class Person:
    """One line of a pasted list, once read."""

    email: str
    name: str = ""


@command
def make_invitation(
    actor: Actor,
    network: Network,
    *,
    role: str | None = None,
    site_id: int | None = None,
    days: int = 30,
    max_uses: int | None = None,
    makes_facilitator: bool = False,
) -> Invitation:
    """A link. Making facilitators by link is for directors. Raises NotFound for a wrong site."""
    policy.insist(policy.can_invite(actor, network))
    if makes_facilitator:
        policy.insist(policy.can_invite_facilitator(actor, network))
    site = open_site(network.id, site_id)
    invitation = Invitation(
        network_id=network.id,
        token=secrets.token_urlsafe(20),
        made_by_id=actor.id if isinstance(actor, Member) else None,
        role=role if role in ROLES else None,
        site_id=site.id if site else None,
        makes_facilitator=makes_facilitator,
        max_uses=max_uses,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=days),
    )
    db.session.add(invitation)
    db.session.flush()
    return invitation


@command
def revoke_invitation(actor: Actor, invitation: Invitation) -> None:
    """The link opens nothing any more; who came through it stays."""
    policy.insist(policy.can_invite(actor, invitation.network))
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()


@command
def invite_people(
    actor: Actor,
    network: Network,
    people: Sequence[Person],
    *,
    role: str | None = None,
    site_id: int | None = None,
    days: int = 30,
) -> list[MailInvitation]:
    """One mail for each address. An address with an open invitation gets that one again.

    Raises Forbidden for an address that this network may not write to.
    """
    policy.insist(policy.can_invite(actor, network))
    policy.insist(all(practice.may_write_to(network.is_demo, person.email) for person in people))
    made = []
    for person in people[:MOST_PEOPLE]:
        waiting = _open_mail(network, person.email)
        if waiting is None:
            invitation = make_invitation(actor, network, role=role, site_id=site_id, days=days, max_uses=1)
            waiting = MailInvitation(
                network_id=network.id, invitation_id=invitation.id, email=person.email, name=person.name
            )
            db.session.add(waiting)
            db.session.flush()
        waiting.sent_at = None
        publish(PersonInvited(waiting.id))
        made.append(waiting)
    return made


@command
def send_again(actor: Actor, mail: MailInvitation) -> None:
    """Another mail with a link that is good for another thirty days."""
    policy.insist(policy.can_invite(actor, mail.invitation.network))
    if mail.accepted_at is None:
        mail.invitation.revoked_at = None
        mail.invitation.expires_at = max(mail.invitation.expires_at, clock.now() + timedelta(days=30))
        mail.sent_at = None
        publish(PersonInvited(mail.id))


@command
def mark_sent(mail_invitation_id: int) -> None:
    mail = db.session.get(MailInvitation, mail_invitation_id)
    if mail is not None:
        mail.sent_at = clock.now()


def _open_mail(network: Network, email: str) -> MailInvitation | None:
    found: MailInvitation | None = db.session.scalar(
        select(MailInvitation)
        .join(MailInvitation.invitation)
        .where(
            MailInvitation.network_id == network.id,
            MailInvitation.email == email,
            MailInvitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
        .order_by(MailInvitation.id.desc())
        .limit(1)
    )
    return found
