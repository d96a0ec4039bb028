"""Counting failed tries, exactly.

A try is judged before the slow check (to save the work) and once more in the transaction that reveals its
result: of a thousand guesses that arrive at once, only as many are answered as the budget has room for,
whether they were right or wrong. Both processes and both databases count in the same table.
"""

from datetime import timedelta

from sqlalchemy import delete, func, select

from app.accounts.models import Account, SignInAttempt
from app.accounts.policy import PER_ADDRESS, Tries
from app.accounts.queries import wait_for
from app.core import clock, hashing
from app.core.command import command
from app.core.db import db, on_sqlite


class Refused(Exception):
    """Not let in; the words are chosen where people read them."""


class WrongPassword(Refused):
    """The address and the password do not belong together."""


class TooManyTries(Refused):
    """Whether it was right is not told before `wait` is over."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


def refuse_while_waiting(tries: Tries) -> None:
    """Raises TooManyTries when the budget is spent."""
    wait = wait_for(tries)
    if wait is not None:
        raise TooManyTries(wait)


def count(tries: Tries, *, failed: bool) -> timedelta | None:
    """Inside a command: the wait when the budget is spent, else None, and a failure is counted."""
    _take_turns(tries)
    wait = wait_for(tries)
    if wait is None and failed:
        db.session.add(SignInAttempt(who=tries.who, where=tries.where))
    return wait


def _take_turns(tries: Tries) -> None:
    """On PostgreSQL two writers would not see each other's failures; SQLite has one writer anyway."""
    if on_sqlite():
        return
    for name in sorted(name for name in (tries.who, tries.where) if name):
        number = int(name[:15], 16)
        db.session.execute(select(func.pg_advisory_xact_lock(number)))


def confirm_password(account: Account, password: str, tries: Tries) -> None:
    """Ask a signed-in person for their password. Raises WrongPassword or TooManyTries."""
    refuse_while_waiting(tries)
    right = hashing.verify(account.password_hash, password)
    wait = _count_confirmation(account, tries=tries, failed=not right)
    if wait is not None:
        raise TooManyTries(wait)
    if not right:
        raise WrongPassword


@command
def _count_confirmation(_actor: Account, *, tries: Tries, failed: bool) -> timedelta | None:
    return count(tries, failed=failed)


def forget_old_tries() -> None:
    """Inside a command: delete what no budget looks at any more."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < clock.now() - PER_ADDRESS.within))
