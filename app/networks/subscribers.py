"""Mail about joining, written by the worker; and links that close with whoever made them.

Rules: each listener looks at the rows as they are now and says nothing when they no longer
call for it. A mail names the network and who wrote, and carries nothing that was shared.
"""

from smtplib import SMTPException

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import update

from app.accounts.models import Account
from app.core import clock, practice
from app.core.addresses import absolute, path_for
from app.core.db import db
from app.core.doors import closed
from app.core.events import on
from app.core.mail import send_mail
from app.networks import actions, queries
from app.networks.events import (
    MailTestAsked,
    MemberAdmitted,
    MemberAsked,
    MemberDeclined,
    MemberLeft,
    PersonInvited,
    StrangerAsked,
)
from app.networks.models import Invitation, MailInvitation, Member, Network

NO_CONTRIBUTION = "about joining only"


@on(PersonInvited, slow=True)
@closed(NO_CONTRIBUTION)
def mail_invitation(event: PersonInvited) -> None:
    """The link for one address; a repeat after it was sent does nothing."""
    mail = db.session.get(MailInvitation, event.mail_invitation_id)
    if mail is None or mail.sent_at is not None or mail.accepted_at is not None:
        return
    invitation = mail.invitation
    if invitation.revoked_at is not None or invitation.expires_at <= clock.now():
        return
    by = db.session.get(Member, invitation.made_by_id) if invitation.made_by_id else None
    network, address = invitation.network, mail.email
    if not practice.may_write_to(network.is_demo, address):
        return
    with force_locale(network.language):
        subject = _("An invitation to %(network)s", network=network.name)
        link = absolute(path_for("networks.join", token=invitation.token))
        text = render_template(
            "networks/mail/invitation.txt",
            mail=mail,
            network=network,
            by=by,
            link=link,
            days=_days_left(mail),
        )
        send_mail(address, subject, text, key=f"invitation:{mail.id}:{invitation.expires_at.isoformat()}")
    actions.mark_sent(event.mail_invitation_id)


@on(MemberAsked, slow=True)
@closed(NO_CONTRIBUTION)
def mail_facilitators(event: MemberAsked) -> None:
    """Tell those who answer that somebody waits."""
    member = db.session.get(Member, event.member_id)
    if member is None or member.standing != "asked":
        return
    link = absolute(path_for("networks.asks", network=member.network.slug))
    for each in queries.hub_of(member.network):
        account = db.session.get(Account, each.account_id)
        subject = member.network.name
        _write(
            account,
            _("Somebody would like to join %(network)s", network=subject),
            "asked",
            member.network,
            link,
        )


@on(MemberAdmitted, slow=True)
@closed(NO_CONTRIBUTION)
def mail_admitted(event: MemberAdmitted) -> None:
    member = db.session.get(Member, event.member_id)
    if member is not None and member.may_read:
        network = member.network
        subject = _("Welcome to %(network)s", network=network.name)
        link = absolute(path_for("networks.welcome", network=network.slug))
        forgot = absolute(path_for("accounts.forgot"))
        _write(member.account, subject, "admitted", network, link, forgot=forgot)


@on(MemberDeclined, slow=True)
@closed(NO_CONTRIBUTION)
def mail_declined(event: MemberDeclined) -> None:
    """The answer with its reason, which is then forgotten."""
    member = db.session.get(Member, event.member_id)
    if member is None or member.standing != "former" or member.account is None:
        return
    network, reason = member.network, member.declined_because
    subject = _("Your request to %(network)s", network=network.name)
    _write(member.account, subject, "declined", network, "", reason=reason)
    actions.forget_decline(event.member_id)


@on(StrangerAsked, slow=True)
@closed(NO_CONTRIBUTION)
def mail_known_address(event: StrangerAsked) -> None:
    """Whoever owns the address learns how to ask; nobody else learns that they have an account."""
    account, network = db.session.get(Account, event.account_id), db.session.get(Network, event.network_id)
    if account is not None and network is not None:
        subject = _("Joining %(network)s", network=network.name)
        _write(
            account, subject, "sign_in_first", network, absolute(path_for("networks.ask", slug=network.slug))
        )


@on(MailTestAsked, slow=True)
@closed("a greeting to the director who asked for it")
def mail_test(event: MailTestAsked) -> None:
    """The test mail; what went wrong is told on the page instead of being tried again."""
    member = db.session.get(Member, event.member_id)
    if member is None:
        return
    network_id, problem = member.network_id, ""
    try:
        link = absolute(path_for("networks.settings_mail", network=member.network.slug))
        _write(member.account, _("Mail works"), "test", member.network, link)
    except (OSError, SMTPException) as error:
        problem = str(error) or type(error).__name__
    actions.note_test_result(network_id, problem=problem)


def _write(
    account: Account | None, subject: str, letter: str, network: Network, link: str, **more: object
) -> None:
    """One mail in the language of its reader; none to somebody who may not sign in."""
    if account is None or account.email is None or not account.may_sign_in:
        return
    if not practice.may_write_to(network.is_demo or account.is_demo, account.email):
        return
    with force_locale(account.language):
        text = render_template(
            f"networks/mail/{letter}.txt", name=account.name, network=network, link=link, **more
        )
        send_mail(account.email, subject, text)


def _days_left(mail: MailInvitation) -> int:
    return max(1, (mail.invitation.expires_at - clock.now()).days)


@on(MemberLeft)
def their_links_close(event: MemberLeft) -> None:
    """Who leaves takes no way back in along: the invitation links that they made are revoked."""
    db.session.execute(
        update(Invitation)
        .where(Invitation.made_by_id == event.member_id, Invitation.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
