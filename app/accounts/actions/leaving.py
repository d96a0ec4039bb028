"""Taking one's data along, and deleting one's account.

Rules: the download is built by the worker and kept for a week, for its owner only. Deleting is immediate
and one transaction: every feature erases its own part (`core.personal`), what remains of the account is a
row without a name, so that what others wrote keeps its place.
"""

from datetime import timedelta

from sqlalchemy import delete, update

from app.accounts import policy, queries
from app.accounts.actions.sessions import end_other_sessions
from app.accounts.actions.tries import confirm_password
from app.accounts.events import AccountDeleted, DownloadAsked, DownloadReady
from app.accounts.models import Account, Download, EmailChange, PasswordReset, SignInAttempt
from app.core import clock, personal, tokens
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.files.models import StoredFile

PATIENCE = timedelta(hours=1)
"""After this a download that is still not ready may be asked for again."""


@command
def ask_for_download(actor: Account) -> Download:
    """Have a copy of all one's data built; one at a time, and a newer one replaces the older."""
    last = queries.last_download(actor)
    if last is not None and last.ready_at is None and last.asked_at > clock.now() - PATIENCE:
        return last
    expire_downloads(actor.id)
    download = Download(account_id=actor.id)
    db.session.add(download)
    db.session.flush()
    publish(DownloadAsked(download.id))
    return download


@command
def finish_download(_actor: None, download: Download, *, stored: StoredFile) -> None:
    """The archive is there, until the week is over."""
    now = clock.now()
    stored.attached_at = now
    download.file_key, download.size = stored.key, stored.size
    download.ready_at, download.expires_at = now, now + policy.DOWNLOAD_LASTS
    publish(DownloadReady(download.id))


@command
def forget_download(_actor: None, download: Download) -> None:
    """The archive is gone, and now its row."""
    db.session.delete(download)


def expire_downloads(account_id: int) -> None:
    """Inside a command: this person's downloads end now; the sweep deletes their files."""
    mine = (Download.account_id == account_id,)
    db.session.execute(update(Download).where(*mine).values(expires_at=clock.now()))


def delete_account(actor: Account, *, password: str, keep_contributions: bool) -> Account:
    """Erase a person, at once; what is left of the account. Raises WrongPassword, TooManyTries."""
    confirm_password(actor, password, policy.tries_to_confirm(actor))
    return erase_account(actor, keep_contributions=keep_contributions)


@command
def erase_account(actor: Account, *, keep_contributions: bool) -> Account:
    """The deletion itself, for a person who has confirmed it (or the operator's command line)."""
    personal.erase(actor, keep_contributions=keep_contributions)
    publish(AccountDeleted(actor.id))
    return actor


@personal.erases(floor=1)
def erase_row(account: Account, _keep_contributions: bool) -> None:
    """Accounts' own part: what remains names nobody."""
    end_other_sessions(account, but=None)
    expire_downloads(account.id)
    for model in (PasswordReset, EmailChange):
        db.session.execute(delete(model).where(model.account_id == account.id))
    who = (tokens.keyed("who", account.email or ""), policy.tries_to_confirm(account).who)
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.who.in_(who)))
    account.email = account.password_hash = None
    account.name, account.time_zone = "", "UTC"
    account.deleted_at = clock.now()
