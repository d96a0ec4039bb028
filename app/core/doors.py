"""Doors: every way out of the database says which door it is.

A *door* is a named way by which something that a member shared can reach a person: a page,
a live event, a file, a notification, a mail, an export. A function that lets such things out
is marked `@door("feed")`; one that never does is marked `@closed("why")`.

A test walks all endpoints, socket handlers, deliverers and outbox listeners: an unmarked one
fails, and every named door is tried with every viewer, space and state.
"""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

names: set[str] = set()
"""The doors that exist in this build."""


def door(*through: str) -> Callable[[F], F]:
    """Mark a function as letting contributions out through the named doors."""

    def mark(function: F) -> F:
        names.update(through)
        function.doors = through  # type: ignore[attr-defined]
        return function

    return mark


def closed(reason: str) -> Callable[[F], F]:
    """Mark a function that lets no contribution out, and say why."""

    def mark(function: F) -> F:
        function.doors = ()  # type: ignore[attr-defined]
        function.closed_because = reason  # type: ignore[attr-defined]
        return function

    return mark


def of(function: Callable[..., Any]) -> tuple[str, ...] | None:
    """The doors of a function; None when nobody has thought about it yet."""
    return getattr(function, "doors", None)
