"""What happens to accounts, in ids only.

Rules: `SessionEnded` travels in the live tail, so that the open sockets of that browser close; mails hang
on the others, and find addresses and words by themselves.
"""

from dataclasses import dataclass

from app.core.events import Entry, Event


@dataclass(frozen=True)
class AccountOpened(Event):
    account_id: int


@dataclass(frozen=True)
class AccountRenamed(Event):
    account_id: int


@dataclass(frozen=True)
class AccountSuspended(Event):
    account_id: int


@dataclass(frozen=True)
class AccountRestored(Event):
    account_id: int


@dataclass(frozen=True)
class AccountDeleted(Event):
    account_id: int


@dataclass(frozen=True)
class SessionEnded(Event):
    session_id: int
    account_id: int

    def entries(self) -> list[Entry]:
        return [Entry(f"account:{self.account_id}", "session:ended", self.session_id)]


@dataclass(frozen=True)
class ResetAsked(Event):
    """Somebody forgot a password; perhaps for an address that nobody has."""

    reset_id: int


@dataclass(frozen=True)
class PasswordChanged(Event):
    account_id: int


@dataclass(frozen=True)
class EmailChangeAsked(Event):
    change_id: int


@dataclass(frozen=True)
class EmailChanged(Event):
    account_id: int


@dataclass(frozen=True)
class DownloadAsked(Event):
    download_id: int


@dataclass(frozen=True)
class DownloadReady(Event):
    download_id: int
