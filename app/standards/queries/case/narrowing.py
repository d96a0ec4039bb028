"""Taking only a part of a list: without some grades, and without some branches.

Rules: what stands above something that is taken is taken too, or it would have no place; an entry that names
no grade goes with what is beneath it. Nothing in here knows the database.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.networks.models import GRADES, grade_bit
from app.standards.queries.case.nouns import Item, Package, Problems
from app.standards.queries.case.tree import Place, place

BRANCHES = 60
"""Branches that a person can look through."""


@dataclass(frozen=True)
class Branch:
    """An entry high in the tree, with how many entries it has beneath and including itself."""

    identifier: str
    name: str
    count: int


def places_in(package: Package) -> list[Place]:
    """The tree, without counting what is wrong with it."""
    return place(replace(package, problems=Problems()))


def grades_named(package: Package) -> dict[int, int]:
    """How many entries name each grade."""
    counts = {
        grade: sum(1 for item in package.items.values() if item.grades & grade_bit(grade)) for grade in GRADES
    }
    return {grade: count for grade, count in counts.items() if count}


def branches_of(package: Package) -> list[Branch]:
    """The branches at the highest level that has more than one; none where that are too many to choose."""
    places = places_in(package)
    for depth in range(4):
        level = [each for each in places if each.depth == depth]
        if len(level) > 1:
            made = [
                Branch(each.identifier, _name(package.items[each.identifier]), _size(each)) for each in level
            ]
            return made if len(made) <= BRANCHES else []
    return []


def _name(item: Item) -> str:
    return f"{item.code} {item.label or item.statement}".strip()[:120]


def _size(each: Place) -> int:
    return each.last - each.position + 1


def narrowed(package: Package, grades: Collection[int], branches: Collection[str]) -> Package:
    """The package without `grades` and `branches` (identifiers)."""
    if not grades and not branches:
        return package
    places = places_in(package)
    unwanted = sum(grade_bit(grade) for grade in set(grades) if grade in GRADES)
    kept: set[str] = set()
    cut_until = 0
    for each in places:
        if each.identifier in branches:
            cut_until = max(cut_until, each.last)
        if each.position > cut_until and _is_wanted(package.items[each.identifier], each, unwanted):
            kept.add(each.identifier)
    for each in reversed(places):
        if each.identifier in kept and each.parent is not None:
            kept.add(each.parent)
    return replace(
        package,
        items={name: item for name, item in package.items.items() if name in kept},
        links=tuple(link for link in package.links if link.origin in kept),
    )


def _is_wanted(item: Item, each: Place, unwanted: int) -> bool:
    """By itself: whoever stands above comes along later."""
    if item.grades:
        return bool(item.grades & ~unwanted)
    return each.last == each.position
