"""Ways in: a link as a stranger sees it, and the lists that facilitators keep."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Account
from app.core import clock
from app.core.access import NotFound
from app.core.db import db
from app.core.pages import Page, page_of
from app.networks import policy
from app.networks.models import Invitation, MailInvitation, Member
from app.networks.queries.viewers import READS


def invitation_by_token(token: str) -> Invitation:
    """The invitation behind a link, spent or not. Raises NotFound for no link of ours."""
    if not token.isascii() or not token.isprintable():
        raise NotFound
    query = select(Invitation).options(joinedload(Invitation.network), joinedload(Invitation.site))
    found: Invitation | None = db.session.scalar(query.where(Invitation.token == token[:64]))
    if found is None:
        raise NotFound
    return found


def is_good(invitation: Invitation) -> bool:
    """Whether the link would let one more person in now."""
    if invitation.revoked_at is not None or invitation.expires_at <= clock.now():
        return False
    return invitation.max_uses is None or invitation.uses < invitation.max_uses


def invited_address(invitation: Invitation) -> MailInvitation | None:
    """The mail that this link went out with, if it was one."""
    query = select(MailInvitation).where(MailInvitation.invitation_id == invitation.id)
    found: MailInvitation | None = db.session.scalar(query.limit(1))
    return found


def links_of(viewer: Member, cursor: str | None = None) -> Page[Invitation]:
    """Links for many, the newest first; the links inside mails are not among them."""
    mailed = select(MailInvitation.invitation_id).where(MailInvitation.network_id == viewer.network_id)
    query = (
        select(Invitation)
        .options(joinedload(Invitation.site))
        .where(Invitation.network_id == viewer.network_id, Invitation.id.not_in(mailed))
    )
    return page_of(query, [Invitation.created_at, Invitation.id], cursor)


def mails_of(viewer: Member, cursor: str | None = None) -> Page[MailInvitation]:
    """Invitations by mail, the newest first."""
    query = (
        select(MailInvitation)
        .join(MailInvitation.invitation)
        .options(contains_eager(MailInvitation.invitation))
        .where(MailInvitation.network_id == viewer.network_id)
    )
    return page_of(query, [MailInvitation.id], cursor, size=50)


def asks_of(viewer: Member) -> list[Member]:
    """People who asked to join and wait for an answer, who waited longest first."""
    query = (
        select(Member)
        .options(joinedload(Member.account))
        .where(Member.network_id == viewer.network_id, Member.standing == "asked")
    )
    return list(db.session.scalars(query.order_by(Member.joined_at, Member.id).limit(200)))


def asks_waiting(viewer: Member) -> int:
    """How many wait, for those who answer; 0 for everyone else."""
    if not policy.can_admit(viewer, viewer.network):
        return 0
    wanted = (Member.network_id == viewer.network_id, Member.standing == "asked")
    return db.session.scalar(select(func.count(Member.id)).where(*wanted)) or 0


def link_of(viewer: Member, invitation_id: int) -> Invitation:
    """Raises NotFound."""
    wanted = (Invitation.id == invitation_id, Invitation.network_id == viewer.network_id)
    found: Invitation | None = db.session.scalar(select(Invitation).where(*wanted))
    if found is None:
        raise NotFound
    return found


def mail_of(viewer: Member, mail_id: int) -> MailInvitation:
    """Raises NotFound."""
    wanted = (MailInvitation.id == mail_id, MailInvitation.network_id == viewer.network_id)
    found: MailInvitation | None = db.session.scalar(select(MailInvitation).where(*wanted))
    if found is None:
        raise NotFound
    return found


def members_among(viewer: Member, emails: Iterable[str]) -> set[str]:
    """Which of these addresses belong to present members of the viewer's network."""
    query = (
        select(Account.email)
        .join(Member, Member.account_id == Account.id)
        .where(
            Member.network_id == viewer.network_id,
            Member.standing.in_(READS),
            Account.email.in_(list(emails)),
        )
    )
    return {email for email in db.session.scalars(query) if email}


def invited_among(viewer: Member, emails: Iterable[str]) -> set[str]:
    """Which of these addresses were invited by mail before, and have not come yet."""
    query = select(MailInvitation.email).where(
        MailInvitation.network_id == viewer.network_id,
        MailInvitation.email.in_(list(emails)),
        MailInvitation.accepted_at.is_(None),
    )
    return set(db.session.scalars(query))
