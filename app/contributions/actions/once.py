"""Posting once: the client's key and a hash of the body, in a unique row.

A repeat of the same key and body returns the first result; the same key with another body is
refused (422). On PostgreSQL two repeats at the same moment meet in the unique index: the
second one's transaction is rolled back and run again, and then finds the first.

What goes without its author's name is known by marks under the seal key alone: whoever has the rows and
SECRET_KEY could try every member otherwise. All rows lapse after a day.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.contributions.models import Contribution, IdempotencyKey
from app.core import clock, seals
from app.core.command import command
from app.core.db import db, is_writing
from app.networks.models import Member

P = ParamSpec("P")
R = TypeVar("R")
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
LAPSES_AFTER = timedelta(days=1)
"""No browser sends one thing again later than this."""


class KeyReused(Exception):
    """The same key came with a different body; nothing was posted."""


def is_key(key: object) -> bool:
    """Whether a client's key has the form of one."""
    return isinstance(key, str) and KEY.fullmatch(key) is not None


@dataclass(frozen=True)
class Sent:
    """What a client sent: by whom, under which key if any, and whether without their name."""

    actor: Member
    key: str | None
    body: Any
    sealed: bool = False


def _row_for(sent: Sent) -> dict[str, str]:
    """Owner, key and body of a row. Another owner for each key: rows of one poster must not tell that they
    are of one poster. Raises seals.NotReady where sealed.
    """
    actor, key, said = sent.actor, sent.key or "", body_hash(sent.body)
    if sent.sealed:
        return {
            "owner": seals.mark("poster", actor.id, key),
            "key": "",
            "body_hash": seals.mark("posted", said),
        }
    secret = current_app.config["SECRET_KEY"].encode()
    owner = hmac.new(secret, f"poster:{actor.id}:{key}".encode(), hashlib.sha256).hexdigest()
    return {"owner": owner, "key": key, "body_hash": said}


def body_hash(body: Any) -> str:
    """A hash of what was sent, independent of the order of its fields."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def posted_before(sent: Sent) -> Contribution | None:
    """What its key already posted. Raises KeyReused for another body. Inside a command."""
    if sent.key is None:
        return None
    row = _row_of(sent)
    if row is None:
        # Sent once with and once without a name is another body too.
        if _row_of(replace(sent, sealed=not sent.sealed)) is not None:
            raise KeyReused
        return None
    if row.body_hash != _row_for(sent)["body_hash"]:
        raise KeyReused
    return db.session.get_one(Contribution, row.contribution_id)


def _row_of(sent: Sent) -> IdempotencyKey | None:
    try:
        wanted = _row_for(sent)
    except seals.NotReady:
        return None
    same = IdempotencyKey.owner == wanted["owner"], IdempotencyKey.key == wanted["key"]
    return db.session.scalar(select(IdempotencyKey).where(*same))


def remember(sent: Sent, contribution: Contribution) -> None:
    """Tie the key to what it posted, in the same transaction."""
    if sent.key is not None:
        db.session.add(IdempotencyKey(**_row_for(sent), contribution_id=contribution.id))
        db.session.flush()


@command
def let_lapse() -> None:
    """Forget the keys that are too old to come again."""
    old = IdempotencyKey.created_at < clock.now() - LAPSES_AFTER
    db.session.execute(delete(IdempotencyKey).where(old))


def again_if_raced(function: Callable[P, R]) -> Callable[P, R]:
    """Around a command: run it a second time when its key was taken meanwhile, or when the sealed store was
    busy and is free again.

    Inside another command it leaves that to the outer one, whose transaction is over.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except IntegrityError as error:
            if is_writing() or "idempotency_key" not in str(error.orig):
                raise
            return function(*args, **kwargs)
        except seals.Busy:
            if is_writing() or not seals.until_free():
                raise
            return function(*args, **kwargs)

    return run
