"""The tree of a framework: who is beneath whom, and in which order.

`isChildOf` makes it; its origin is the child. Each item stands in one place: the first that its file gives
it. What points to nothing, to itself or round in a circle stands at the top, and is counted as a problem.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.standards.queries.case.nouns import Item, Link, Package, Problems

CHILD = "isChildOf"
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Place:
    """`position` counts from 1 through the whole tree; `last` is the position of the last one beneath."""

    identifier: str
    parent: str | None
    position: int
    last: int
    depth: int


def place(package: Package) -> list[Place]:
    """Every item once, parents before their children."""
    above, sequence = _parents(package)
    _cut_circles(above, package.problems)
    beneath: dict[str | None, list[str]] = {}
    for identifier in package.items:
        beneath.setdefault(above.get(identifier), []).append(identifier)
    order = {identifier: number for number, identifier in enumerate(package.items)}

    def rank(identifier: str) -> tuple[float, list[tuple[int, int, str]], int]:
        given = sequence.get(identifier)
        item = package.items[identifier]
        return (float("inf") if given is None else given), _natural(item), order[identifier]

    return _walk({parent: sorted(children, key=rank) for parent, children in beneath.items()}, above)


def _parents(package: Package) -> tuple[dict[str, str | None], dict[str, float]]:
    above: dict[str, str | None] = {}
    sequence: dict[str, float] = {}
    links = [link for link in package.links if link.kind == CHILD]
    for link in links:
        item = package.items.get(link.origin)
        if item is None:
            package.problems.add("unknown_child", link.origin)
        elif not _leads_somewhere(package, link):
            package.problems.add("missing_parent", item.called)
        elif link.origin in above:
            package.problems.add("two_places", item.called)
        else:
            above[link.origin] = link.destination if link.destination in package.items else None
            if link.sequence is not None:
                sequence[link.origin] = link.sequence
    if links:
        for identifier, item in package.items.items():
            if identifier not in above:
                package.problems.add("no_place", item.called)
    return above, sequence


def _leads_somewhere(package: Package, link: Link) -> bool:
    inside = link.destination in package.items and link.destination != link.origin
    return inside or link.destination == package.identifier


def _cut_circles(above: dict[str, str | None], problems: Problems) -> None:
    sound: set[str | None] = {None}
    for identifier in list(above):
        way: dict[str, None] = {}
        here: str | None = identifier
        while here not in sound and here not in way:
            assert here is not None
            way[here] = None
            here = above.get(here)
        if here not in sound:
            assert here is not None
            problems.add("circle", here)
            above[here] = None
        sound.update(way)


def _natural(item: Item) -> list[tuple[int, int, str]]:
    """By code, where a 10 comes after a 9; what has no code keeps the file's order."""
    parts = _DIGITS.split(item.code.casefold()) if item.code else []
    return [(0, int(part[:15]), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def _walk(beneath: dict[str | None, Sequence[str]], above: dict[str, str | None]) -> list[Place]:
    order: list[tuple[str, int]] = []
    waiting = [(identifier, 0) for identifier in reversed(beneath.get(None, []))]
    while waiting:
        identifier, depth = waiting.pop()
        order.append((identifier, depth))
        waiting += [(child, depth + 1) for child in reversed(beneath.get(identifier, []))]
    last = {identifier: number for number, (identifier, _depth) in enumerate(order, 1)}
    for identifier, _depth in reversed(order):
        parent = above.get(identifier)
        if parent is not None:
            last[parent] = max(last[parent], last[identifier])
    return [
        Place(identifier, above.get(identifier), number, last[identifier], depth)
        for number, (identifier, depth) in enumerate(order, 1)
    ]
