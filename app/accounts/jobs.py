"""What the worker does for accounts: building downloads, and sweeping out what is over.

Rules: a download is built outside any transaction, into a temporary file; repeating it is harmless. Only
its owner may open it, for a week.
"""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, select

from app.accounts import queries
from app.accounts.actions import leaving, sessions, tries
from app.accounts.events import AccountDeleted, DownloadAsked
from app.accounts.models import Account, Download, EmailChange, PasswordReset, Session
from app.core import bundles, clock, personal
from app.core.command import command
from app.core.db import Busy, db, empty_log
from app.core.doors import closed, door
from app.core.events import on
from app.core.files import files
from app.core.files.models import StoredFile
from app.core.jobs import periodic

LINKS_KEPT = timedelta(days=7)
"""How long used and expired links stay in the table, so that their limit an hour can be counted."""


def init_app() -> None:
    files.allow("export", _may_open)


def _may_open(account: Any, stored: StoredFile) -> bool:
    """Its owner, signed in, while it lasts."""
    if account is None or not account.is_authenticated:
        return False
    query = select(Download.id).where(
        Download.file_key == stored.key,
        Download.account_id == account.id,
        Download.expires_at > clock.now(),
    )
    return db.session.scalar(query) is not None


@on(DownloadAsked, slow=True)
@door("export")
def build_download(event: DownloadAsked) -> None:
    """Put what a person may take along into one archive; what has no name joins it as it is sent."""
    download = db.session.get(Download, event.download_id)
    if download is None or download.ready_at or download.expires_at or not download.account.may_sign_in:
        return
    with tempfile.TemporaryFile() as archive:
        bundles.write(archive, personal.named_of(download.account))
        archive.seek(0)
        stored = files.put(archive, name="throughline-data.zip", media_type="application/zip", scope="export")
    leaving.finish_download(None, download, stored=stored)


@personal.exports("account")
def account_data(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """What accounts itself holds about a person."""
    yield (
        "account.json",
        {
            "email": account.email,
            "name": account.name,
            "time_zone": account.time_zone,
            "language": account.language,
            "theme": account.theme,
            "opened": account.created_at.isoformat(),
        },
    )
    mine = db.session.scalars(select(Session).where(Session.account_id == account.id).order_by(Session.id))
    yield (
        "sessions.json",
        [
            {
                "browser": session.label,
                "address": session.address,
                "began": session.created_at.isoformat(),
                "last_used": session.seen_at.isoformat(),
            }
            for session in mine
        ],
    )


@on(AccountDeleted, slow=True)
@closed("deletes archives")
def delete_archives(_event: AccountDeleted) -> None:
    """The archives of somebody who left go at once."""
    sweep_downloads()


@on(AccountDeleted, slow=True)
@closed("empties the database's own log")
def forget_bytes(_event: AccountDeleted) -> None:
    """What was deleted leaves the log too. Raises Busy when there was no quiet moment: tried again."""
    if not empty_log():
        raise Busy


@periodic(hour="3", minute="40")
def sweep() -> None:
    """Once a day: whatever is over goes."""
    _sweep_rows(None)
    sweep_downloads()


@periodic(minute="*/10")
def end_expired_sessions() -> None:
    """A page that stays open hears nothing any more once its session has run out."""
    if queries.any_session_expired():
        _end_expired_sessions(None)


@command
def _end_expired_sessions(_actor: None) -> None:
    sessions.forget_expired_sessions()


@command
def _sweep_rows(_actor: None) -> None:
    tries.forget_old_tries()
    old = clock.now() - LINKS_KEPT
    for model in (PasswordReset, EmailChange):
        db.session.execute(delete(model).where(or_(model.expires_at < old, model.used_at < old)))


def sweep_downloads() -> None:
    """Delete the archives that are over, bytes first."""
    over = select(Download).where(Download.expires_at <= clock.now())
    for download in db.session.scalars(over).all():
        if download.file_key is not None:
            files.delete(download.file_key)
        leaving.forget_download(None, download)
