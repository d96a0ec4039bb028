"""Mail about accounts, written by the worker.

Rules: each listener looks at the rows as they are now and says nothing when they no longer call for it;
tokens are derived here, so that neither the outbox nor the database ever holds one.
"""

from typing import Any

from flask import render_template
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.accounts import queries
from app.accounts.actions import addresses, passwords
from app.accounts.events import DownloadReady, EmailChangeAsked, PasswordChanged, ResetAsked
from app.accounts.models import Account, Download, EmailChange, PasswordReset
from app.core import clock, practice
from app.core.addresses import absolute, path_for
from app.core.db import db
from app.core.doors import closed
from app.core.events import on
from app.core.mail import send_mail

NO_CONTRIBUTION = "about the account only"


@on(ResetAsked, slow=True)
@closed(NO_CONTRIBUTION)
def mail_reset(event: ResetAsked) -> None:
    reset = db.session.get(PasswordReset, event.reset_id)
    if reset is None or reset.account is None or reset.used_at or reset.expires_at <= clock.now():
        return
    path = path_for("accounts.reset", token=passwords.token_of(reset))
    _write(reset.account, _l("Set a new password"), "reset", path, key=reset.id)


@on(PasswordChanged, slow=True)
@closed(NO_CONTRIBUTION)
def mail_password_changed(event: PasswordChanged) -> None:
    account = queries.account_by_id(event.account_id)
    if account is not None:
        _write(account, _l("Your password was changed"), "password_changed", path_for("accounts.forgot"))


@on(EmailChangeAsked, slow=True)
@closed(NO_CONTRIBUTION)
def mail_new_address(event: EmailChangeAsked) -> None:
    """A link to the new address, unless somebody has it already."""
    change = _waiting(event)
    if change is not None and queries.account_of_address(change.email) is None:
        path = path_for("accounts.answer_email_change", token=addresses.token_of(change))
        _write(change.account, _l("Your new address"), "email_new", path, to=change.email, key=change.id)


@on(EmailChangeAsked, slow=True)
@closed(NO_CONTRIBUTION)
def mail_old_address(event: EmailChangeAsked) -> None:
    change = _waiting(event)
    if change is not None:
        path = path_for("accounts.forgot")
        _write(change.account, _l("Your address is to change"), "email_old", path, key=change.id)


@on(DownloadReady, slow=True)
@closed("says that the copy is there, and carries none of it")
def mail_download_ready(event: DownloadReady) -> None:
    download = db.session.get(Download, event.download_id)
    if download is not None and download.file_key is not None:
        subject = _l("The copy of your data is ready")
        _write(download.account, subject, "download_ready", path_for("accounts.data"), key=download.id)


def _waiting(event: EmailChangeAsked) -> EmailChange | None:
    change = db.session.get(EmailChange, event.change_id)
    return change if change is not None and change.used_at is None else None


def _write(
    account: Account, subject: Any, letter: str, path: str, *, to: str | None = None, key: int | None = None
) -> None:
    """One mail with one link, in its reader's language. With a `key`, a repeat is known as the same mail."""
    address = to or account.email
    if address is None or not account.may_sign_in or not practice.may_write_to(account.is_demo, address):
        return
    with force_locale(account.language):
        text = render_template(f"accounts/mail/{letter}.txt", account=account, link=absolute(path))
        send_mail(address, str(subject), text, key=f"{letter}/{key}" if key else None)
