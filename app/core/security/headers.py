"""Headers: what a browser may do with an answer of ours.

Nouns: the *nonce* is a random word of one answer; only scripts and styles that carry it, or that come
from our own files, run. `FOR_ALL` are the headers that never change.
Rules: nothing is allowed that is not listed; a view may set a stricter policy of its own (files do),
which then stays. Neighbours: templates call `csp_nonce()`, `edge` puts the headers on answers that no
view made.
"""

import re
import secrets

from flask import Flask, Response, has_request_context, request

from app.core.remembered import forbid_in_remembered

FOR_ALL = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(),"
    " geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(),"
    " xr-spatial-tracking=()",
}
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of an answer that is no page."""
TWO_YEARS = "max-age=63072000"
_NONCE = "throughline.csp_nonce"
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?")


def csp_nonce() -> str:
    """The nonce of the answer in the making; empty outside a request."""
    forbid_in_remembered("a nonce")
    if not has_request_context():
        return ""
    return str(request.environ.setdefault(_NONCE, secrets.token_urlsafe(18)))


def policy() -> str:
    """The Content-Security-Policy of a page."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{csp_nonce()}'",
            f"style-src 'self' 'nonce-{csp_nonce()}'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "font-src 'self'",
            f"connect-src {_live()}",
            "manifest-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
        )
    )


def init_app(app: Flask) -> None:
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.after_request(_add)


def _add(answer: Response) -> Response:
    is_page = answer.mimetype == "text/html"
    answer.headers.setdefault("Content-Security-Policy", policy() if is_page else NOTHING)
    if "Cache-Control" not in answer.headers:
        # Pages are somebody's own: a browser may go back to one, nobody else may keep it.
        answer.headers["Cache-Control"] = "private, no-cache"
        # Half a page, as htmx asks for it, is not what going back shows.
        answer.vary.update(("Cookie", "HX-Request"))
    return answer


def _live() -> str:
    # Some browsers still do not count a web socket to the same host as 'self'.
    host = request.host
    return f"'self' ws://{host} wss://{host}" if _HOST.fullmatch(host) else "'self'"
