"""`@command`: the only place that commits.

A command takes its actor as the first argument, checks policy, changes rows and publishes
events. The events' same-transaction listeners, their stream entries and their outbox rows
are written with the rows themselves; the stream tail is poked only after the commit.
A command called by another joins it: there is one transaction and one drain.

Neighbours: `events` collects what is published, `streams` numbers it, `outbox` keeps what
the worker must do, `db.writing` is the transaction.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from app.core import events, outbox, streams
from app.core.db import is_writing, writing

P = ParamSpec("P")
R = TypeVar("R")


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` as one write transaction. Raises what it raises, and `db.NotWritten`."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if is_writing():
            return function(*args, **kwargs)
        with events.collecting() as collected:
            with writing():
                result = function(*args, **kwargs)
                _settle(collected)
            if collected.events:
                events.poke()
        return result

    run.is_command = True  # type: ignore[attr-defined]
    return run


def _settle(collected: events.Collected) -> None:
    """Run the same-transaction listeners, number the stream entries, fill the outbox."""
    done = 0
    while done < len(collected.events):
        event = collected.events[done]
        done += 1
        for listener in events.listeners(event, after=False):
            listener.run(event)
    streams.append([entry for event in collected.events for entry in event.entries()])
    outbox.append(
        [(listener, event) for event in collected.events for listener in events.listeners(event, after=True)]
    )
