"""Opening, changing and suspending accounts.

Neighbours: set-up, invitations, the demo and the command line open accounts; people change their own.
"""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.accounts import policy, queries
from app.accounts.actions.sessions import end_other_sessions
from app.accounts.events import AccountOpened, AccountRenamed, AccountRestored, AccountSuspended
from app.accounts.models import Account
from app.core import clock, hashing, text
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.language import LANGUAGES

LONGEST_NAME = 80


class Objection(ValueError):
    """What is wrong with one field, as a sentence for the person who filled it in."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class EmailTaken(Objection):
    """Somebody has this address already."""

    def __init__(self) -> None:
        super().__init__("email", _("There is an account with this address already."))


def good_address(typed: str) -> str:
    """The one form of a mail address. Raises Objection."""
    email = queries.address_of(typed)
    try:
        validate_email(email, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise Objection("email", _("That does not look like an e-mail address.")) from error
    return email


def good_name(typed: str) -> str:
    """A person's name on one line. Raises Objection."""
    name = text.line(typed[: LONGEST_NAME * 20])
    if not name or len(name) > LONGEST_NAME:
        raise Objection(
            "name", _("Please write your name, with at most %(count)s characters.", count=LONGEST_NAME)
        )
    return name


def good_password(password: str, *, email: str, name: str) -> str:
    """The password itself. Raises Objection."""
    sentence = policy.objection_to(password, email=email, name=name)
    if sentence is not None:
        raise Objection("password", sentence)
    return password


def open_account(*, email: str, name: str, password: str | None, **more: Any) -> Account:
    """Open an account; without a password its person comes in by resetting it.

    `more` is what `add_account` takes. Hashes, so never inside a command. Raises Objection, EmailTaken.
    """
    email, name = good_address(email), good_name(name)
    if password is not None and not more.get("is_demo"):
        good_password(password, email=email, name=name)
    hashed = hashing.hash_password(password) if password is not None else None
    return add_account(None, email=email, name=name, password_hash=hashed, **more)


@command
def add_account(
    _actor: Any,
    *,
    email: str,
    name: str,
    password_hash: str | None,
    time_zone: str = "UTC",
    language: str = "en",
    is_demo: bool = False,
) -> Account:
    """Open an account whose password is hashed already, perhaps inside a larger command."""
    email, name = good_address(email), good_name(name)
    if queries.account_of_address(email) is not None:
        raise EmailTaken
    account = Account(
        email=email,
        name=name,
        password_hash=password_hash,
        time_zone=time_zone if clock.known_zone(time_zone) else "UTC",
        language=language if language in LANGUAGES else "en",
        is_demo=is_demo,
    )
    db.session.add(account)
    _flush_or_taken()
    publish(AccountOpened(account.id))
    return account


def _flush_or_taken() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise EmailTaken from error


@command
def save_profile(actor: Account, *, name: str, time_zone: str, language: str, theme: str) -> None:
    """What a person is called, and how Throughline looks and speaks to them. Raises Objection."""
    name = good_name(name)
    if not clock.known_zone(time_zone):
        raise Objection("time_zone", _("Please choose one of the time zones."))
    if language not in LANGUAGES:
        raise Objection("language", _("Please choose one of the languages."))
    if theme not in policy.THEMES:
        raise Objection("theme", _("Please choose one of the three."))
    actor.time_zone, actor.language, actor.theme = time_zone, language, theme
    if name != actor.name:
        actor.name = name
        publish(AccountRenamed(actor.id))


@command
def suspend_account(_actor: Any, account: Account) -> None:
    """Keep somebody out until further notice (the operator's hand); every session ends."""
    account.suspended_at = clock.now()
    end_other_sessions(account, but=None)
    publish(AccountSuspended(account.id))


@command
def restore_account(_actor: Any, account: Account) -> None:
    """Let somebody in again."""
    account.suspended_at = None
    publish(AccountRestored(account.id))
