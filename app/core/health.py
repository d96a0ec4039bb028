"""Health: is the process up, can it serve; and the few fixed addresses that other machines ask for.

Nouns: a *check* is a function that says whether one thing works. Rules: an answer names what does not
work and nothing else, no error text, no versions; `/healthz` touches nothing.
Neighbours: `files`, `jobs`, the database and search register a check with `check`.
"""

from collections.abc import Callable
from datetime import timedelta

import structlog
from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy import text

from app.core import clock
from app.core.access import public
from app.core.db import db
from app.core.doors import closed
from app.core.files import files

blueprint = Blueprint("health", __name__)
STATIC_ANSWER = "says nothing about people"
_checks: dict[str, Callable[[], bool]] = {}
log = structlog.get_logger()


def check(name: str) -> Callable[[Callable[[], bool]], Callable[[], bool]]:
    """Register a check: True where the thing works; raising counts as False."""

    def register(function: Callable[[], bool]) -> Callable[[], bool]:
        _checks[name] = function
        return function

    return register


def state() -> dict[str, bool]:
    """Every check's answer now."""
    return {name: _works(name, function) for name, function in _checks.items()}


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)


@check("database")
def _database() -> bool:
    return db.session.execute(text("SELECT 1")).scalar() == 1


@check("files")
def _files() -> bool:
    return files.store.healthy()


@blueprint.get("/healthz")
@public
@closed(STATIC_ANSWER)
def healthz() -> Response:
    """The process is up."""
    return jsonify(ok=True)


@blueprint.get("/readyz")
@public
@closed(STATIC_ANSWER)
def readyz() -> Response:
    """Everything that serving needs works; 503 names what does not."""
    found = state()
    answer = jsonify(
        ok=all(found.values()), checks={name: "ok" if works else "down" for name, works in found.items()}
    )
    answer.status_code = 200 if all(found.values()) else 503
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/robots.txt")
@public
@closed(STATIC_ANSWER)
def robots() -> Response:
    """A private place: nothing for search engines."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


@blueprint.get("/.well-known/security.txt")
@public
@closed(STATIC_ANSWER)
def security_txt() -> Response:
    """How to report a weakness (RFC 9116)."""
    base = current_app.config["BASE_URL"]
    contact = current_app.config.get("SECURITY_CONTACT") or _sender()
    expires = (clock.now() + timedelta(days=300)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: en",
        f"Canonical: {base}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _sender() -> str:
    sender = str(current_app.config["MAIL_DEFAULT_SENDER"])
    return f"mailto:{sender.rpartition('<')[2].rstrip('>').strip()}"


def _works(name: str, function: Callable[[], bool]) -> bool:
    try:
        return bool(function())
    except Exception:
        log.warning("check_failed", check=name, exc_info=True)
        return False
