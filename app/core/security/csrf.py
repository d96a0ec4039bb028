"""Nobody sends in another person's name: a token in every unsafe request, and a look at where it came from.

Nouns: the *token* is Flask-WTF's, bound to the session; the *masked* token is that one under a fresh
one-time pad, so that the same page compressed a thousand times gives nothing away.
Rules: only masked tokens are taken, in the field `csrf_token` or the header `X-CSRFToken`; a request that
the browser says came from another site is refused whatever it carries. `@csrf_exempt` names the few doors
that machines use, and why.
"""

import base64
import binascii
import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFProtect, generate_csrf

from app.core.remembered import TOKEN, is_remembering

F = TypeVar("F", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_OURS = frozenset({"same-origin", "none"})


def csrf_token() -> str:
    """The token for a form or a header, different at each call."""
    return TOKEN if is_remembering() else mask(generate_csrf())


def mask(token: str) -> str:
    plain = token.encode()
    pad = secrets.token_bytes(len(plain))
    return base64.urlsafe_b64encode(pad + _xor(plain, pad)).decode().rstrip("=")


def unmask(masked: str) -> str:
    """The token under the mask; empty where there is none."""
    try:
        both = base64.urlsafe_b64decode(masked + "=" * (-len(masked) % 4))
        half = len(both) // 2
        return _xor(both[:half], both[half:]).decode("ascii")
    except (binascii.Error, ValueError):
        return ""


def csrf_exempt(reason: str) -> Callable[[F], F]:
    """Mark a view that machines call without a session, and say why that is safe."""

    def mark(view: F) -> F:
        view.csrf_exempt_because = reason  # type: ignore[attr-defined]
        return view

    return mark


class MaskedCSRFProtect(CSRFProtect):
    """Flask-WTF's check, on tokens that come masked."""

    def _get_csrf_token(self) -> str | None:
        masked = super()._get_csrf_token()
        return unmask(masked) if masked else None


_protect = MaskedCSRFProtect()


def init_app(app: Flask) -> None:
    """Check every unsafe request; give templates `csrf_token()`."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_SSL_STRICT"] = False
    _protect.init_app(app)
    app.jinja_env.globals["csrf_token"] = csrf_token
    # The extension offers the unmasked token in each template's context, which would win.
    app.context_processor(lambda: {"csrf_token": csrf_token})
    app.before_request(_check)


def _check() -> None:
    if request.method in SAFE or request.endpoint is None or _is_exempt():
        return
    if not from_ourselves():
        abort(403, _("This was sent from another site, so nothing was done."))
    if current_app.config.get("WTF_CSRF_ENABLED", True):
        _protect.protect()


def _is_exempt() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return hasattr(view, "csrf_exempt_because")


def from_ourselves() -> bool:
    """Whether the request began on our pages; where a browser does not say, the token decides."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site not in _OURS:
        return False
    # A page that sends no referrer has the origin "null", also towards itself.
    told_by_browser = origin == "null" and site == "same-origin"
    return origin is None or told_by_browser or origin in allowed_origins()


def allowed_origins() -> set[str]:
    """The origins under which people know this site; the live connection checks against them too."""
    base = urlsplit(current_app.config["BASE_URL"])
    return {request.host_url.rstrip("/"), f"{base.scheme}://{base.netloc}"}


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
