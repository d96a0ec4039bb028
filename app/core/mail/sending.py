"""Sending: from words to a message with the headers that mail providers expect.

Rules: nothing that goes into a header holds a line end; each message has a plain and an HTML form of the
same words; a `key` makes the Message-ID, so that a repeat after a crash is the same message and not a
second one; what can be unsubscribed from says so in one click (RFC 8058). A failure is raised, and the
outbox tries again.
Neighbours: features render their words from templates; `folder` or SMTP carries the message.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_mailman import EmailMultiAlternatives, Mail
from markupsafe import Markup

from app.core.db import forbid_while_writing
from app.core.text import from_plain

mailman = Mail()
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")


class UnsafeHeader(ValueError):
    """Something for a header holds a line end or another control character."""


def send_mail(
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    unsubscribe_url: str | None = None,
    key: str | None = None,
) -> str:
    """Send one message to one address; returns its Message-ID. Raises UnsafeHeader, OSError, SMTPException.

    `text` is plain; `html` is clean HTML for the middle of the page, made from `text` where it is left out.
    """
    forbid_while_writing("sending mail")
    every = {**_standing_headers(unsubscribe_url, key), **(headers or {})}
    for name, value in {"To": to, "Subject": subject, **every}.items():
        if _CONTROL.search(value) or not _HEADER_NAME.fullmatch(name):
            raise UnsafeHeader(name)
    message = EmailMultiAlternatives(subject, _framed_text(text, unsubscribe_url), to=[to], headers=every)
    message.attach_alternative(_framed_html(subject, text, html, unsubscribe_url), "text/html")
    message.send()
    return every["Message-ID"]


def message_id(key: str | None) -> str:
    """The same for the same key; without one, always another."""
    word = hashlib.sha256(key.encode()).hexdigest()[:40] if key else secrets.token_hex(20)
    return f"<{word}@{urlsplit(current_app.config['BASE_URL']).hostname or 'localhost'}>"


def _standing_headers(unsubscribe_url: str | None, key: str | None) -> dict[str, str]:
    headers = {"Message-ID": message_id(key), "Auto-Submitted": "auto-generated"}
    if unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _framed_text(text: str, unsubscribe_url: str | None) -> str:
    return render_template("core/mail/base.txt", text=text.strip(), unsubscribe_url=unsubscribe_url)


def _framed_html(subject: str, text: str, html: str | None, unsubscribe_url: str | None) -> str:
    # Both are clean: one by the caller's word, the other made here.
    middle = Markup(html if html is not None else from_plain(text))  # noqa: S704
    return render_template(
        "core/mail/base.html", subject=subject, middle=middle, unsubscribe_url=unsubscribe_url
    )
