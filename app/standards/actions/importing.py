"""Import: a package becomes, or changes, a framework and its standards.

Everything is found again by the publisher's identifier, so that the same file twice changes nothing. What
the package no longer has is retired; what comes back is no longer retired. An entry that its publisher dates
before ours is left as it is, and so is all of a framework that an older package is of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Network
from app.networks.policy import Actor, insist
from app.standards import policy
from app.standards.actions.choosing import add_choice
from app.standards.actions.linking import write_links
from app.standards.events import StandardRecoded
from app.standards.models import Framework, Standard, normalise_code, short_code
from app.standards.queries.case import Item, NotAPackage, Package, Place, place
from app.standards.queries.previewing import OF_ITEM, framework_here, is_older, is_shared, narrowed_by

_OF_FRAMEWORK = (
    "uri",
    "title",
    "creator",
    "subject",
    "description",
    "language",
    "version",
    "adoption_status",
    "source_url",
    "licence",
    "changed_at",
)


class AlreadyShared(ValueError):
    """The deployment has this framework already, for all networks."""


@dataclass
class Report:
    """What an import did to one framework; the numbers are of standards."""

    framework_id: int
    title: str
    added: int = 0
    changed: int = 0
    retired: int = 0
    returned: int = 0
    same: int = 0
    problems: list[dict[str, object]] = field(default_factory=list)

    @property
    def as_json(self) -> dict[str, Any]:
        return dict(vars(self))


@command
def import_packages(
    actor: Actor,
    packages: Iterable[Package],
    network: Network | None,
    left_out: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Report]:
    """Bring in every package, all or none; for one network, or (None) for the whole deployment.

    `left_out` says by identifier what is not wanted of a list; for one that it does not name, that is what
    was not wanted the last time. Raises Forbidden, AlreadyShared for a network's own copy of what is there
    for all, and NotAPackage where nothing of a list would be left.
    """
    insist(policy.can_import(actor, network))
    wishes = left_out or {}
    return [_import(package, network, wishes.get(package.identifier)) for package in packages]


def _import(whole: Package, network: Network | None, left_out: Mapping[str, Any] | None) -> Report:
    framework, is_new = _framework(whole, network)
    if is_older(whole, framework):
        whole.problems.add("older_package")
        return Report(framework.id, framework.title, problems=whole.problems.listed())
    if left_out is not None:
        framework.left_out = dict(left_out)
    package = narrowed_by(whole, framework.left_out or {})
    if not package.items:
        raise NotAPackage("nothing_taken")
    is_back = framework.retired_at is not None
    _set(framework, package, _OF_FRAMEWORK)
    framework.imported_at, framework.retired_at = clock.now(), None
    db.session.flush()
    report = Report(framework.id, framework.title)
    known = _standards_of(framework)
    _write_items(framework, package, known, report)
    _put_in_place(place(package), known)
    _retire_what_is_gone(package, known, report)
    write_links(framework, package, known)
    if network is not None and (is_new or is_back):
        add_choice(network, framework)
    db.session.flush()
    report.problems = package.problems.listed()
    return report


def _framework(package: Package, network: Network | None) -> tuple[Framework, bool]:
    if network is not None and is_shared(package):
        raise AlreadyShared
    found = framework_here(package, network)
    if found is not None:
        return found, False
    made = Framework(
        network_id=network.id if network else None, identifier=package.identifier, title="", left_out={}
    )
    db.session.add(made)
    return made, True


def _standards_of(framework: Framework) -> dict[str, Standard]:
    found = db.session.scalars(select(Standard).where(Standard.framework_id == framework.id))
    return {standard.identifier: standard for standard in found}


def _write_items(framework: Framework, package: Package, known: dict[str, Standard], report: Report) -> None:
    for identifier, item in package.items.items():
        standard = known.get(identifier)
        if standard is None:
            known[identifier] = standard = Standard(framework_id=framework.id, identifier=identifier)
            _write(standard, item)
            db.session.add(standard)
            report.added += 1
        else:
            _write_again(standard, item, package, report)
    db.session.flush()


def _write_again(standard: Standard, item: Item, package: Package, report: Report) -> None:
    back = standard.retired_at is not None
    if back:
        standard.retired_at = None
        report.returned += 1
    if item.changed_at and standard.changed_at and item.changed_at < standard.changed_at:
        package.problems.add("older_item", item.called)
        report.same += not back
        return
    before = (standard.code, standard.label, standard.statement)
    changed = _write(standard, item)
    if (standard.code, standard.label, standard.statement) != before:
        publish(StandardRecoded(standard.id))
    report.changed += changed and not back
    report.same += not changed and not back


def _write(standard: Standard, item: Item) -> bool:
    """Whether anything is different now."""
    changed = _set(standard, item, OF_ITEM)
    standard.code_key, standard.short_key = normalise_code(item.code), short_code(item.code)
    return changed


def _set(row: Any, source: Any, names: Iterable[str]) -> bool:
    different = [name for name in names if getattr(row, name) != getattr(source, name)]
    for name in different:
        setattr(row, name, getattr(source, name))
    return bool(different)


def _put_in_place(places: list[Place], known: dict[str, Standard]) -> None:
    for each in places:
        standard = known[each.identifier]
        standard.parent_id = known[each.parent].id if each.parent else None
        standard.position, standard.last, standard.depth = each.position, each.last, each.depth


def _retire_what_is_gone(package: Package, known: dict[str, Standard], report: Report) -> None:
    """They keep their words and lose their place."""
    for identifier, standard in known.items():
        if identifier not in package.items and standard.retired_at is None:
            standard.retired_at = clock.now()
            standard.position = standard.last = standard.depth = 0
            report.retired += 1
