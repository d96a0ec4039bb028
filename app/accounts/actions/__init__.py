"""The verbs of accounts, split by noun."""

from app.accounts.actions.addresses import ask_to_change_email, change_email, forget_email_change
from app.accounts.actions.leaving import ask_for_download, delete_account, erase_account
from app.accounts.actions.opening import (
    EmailTaken,
    Objection,
    add_account,
    open_account,
    restore_account,
    save_profile,
    suspend_account,
)
from app.accounts.actions.passwords import LinkClosed, ask_for_reset, change_password, reset_password
from app.accounts.actions.sessions import begin_session, end_other_sessions, end_session, keep_session
from app.accounts.actions.sign_in import SignedIn, Suspended, sign_in
from app.accounts.actions.tries import Refused, TooManyTries, WrongPassword

__all__ = [
    "EmailTaken",
    "LinkClosed",
    "Objection",
    "Refused",
    "SignedIn",
    "Suspended",
    "TooManyTries",
    "WrongPassword",
    "add_account",
    "ask_for_download",
    "ask_for_reset",
    "ask_to_change_email",
    "begin_session",
    "change_email",
    "change_password",
    "delete_account",
    "end_other_sessions",
    "end_session",
    "erase_account",
    "forget_email_change",
    "keep_session",
    "open_account",
    "reset_password",
    "restore_account",
    "save_profile",
    "sign_in",
    "suspend_account",
]
