"""The mail server that somebody chose in the browser, where the operator set none in the environment.

Nouns: a *mail server* is host, port, kind of security, sign-in and sender; it lies in DATA_DIR, in a file
that only its owner reads. `ChosenBackend` sends through it, or keeps mail in the folder where none was
chosen.

Rules: MAIL_URL wins. An address that a person typed never leads inside the machine or its network: what
the name means is looked up at each connection, and exactly that address is connected to. On one's own
machine (development) the machine itself is allowed.
"""

import json
import os
import smtplib
import socket
import ssl
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from email.utils import parseaddr
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.core.db import forbid_while_writing
from app.core.mail.folder import FolderBackend

PATIENCE = 20
"""Seconds that a mail server may take for one answer."""
SECURITY = ("starttls", "tls", "none")


class NotAllowedHere(OSError):
    """An address inside this machine or its network; says so in a sentence."""

    def __str__(self) -> str:
        return _("This is an address inside the network of this server. The operator can set it as MAIL_URL.")


@dataclass(frozen=True)
class MailServer:
    """`security`: starttls, tls (from the first byte) or none. An empty `sender` means MAIL_FROM."""

    host: str
    port: int
    security: str = "starttls"
    username: str = ""
    password: str = ""
    sender: str = ""


def fixed() -> bool:
    """Whether the operator set the mail server in the environment."""
    return bool(current_app.config.get("MAIL_URL"))


def chosen() -> MailServer | None:
    """The server that was chosen, None for none (or for a file that nobody can read)."""
    try:
        return MailServer(**json.loads(_file().read_text()))
    except (OSError, ValueError, TypeError):
        return None


def choose(server: MailServer | None) -> None:
    """Keep the choice. Raises NotAllowedHere for an address that is plainly an inner one."""
    forbid_while_writing("keeping the mail server")
    if server is None:
        _file().unlink(missing_ok=True)
        return
    if _plainly_inside(server.host):
        raise NotAllowedHere
    handle, draft = tempfile.mkstemp(dir=_file().parent)
    with os.fdopen(handle, "w") as stream:
        json.dump(asdict(server), stream)
    Path(draft).replace(_file())


def leaves() -> bool:
    """Whether mail goes to a server, and not only into the folder."""
    return fixed() or chosen() is not None


class ChosenBackend(FolderBackend):
    """Flask-Mailman's way out: the chosen server, or else the folder."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        server = chosen()
        if server is None:
            return super().send_messages(email_messages)
        with _connected(server) as connection:
            for message in email_messages:
                message.from_email = server.sender or message.from_email
                sender = parseaddr(message.from_email)[1]
                connection.sendmail(sender, message.recipients(), message.message().as_bytes(linesep="\r\n"))
        return len(email_messages)


class _Guarded(smtplib.SMTP):
    """Connects to the address that was looked at, and to no other."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection((outside(host, port), port), timeout)


class _GuardedTls(_Guarded):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = super()._get_socket(host, port, timeout)
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def outside(host: str, port: int) -> str:
    """The first address of `host` that may be connected to. Raises NotAllowedHere, OSError."""
    for *_rest, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if _is_outside(str(where[0])):
            return str(where[0])
    raise NotAllowedHere


def _connected(server: MailServer) -> smtplib.SMTP:
    kind = _GuardedTls if server.security == "tls" else _Guarded
    connection = kind(server.host, server.port, timeout=PATIENCE)
    if server.security == "starttls":
        connection.starttls(context=ssl.create_default_context())
    if server.username:
        connection.login(server.username, server.password)
    return connection


def _is_outside(address: str) -> bool:
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if parsed.is_loopback:
        return current_app.config["APP_ENV"] != "production"
    return parsed.is_global and not parsed.is_multicast


def _plainly_inside(host: str) -> bool:
    """For an address in numbers; names are looked up when mail is sent."""
    try:
        return not _is_outside("127.0.0.1" if host.lower() == "localhost" else host.strip("[]"))
    except ValueError:
        return False


def _file() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "mail-server.json"
