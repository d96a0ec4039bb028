"""Moving to another mail address.

Rules: asked with the password, and done only when somebody who reads the new address's mail says so; the
old address is told at once. Whether somebody else has the new address is not told to the one who asks.
"""

from flask_babel import gettext as _
from sqlalchemy import update

from app.accounts import policy, queries
from app.accounts.actions.opening import EmailTaken, Objection, good_address
from app.accounts.actions.passwords import LinkClosed, close_resets
from app.accounts.actions.tries import confirm_password
from app.accounts.events import EmailChangeAsked, EmailChanged
from app.accounts.models import Account, EmailChange
from app.core import clock, practice, tokens
from app.core.command import command
from app.core.db import db
from app.core.events import publish

PURPOSE = "email"


def ask_to_change_email(actor: Account, *, email: str, password: str) -> EmailChange:
    """Mail a link to the new address. Raises Objection, WrongPassword, TooManyTries."""
    email = good_address(email)
    if email == actor.email:
        raise Objection("email", _("That is your address already."))
    if not practice.may_write_to(actor.is_demo, email):
        raise Objection("email", _("A practice account keeps its address: we write only to @demo.example."))
    confirm_password(actor, password, policy.tries_to_confirm(actor))
    return _await_answer(actor, email=email)


@command
def _await_answer(actor: Account, *, email: str) -> EmailChange:
    _close_changes(actor.id)
    nonce = tokens.new_nonce()
    change = EmailChange(
        account_id=actor.id,
        email=email,
        nonce=nonce,
        token_hash=tokens.fingerprint(tokens.derived(PURPOSE, nonce)),
        expires_at=clock.now() + policy.EMAIL_CHANGE_LASTS,
    )
    db.session.add(change)
    db.session.flush()
    publish(EmailChangeAsked(change.id))
    return change


def token_of(change: EmailChange) -> str:
    """The token that the mail to the new address carries."""
    return tokens.derived(PURPOSE, change.nonce)


@command
def forget_email_change(actor: Account) -> None:
    """Stay with the present address."""
    _close_changes(actor.id)


@command
def change_email(_actor: Account | None, *, token: str) -> Account:
    """The new address answered. Raises LinkClosed, and EmailTaken when somebody came first."""
    change = queries.open_email_change(token)
    if change is None or not change.account.may_sign_in:
        raise LinkClosed
    holder = queries.account_of_address(change.email)
    if holder is not None and holder.id != change.account_id:
        raise EmailTaken
    account = change.account
    account.email = change.email
    _close_changes(account.id)
    close_resets(account.id)
    publish(EmailChanged(account.id))
    return account


def _close_changes(account_id: int) -> None:
    waiting = (EmailChange.account_id == account_id, EmailChange.used_at.is_(None))
    db.session.execute(update(EmailChange).where(*waiting).values(used_at=clock.now()))
