"""What is known of accounts: who has an address, who is behind a session, how many tries are left.

Rules: an address is looked up, stored and counted in one form (`address_of`), so that its case or its
spelling in Unicode opens no second budget. A session counts only while it lasts and its account may sign
in; that is asked anew on every request and every socket event.
"""

import unicodedata
from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from app.accounts.models import Account, Download, EmailChange, PasswordReset, Session, SignInAttempt
from app.accounts.policy import PER_ACCOUNT, PER_ADDRESS, Budget, Tries
from app.core import clock, text, tokens
from app.core.access import NotFound
from app.core.db import db

LONGEST_ADDRESS = 254
DEMO_NAMES = (
    "teacher",
    "colleague",
    "coach",
    "principal",
    "facilitator",
    "facilitator2",
    "director",
    "outsider",
)


def address_of(typed: str) -> str:
    """The one form of a mail address: NFKC, lower case, without spaces or invisible characters."""
    return text.line(unicodedata.normalize("NFKC", typed[: LONGEST_ADDRESS * 2])).strip().lower()


def account_of_address(email: str) -> Account | None:
    """The account with this address, in the form of `address_of`."""
    return db.session.scalar(select(Account).where(Account.email == email))


def id_behind(email: str) -> int | None:
    """The number of the account that may sign in with this address; as quick when there is none."""
    may = (Account.suspended_at.is_(None), Account.deleted_at.is_(None))
    return db.session.scalar(select(Account.id).where(Account.email == email, *may))


def account_by_id(account_id: int) -> Account | None:
    """The account as it is now, None for one that may not sign in."""
    account = db.session.get(Account, account_id)
    return account if account is not None and account.may_sign_in else None


_BEHIND = (
    select(Session)
    .join(Session.account)
    .options(contains_eager(Session.account))
    .where(
        Session.token_hash == bindparam("token_hash"),
        Session.expires_at > bindparam("now"),
        Account.suspended_at.is_(None),
        Account.deleted_at.is_(None),
    )
)
"""Built once: every request asks it."""


def account_of_token(token: str) -> Account | None:
    """Who is behind a session's token, with `current_session` set; one query."""
    session = db.session.scalar(_BEHIND, {"token_hash": tokens.fingerprint(token), "now": clock.now()})
    if session is None:
        return None
    session.account.current_session = session
    return session.account


def sessions_of(account: Account) -> list[Session]:
    """Where this person is signed in, the latest use first."""
    query = select(Session).where(Session.account_id == account.id, Session.expires_at > clock.now())
    return list(db.session.scalars(query.order_by(Session.seen_at.desc(), Session.id.desc())))


def any_session_expired() -> bool:
    """Whether there is anything to sweep: asking costs no turn of the writer."""
    return db.session.scalar(select(Session.id).where(Session.expires_at <= clock.now()).limit(1)) is not None


def session_of(account: Account, session_id: int) -> Session:
    """One of the person's own sessions. Raises NotFound for anybody else's."""
    query = select(Session).where(Session.id == session_id, Session.account_id == account.id)
    session = db.session.scalar(query)
    if session is None:
        raise NotFound
    return session


def open_reset(token: str) -> PasswordReset | None:
    """The reset that this token opens, if it still does."""
    return db.session.scalar(
        select(PasswordReset).where(
            PasswordReset.token_hash == tokens.fingerprint(token),
            PasswordReset.account_id.is_not(None),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > clock.now(),
        )
    )


def open_email_change(token: str) -> EmailChange | None:
    """The change of address that this token opens, if it still does."""
    return db.session.scalar(
        select(EmailChange).where(
            EmailChange.token_hash == tokens.fingerprint(token),
            EmailChange.used_at.is_(None),
            EmailChange.expires_at > clock.now(),
        )
    )


def waiting_email_change(account: Account) -> EmailChange | None:
    """The new address that still has to answer."""
    query = select(EmailChange).where(
        EmailChange.account_id == account.id,
        EmailChange.used_at.is_(None),
        EmailChange.expires_at > clock.now(),
    )
    return db.session.scalar(query.order_by(EmailChange.id.desc()).limit(1))


def last_download(account: Account) -> Download | None:
    """The newest copy of their data that a person asked for, expired ones apart."""
    query = select(Download).where(Download.account_id == account.id).order_by(Download.id.desc()).limit(1)
    download = db.session.scalar(query)
    if download is None or (download.expires_at is not None and download.expires_at <= clock.now()):
        return None
    return download


def demo_accounts() -> list[Account]:
    """The demo's eight people, in the order of the sign-in page; none without the demo."""
    names = {f"{name}@demo.example": place for place, name in enumerate(DEMO_NAMES)}
    query = select(Account).where(
        Account.email.in_(names), Account.is_demo.is_(True), Account.deleted_at.is_(None)
    )
    return sorted(db.session.scalars(query), key=lambda account: names[account.email or ""])


def wait_for(tries: Tries) -> timedelta | None:
    """How long until another try counts; None when one may be made now."""
    waits = [_wait(SignInAttempt.who, tries.who, PER_ACCOUNT)]
    if tries.where:
        waits.append(_wait(SignInAttempt.where, tries.where, PER_ADDRESS))
    return max((wait for wait in waits if wait is not None), default=None)


def _wait(column: InstrumentedAttribute[str], value: str, budget: Budget) -> timedelta | None:
    """Time until the oldest of the failures that fill the budget has become old enough."""
    since = clock.now() - budget.within
    query = select(SignInAttempt.at).where(column == value, SignInAttempt.at > since)
    latest = list(db.session.scalars(query.order_by(SignInAttempt.at.desc()).limit(budget.failures)))
    return latest[-1] - since if len(latest) == budget.failures else None
