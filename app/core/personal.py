"""Personal data: what each feature holds about a person, to hand over and to erase.

Nouns: a *part* is one feature's share of somebody's data: pairs of a path inside the download and a value
(bytes, an open binary file or what opens one, or anything that JSON can hold); an *eraser* takes a person's
traces out of one feature.

Rules: a part gives what the person wrote or set themselves, and nothing private of others. What they did
without their name is a part of its own, `unnamed`: it is made while it is sent to them and lies in no file
beside their name. Erasers run inside one transaction; `keep_contributions` says whether what the person
shared stays, as a former member's, or goes with them.

    @personal.exports("profile")
    def profile(account): yield "profile.json", {...}

    @personal.erases(floor=2)
    def erase_members(account, keep_contributions): ...
"""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

Value = bytes | IO[bytes] | Callable[[], IO[bytes]] | dict[str, Any] | list[Any]
Part = Callable[[Any], Iterable[tuple[str, Value]]]
Eraser = Callable[[Any, bool], None]

_parts: dict[str, Part] = {}
_unnamed: set[str] = set()
_erasers: list[tuple[int, Eraser]] = []


def exports(name: str, *, unnamed: bool = False) -> Callable[[Part], Part]:
    """Register the part called `name`; its paths begin with that name."""

    def register(function: Part) -> Part:
        _parts[name] = function
        (_unnamed.add if unnamed else _unnamed.discard)(name)
        return function

    return register


def erases(*, floor: int) -> Callable[[Eraser], Eraser]:
    """Register the eraser of a feature on `floor`. Higher floors go first: they find a person through
    rows that the lower ones empty, whatever order the modules were imported in."""

    def register(function: Eraser) -> Eraser:
        if all(known is not function for _floor, known in _erasers):
            _erasers.append((floor, function))
        return function

    return register


def everything_of(account: Any) -> Iterator[tuple[str, Value]]:
    """Every part of a person's data, one file after another."""
    yield from named_of(account)
    yield from unnamed_of(account)


def named_of(account: Any) -> Iterator[tuple[str, Value]]:
    """What may lie in a file until it is fetched."""
    return _files_of(account, unnamed=False)


def unnamed_of(account: Any) -> Iterator[tuple[str, Value]]:
    """What is made only while it is sent to them; nothing for who did nothing without their name."""
    return _files_of(account, unnamed=True)


def _files_of(account: Any, *, unnamed: bool) -> Iterator[tuple[str, Value]]:
    for name, part in _parts.items():
        if (name in _unnamed) == unnamed:
            for path, value in part(account):
                yield (path if path.startswith(f"{name}/") else f"{name}/{path}"), value


def erase(account: Any, *, keep_contributions: bool) -> None:
    """Run every eraser, from the highest floor down. Inside a command."""
    for _floor, eraser in sorted(_erasers, key=lambda known: -known[0]):
        eraser(account, keep_contributions)
