"""Security of every request and every answer, whatever the page does.

Inside: `headers` (what the browser may do with an answer), `csrf` (nobody sends in another's name),
`sizes` (how much may be sent), `redirects` (where `next=` may lead), `edge` (the outermost ring: proxies,
and headers on what never reaches a page). Limits on how often are in `core.limits`.
Neighbours: the app factory calls `init_app` early and `edge.init_app` last.
"""

from flask import Flask

from app.core.security import csrf, headers, sizes
from app.core.security.csrf import csrf_exempt
from app.core.security.headers import csp_nonce
from app.core.security.redirects import safe_next
from app.core.security.sizes import body_limit

__all__ = ["body_limit", "csp_nonce", "csrf_exempt", "init_app", "safe_next"]


def init_app(app: Flask) -> None:
    """Sizes are checked first: the token is read from a body that may be too large."""
    sizes.init_app(app)
    csrf.init_app(app)
    headers.init_app(app)
