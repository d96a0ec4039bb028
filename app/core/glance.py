"""What the frame of every page says at a glance, asked as one statement for all features together.

Nouns: a *part* is what one feature asks, as selects of `(name, number)`; *numbers* are all answers by name.
Rules: a part is small and counts only what its reader sees; its statement is built once for each `size`
and takes everything else as parameters, whose names are the feature's own. One statement is one moment, so
that a badge and the place where its live stream begins cannot disagree. Neighbours: `navigation` shows them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import g
from sqlalchemy import Executable, Select, union_all

from app.core.db import db

Build = Callable[[int], list[Select[Any]]]


@dataclass(frozen=True)
class Part:
    """`build(size)` makes selects that are labelled `name` and `number`; `given` are their parameters."""

    build: Build
    given: Mapping[str, Any]
    size: int = 1


_asking: list[Callable[[], Part | None]] = []


def at_a_glance(function: Callable[[], Part | None]) -> Callable[[], Part | None]:
    """Register what a feature asks for the signed-in person; None asks nothing."""
    if function not in _asking:
        _asking.append(function)
    return function


def at_hand() -> Mapping[str, int]:
    """The numbers of this page; the first who asks asks for all."""
    if "glance" not in g:
        g.glance = read(function() for function in _asking)
    found: Mapping[str, int] = g.glance
    return found


def read(parts: Iterable[Part | None]) -> dict[str, int]:
    """The numbers of these parts by name, in one statement."""
    asked = [part for part in parts if part is not None and part.size > 0]
    if not asked:
        return {}
    given = {name: value for part in asked for name, value in part.given.items()}
    rows = db.session.execute(_statement(tuple((part.build, part.size) for part in asked)), given)
    return {row.name: row.number for row in rows}


@lru_cache(256)
def _statement(shapes: tuple[tuple[Build, int], ...]) -> Executable:
    selects = [each for build, size in shapes for each in build(size)]
    return union_all(*selects) if len(selects) > 1 else selects[0]
