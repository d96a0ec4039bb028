"""Posting once: the client's key and a hash of the body, in a unique row.

A repeat of the same key and body returns the first result; the same key with another body is
refused (422). On PostgreSQL two repeats at the same moment meet in the unique index: the
second one's transaction is rolled back and run again, and then finds the first.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.contributions.models import Contribution, IdempotencyKey
from app.core.db import db, is_writing
from app.networks.models import Member

P = ParamSpec("P")
R = TypeVar("R")
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


class KeyReused(Exception):
    """The same key came with a different body; nothing was posted."""


def is_key(key: object) -> bool:
    """Whether a client's key has the form of one."""
    return isinstance(key, str) and KEY.fullmatch(key) is not None


def _owner(actor: Member, key: str) -> str:
    """Another word for each key: rows of one poster must not tell that they are of one poster."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"poster:{actor.id}:{key}".encode(), hashlib.sha256).hexdigest()


def body_hash(body: Any) -> str:
    """A hash of what was sent, independent of the order of its fields."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def posted_before(actor: Member, key: str | None, body: Any) -> Contribution | None:
    """What this key already posted. Raises KeyReused for another body. Inside a command."""
    if key is None:
        return None
    row = db.session.scalar(
        select(IdempotencyKey).where(IdempotencyKey.owner == _owner(actor, key), IdempotencyKey.key == key)
    )
    if row is None:
        return None
    if row.body_hash != body_hash(body):
        raise KeyReused
    return db.session.get_one(Contribution, row.contribution_id)


def remember(actor: Member, key: str | None, body: Any, contribution: Contribution) -> None:
    """Tie the key to what it posted, in the same transaction."""
    if key is not None:
        db.session.add(
            IdempotencyKey(
                owner=_owner(actor, key),
                key=key,
                body_hash=body_hash(body),
                contribution_id=contribution.id,
            )
        )
        db.session.flush()


def again_if_raced(function: Callable[P, R]) -> Callable[P, R]:
    """Around a command: run it a second time when its key was taken meanwhile.

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

    return run
