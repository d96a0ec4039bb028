"""How often standards are named: features above say what names them, the tree adds it up.

    @counted
    def named_by_what_is_seen(viewer, framework_id): yield standard_id, thing_id

    @in_use
    def named_at_all(framework_id): yield standard_id

Rules: a counter gives only what the viewer sees; what is in use at all is asked before something goes, and
answers numbers of standards and nothing about what names them. A thing that names two standards of one branch
counts once there; things are told apart by their id within one counter.
"""

from collections.abc import Callable, Iterable

from sqlalchemy import select

from app.core.db import db
from app.networks.models import Member
from app.standards.models import Standard

Counter = Callable[[Member, int], Iterable[tuple[int, int]]]
Users = Callable[[int], Iterable[int]]
_counters: list[Counter] = []
_users: list[Users] = []


def counted(function: Counter) -> Counter:
    """Register `(viewer, framework_id) -> pairs of a standard's id and a thing's id`."""
    if function not in _counters:
        _counters.append(function)
    return function


def in_use(function: Users) -> Users:
    """Register `framework_id -> ids of its standards that something names`, whoever sees that."""
    if function not in _users:
        _users.append(function)
    return function


def ids_in_use(framework_id: int) -> set[int]:
    """The standards of a framework that anything names."""
    return {standard_id for users in _users for standard_id in users(framework_id)}


def counts_of(viewer: Member, framework_id: int) -> dict[int, int]:
    """How many things name each standard of the framework, or one beneath it; 0 is left out."""
    things: dict[int, set[tuple[int, int]]] = {}
    for number, counter in enumerate(_counters):
        for standard_id, thing_id in counter(viewer, framework_id):
            things.setdefault(standard_id, set()).add((number, thing_id))
    if things:
        _add_to_those_above(things, framework_id)
    return {standard_id: len(found) for standard_id, found in things.items()}


def _add_to_those_above(things: dict[int, set[tuple[int, int]]], framework_id: int) -> None:
    """Children come after their parents, so that one walk from the end reaches every branch."""
    rows = db.session.execute(
        select(Standard.id, Standard.parent_id)
        .where(
            Standard.framework_id == framework_id,
            Standard.parent_id.is_not(None),
            Standard.retired_at.is_(None),
        )
        .order_by(Standard.position.desc())
    )
    for standard_id, parent_id in rows:
        if parent_id is not None and standard_id in things:
            things.setdefault(parent_id, set()).update(things[standard_id])
