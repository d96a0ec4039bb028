"""Mail that stays here: each message a readable file in DATA_DIR/mail, newest last.

Rules: the file's name comes from the Message-ID, so that the same message sent twice is one file; a
message is there whole or not at all. Neighbours: `pages` shows them, tests read them through `kept`.
"""

import email
import email.policy
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from flask import current_app
from flask_mailman.backends.base import BaseEmailBackend

_NAME = re.compile(r"[0-9a-f]{32}")
_LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Letter:
    """One kept message, read back."""

    name: str
    at: datetime
    to: str
    sender: str
    subject: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]

    @property
    def links(self) -> list[str]:
        """The addresses in its plain words, in order."""
        return [link.rstrip(".,;:)") for link in _LINK.findall(self.text)]

    def header(self, name: str) -> str | None:
        return next((value for given, value in self.headers if given.lower() == name.lower()), None)


class FolderBackend(BaseEmailBackend):
    """Flask-Mailman's way out, into the folder."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        for message in email_messages:
            _keep(message.message())
        return len(email_messages)


def kept(to: str | None = None) -> list[Letter]:
    """The messages, newest first; with `to`, those to that address."""
    letters = (_read(path) for path in _newest_first())
    return [letter for letter in letters if to is None or letter.to == to]


def letter(name: str) -> Letter | None:
    """One message by its file's name."""
    path = _folder() / f"{name}.eml"
    return _read(path) if _NAME.fullmatch(name) and path.is_file() else None


def _folder() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "mail"


def _newest_first() -> Iterator[Path]:
    yield from sorted(_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _keep(message: Any) -> None:
    _folder().mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:32]
    draft = _folder() / f"{name}.draft"
    draft.write_bytes(message.as_bytes(linesep="\r\n"))
    draft.replace(_folder() / f"{name}.eml")


def _read(path: Path) -> Letter:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return Letter(
        name=path.stem,
        at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        to=str(message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        text=_part(message, "plain"),
        html=_part(message, "html"),
        headers=tuple((name, str(value)) for name, value in message.items()),
    )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return body.get_content().replace("\r\n", "\n") if isinstance(body, EmailMessage) else ""
