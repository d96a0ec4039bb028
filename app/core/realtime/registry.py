"""What features register for realtime.

A *stream kind* (`space`, `contribution`, `member`) comes with a function that says which of
several an account may join, all in one question; a *deliverer* makes the payload of a kind of
event from the current row, neutral in viewer and time zone, so that a replay cannot bring
back what was removed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Payload = dict[str, Any]
WITHIN = "_within"
"""In a payload: the scope (`space:3`) through which its content is seen now. It is never sent."""


@dataclass(frozen=True)
class Seat:
    """Why an account may hear a stream: as which member, by which scope (`space:3`)."""

    member_id: int
    scope: str


Authorize = Callable[[Any, Sequence[int]], Mapping[int, Seat]]
Deliver = Callable[[int], Payload | None]

_streams: dict[str, Authorize] = {}
_finders: list[Callable[[int], Any]] = []
_deliverers: dict[str, Deliver] = {}


def stream(kind: str) -> Callable[[Authorize], Authorize]:
    """Register `(account, ids) -> {id: Seat}` for the streams called `kind:<id>`; left out is refused."""

    def register(function: Authorize) -> Authorize:
        _streams[kind] = function
        return function

    return register


def delivers(*kinds: str) -> Callable[[Deliver], Deliver]:
    """Register `subject_id -> payload | None` for kinds of stream events.

    None means that there is nothing to show any more; the client then only learns the number.
    """

    def register(function: Deliver) -> Deliver:
        for kind in kinds:
            _deliverers[kind] = function
        return function

    return register


def seats_of(account: Any, names: Iterable[object]) -> dict[str, Seat]:
    """The seats of `account` in those of the streams that it may hear; nonsense is left out."""
    asked: dict[str, list[int]] = {}
    for kind, number in filter(None, map(_parse, names)):
        asked.setdefault(kind, []).append(number)
    return {
        f"{kind}:{number}": seat
        for kind, numbers in asked.items()
        for number, seat in _streams[kind](account, numbers).items()
    }


def authorize(account: Any, name: object) -> Seat | None:
    """The seat of `account` in the stream `name`, or None (also for nonsense)."""
    return next(iter(seats_of(account, [name]).values()), None)


def _parse(name: object) -> tuple[str, int] | None:
    """The kind and number of a stream's name in its one right spelling."""
    if not isinstance(name, str):
        return None
    kind, _, number = name.partition(":")
    if kind not in _streams or not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return (kind, int(number)) if number == str(int(number)) else None


def account_finder(function: Callable[[int], Any]) -> Callable[[int], Any]:
    """Register `account_id -> account | None`, None for one that may not sign in."""
    _finders[:] = [function]
    return function


def find_account(account_id: int) -> Any:
    """The account behind a socket as it is now. Raises IndexError when nobody registered."""
    return _finders[0](account_id)


def deliverers() -> dict[str, Deliver]:
    return dict(_deliverers)


def payload(kind: str, subject_id: int) -> Payload | None:
    """What to tell of an event, in the language of the current locale."""
    make = _deliverers.get(kind)
    return make(subject_id) if make else None


def shown_in(stream: str, payload: Payload | None) -> Payload | None:
    """The payload; None where `stream` is a scope, and the content lies in another one by now."""
    scope = payload.get(WITHIN) if payload else None
    moved = scope is not None and scope != stream and is_scope(stream, scope)
    return None if moved else payload


def is_scope(stream: str, scope: str) -> bool:
    """Whether this stream is of the kind that `scope` is of: seats in it need no other scope."""
    return stream.partition(":")[0] == scope.partition(":")[0]
