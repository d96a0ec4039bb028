"""Events: what happened, in ids only.

An event is a frozen dataclass, published inside a command. It says in which live streams it
shows (`entries()`), and others listen with `@on`: either inside the same transaction, or
after it through the outbox, in the worker, at least once.

Rules: an event holds numbers, short words and ids, never text that a person wrote, because
it is stored in the outbox. Influence upward is an event, never an import.
"""

import dataclasses
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar


@dataclass(frozen=True)
class Entry:
    """One line in one live stream: `stream` such as `space:3`, `kind` such as `reply:posted`."""

    stream: str
    kind: str
    subject_id: int


@dataclass(frozen=True)
class Event:
    """Base of all events; of a `passing` one no row stays once its listeners have run."""

    passing: ClassVar[bool] = False

    def entries(self) -> list[Entry]:
        """The live streams that show this event; none by default."""
        return []

    def payload(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


@dataclass
class Collected:
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Subscriber:
    """A function that hears an event; `name` is how the outbox finds it again."""

    name: str
    event: type[Event]
    run: Callable[[Any], None]
    after: bool
    slow: bool


E = TypeVar("E", bound=Event)
_collecting: ContextVar[Collected | None] = ContextVar("collected_events", default=None)
_subscribers: dict[type[Event], list[Subscriber]] = {}
_by_name: dict[str, Subscriber] = {}
wake = threading.Event()
"""Set after a commit that wrote to a stream or the outbox of this process."""
on_poke: Callable[[], None] | None = None
"""Also called then, where other processes can be woken; it returns at once."""


def on(
    event: type[E], *, after: bool = False, slow: bool = False
) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Hear `event`: in its transaction, or with `after=True` from the outbox.

    An `after` listener runs in a command of its own, in the worker, and must bear being
    repeated. With `slow=True` it runs outside any transaction: mail, files, the network.
    """

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        name = f"{function.__module__}.{function.__qualname__}:{event.__name__}"
        subscriber = Subscriber(name, event, function, after or slow, slow)
        known = _by_name.get(name)
        if known is None:
            _subscribers.setdefault(event, []).append(subscriber)
        _by_name[name] = subscriber
        return function

    return register


def publish(event: Event) -> None:
    """Say that something happened. Only inside a command."""
    collected = _collecting.get()
    if collected is None:
        raise RuntimeError("publish() outside a command: nobody would hear it")
    collected.events.append(event)


def subscribers() -> list[Subscriber]:
    """Every registered listener, for the outbox and for the test that walks the doors."""
    return list(_by_name.values())


def subscriber(name: str) -> Subscriber | None:
    return _by_name.get(name)


@contextmanager
def collecting() -> Iterator[Collected]:
    collected = Collected()
    token = _collecting.set(collected)
    try:
        yield collected
    finally:
        _collecting.reset(token)


def listeners(event: Event, *, after: bool) -> list[Subscriber]:
    """Who hears this event: inside its transaction, or after it."""
    return [listener for listener in _subscribers.get(type(event), []) if listener.after is after]


def poke() -> None:
    """Wake the stream tail and the outbox of this process; others find it by polling."""
    wake.set()
    if on_poke is not None:
        on_poke()
