"""Changing a password, and coming back without one.

Rules: whoever changes it ends every other session, open resets and waiting changes of address. Asking for
a reset does the same work for an address that nobody has. The mail's token is derived from the row when
the mail is written; a newer reset makes the older ones worthless; three an hour and account are mailed.
"""

from datetime import timedelta

from sqlalchemy import func, select, update

from app.accounts import policy, queries
from app.accounts.actions.opening import Objection, good_password
from app.accounts.actions.sessions import end_other_sessions, renew_token
from app.accounts.actions.tries import Refused, confirm_password
from app.accounts.events import PasswordChanged, ResetAsked
from app.accounts.models import Account, EmailChange, PasswordReset
from app.core import clock, hashing, tokens
from app.core.command import command
from app.core.db import db
from app.core.events import publish

PURPOSE = "reset"


class LinkClosed(Refused):
    """The link was used, replaced by a newer one, or is too old."""


def change_password(actor: Account, *, current: str, new: str) -> str:
    """Replace the password and end the other sessions; the new token of the present one.

    Raises WrongPassword, TooManyTries, Objection.
    """
    confirm_password(actor, current, policy.tries_to_confirm(actor))
    try:
        good_password(new, email=actor.email or "", name=actor.name)
    except Objection as objection:
        raise Objection("new_password", objection.sentence) from objection
    return _replace_password(actor, password_hash=hashing.hash_password(new))


@command
def _replace_password(actor: Account, *, password_hash: str) -> str:
    _set_password(actor, password_hash)
    here = actor.current_session
    end_other_sessions(actor, but=here)
    return renew_token(actor, here) if here is not None else ""


def _set_password(account: Account, password_hash: str) -> None:
    account.password_hash = password_hash
    close_resets(account.id)
    _close(EmailChange, account.id)
    publish(PasswordChanged(account.id))


def close_resets(account_id: int) -> None:
    """Inside a command: no reset that was asked for so far opens anything any more."""
    _close(PasswordReset, account_id)


def _close(model: type[PasswordReset] | type[EmailChange], account_id: int) -> None:
    mine = (model.account_id == account_id, model.used_at.is_(None))
    db.session.execute(update(model).where(*mine).values(used_at=clock.now()))


@command
def ask_for_reset(_actor: None, *, email: str) -> None:
    """Have a link mailed to the owner of this address, if there is one; never says whether."""
    account_id = queries.id_behind(queries.address_of(email)) or 0
    mailed = db.session.scalar(
        select(func.count(PasswordReset.id)).where(
            PasswordReset.account_id == account_id,
            PasswordReset.created_at > clock.now() - timedelta(hours=1),
        )
    )
    if mailed is not None and mailed >= policy.RESETS_AN_HOUR:
        account_id = 0
    close_resets(account_id)
    nonce = tokens.new_nonce()
    reset = PasswordReset(
        account_id=account_id or None,
        nonce=nonce,
        token_hash=tokens.fingerprint(tokens.derived(PURPOSE, nonce)),
        expires_at=clock.now() + policy.RESET_LASTS,
    )
    db.session.add(reset)
    db.session.flush()
    publish(ResetAsked(reset.id))


def token_of(reset: PasswordReset) -> str:
    """The token that the mail carries."""
    return tokens.derived(PURPOSE, reset.nonce)


def reset_password(token: str, *, new: str) -> Account:
    """Set a new password by a mailed link and end every session. Raises LinkClosed, Objection."""
    reset = queries.open_reset(token)
    if reset is None or reset.account is None or not reset.account.may_sign_in:
        raise LinkClosed
    account = reset.account
    good_password(new, email=account.email or "", name=account.name)
    return _use_reset(account, token=token, password_hash=hashing.hash_password(new))


@command
def _use_reset(actor: Account, *, token: str, password_hash: str) -> Account:
    """Of two people with the same link, the first one wins."""
    used = db.session.execute(
        update(PasswordReset)
        .where(
            PasswordReset.token_hash == tokens.fingerprint(token),
            PasswordReset.account_id == actor.id,
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > clock.now(),
        )
        .values(used_at=clock.now())
        .returning(PasswordReset.id)
    ).first()
    if used is None or not actor.may_sign_in:
        raise LinkClosed
    _set_password(actor, password_hash)
    end_other_sessions(actor, but=None)
    return actor
