"""Hashing passwords: argon2id, away from the loop that holds the sockets.

Rules: never inside a write transaction; the database connection goes back to the pool first, because
this takes a tenth of a second, which `native` spends elsewhere. Passwords are compared in their NFKC form,
so that an "é" typed on one keyboard opens what another one closed.

Neighbours: `accounts` decides which passwords are good enough.
"""

import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from app.core.db import db, forbid_while_writing
from app.core.native import run_native

T = TypeVar("T")

LONGEST = 256
"""Characters that a password may have."""
STRONG = PasswordHasher(time_cost=4, memory_cost=46 * 1024, parallelism=1)
"""Between 100 and 200 ms of one core, 46 MB: several at once must fit on a small server."""
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""For tests only, which sign in hundreds of times."""
NOBODY = "$argon2id$v=19$m=47104,t=4,p=1$bm9ib2R5IGF0IGFsbCAhIQ$MzSRHkXkqLjSDnQ4ms8gWLaG6h/WkpHcoX9rf3XhXeM"
"""What an unknown address is checked against: it costs what a real check costs, and matches nothing."""
NOBODY_QUICKLY = (
    "$argon2id$v=19$m=8,t=1,p=1$bm9ib2R5IGF0IGFsbCAhIQ$MzSRHkXkqLjSDnQ4ms8gWLaG6h/WkpHcoX9rf3XhXeM"
)


def hasher() -> PasswordHasher:
    """The hasher of this environment."""
    return QUICK if current_app.testing else STRONG


def hash_password(password: str) -> str:
    """The stored form of a password. Slow on purpose; call it before the transaction."""
    return _apart(hasher().hash, normal(password))


def verify(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind `stored`; takes as long when there is none."""
    right = _apart(_matches, stored or nobody(), normal(password)[: LONGEST * 2])
    return right and stored is not None and len(password) <= LONGEST


def is_outdated(stored: str) -> bool:
    """Whether a stored hash was made with other costs than today's."""
    return hasher().check_needs_rehash(stored)


def nobody() -> str:
    return NOBODY_QUICKLY if current_app.testing else NOBODY


def normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _matches(stored: str, password: str) -> bool:
    try:
        return STRONG.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _apart(function: Callable[..., T], *args: Any) -> T:
    forbid_while_writing("hashing a password")
    db.session.commit()
    return run_native(function, *args)
