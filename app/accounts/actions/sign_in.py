"""Signing in.

Rules: the check costs the same for an address that nobody has; it runs before the transaction, and the
result is revealed in the transaction that counts it (`tries`). A suspended person learns it only with the
right password.
"""

from dataclasses import dataclass
from datetime import timedelta

from app.accounts import policy, queries
from app.accounts.actions.sessions import begin_session
from app.accounts.actions.tries import Refused, TooManyTries, WrongPassword, count, refuse_while_waiting
from app.accounts.models import Account, Session
from app.accounts.policy import Browser, Tries
from app.core import hashing
from app.core.command import command


class Suspended(Refused):
    """The right password of an account that may not be used at present."""


@dataclass(frozen=True)
class SignedIn:
    """`token` is what the browser keeps; nothing else has it."""

    account: Account
    session: Session
    token: str


def sign_in(email: str, password: str, *, remember: bool, browser: Browser) -> SignedIn:
    """Let a person in. Raises WrongPassword, TooManyTries or Suspended, and `db.Busy`."""
    email = queries.address_of(email)
    account = queries.account_of_address(email)
    stored = account.password_hash if account is not None else None
    tries = policy.tries_to_sign_in(email, account, browser)
    refuse_while_waiting(tries)
    right = hashing.verify(stored, password)
    better = hashing.hash_password(password) if right and stored and hashing.is_outdated(stored) else stored
    outcome = _settle(
        account if right else None,
        tries=tries,
        stored=stored,
        better=better,
        remember=remember,
        browser=browser,
    )
    if isinstance(outcome, timedelta):
        raise TooManyTries(outcome)
    if outcome is None:
        raise WrongPassword
    if isinstance(outcome, Account):
        raise Suspended
    return outcome


@command
def _settle(
    actor: Account | None,
    *,
    tries: Tries,
    stored: str | None,
    better: str | None,
    remember: bool,
    browser: Browser,
) -> SignedIn | Account | timedelta | None:
    """Count the try and reveal its result; a password that changed meanwhile is a wrong one."""
    right = actor is not None and actor.password_hash == stored
    wait = count(tries, failed=not right)
    if wait is not None:
        return wait
    if actor is None or not right:
        return None
    if not actor.may_sign_in:
        return actor
    actor.password_hash = better
    session, token = begin_session(actor, browser=browser, remember=remember)
    return SignedIn(actor, session, token)
