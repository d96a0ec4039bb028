"""What an import would do, before it does anything: counted against what is here."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from app.core.db import db
from app.networks.models import Network
from app.standards.models import Framework, FrameworkImport, Standard
from app.standards.queries.case import Item, NotAPackage, Package
from app.standards.queries.case.narrowing import branches_of, grades_named, narrowed
from app.standards.queries.counting import ids_in_use

OF_ITEM = (
    "uri",
    "code",
    "label",
    "statement",
    "notes",
    "item_type",
    "language",
    "grades",
    "changed_at",
)
"""What an entry says of itself; anything different is a change."""


def framework_here(package: Package, network: Network | None) -> Framework | None:
    """The one that the package would change: the network's own, or (None) the deployment's."""
    same = select(Framework).where(Framework.identifier == package.identifier)
    mine = Framework.network_id.is_(None) if network is None else Framework.network_id == network.id
    return db.session.scalar(same.where(mine))


def is_shared(package: Package) -> bool:
    """Whether it is here for all networks already."""
    same = select(Framework.id).where(Framework.identifier == package.identifier)
    return db.session.scalar(same.where(Framework.network_id.is_(None))) is not None


def is_older(package: Package, framework: Framework) -> bool:
    """Whether its publisher dates it before what is here."""
    if package.changed_at is None or framework.changed_at is None:
        return False
    return package.changed_at < framework.changed_at


def preview(
    package: Package, network: Network | None, left_out: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """As JSON: what the list is, what can be left out of it, and what taking it would do. `left_out` as
    `Framework.left_out`; None is what was left out the last time."""
    framework = framework_here(package, network)
    before = dict(framework.left_out) if framework is not None else {}
    without = before if left_out is None else dict(left_out)
    return {
        "identifier": package.identifier,
        "title": package.title,
        "creator": package.creator,
        "version": package.version,
        "entries": len(package.items),
        "is_known": framework is not None,
        "is_older": framework is not None and is_older(package, framework),
        **_parts(package),
        "left_out": without,
        **_changes(narrowed_by(package, without), framework),
        "problems": package.problems.listed(),
    }


def _parts(package: Package) -> dict[str, Any]:
    """What can be left out; where the branches are the grades, once is enough."""
    grades, branches = grades_named(package), branches_of(package)
    if sorted(grades.values()) == sorted(branch.count for branch in branches):
        grades = {}
    return {
        "grades": [[grade, count] for grade, count in grades.items()],
        "branches": [asdict(branch) for branch in branches],
    }


def plans_for(import_id: int, packages: Sequence[Package]) -> list[dict[str, Any]]:
    """The previews of what a network sent. Raises NotAPackage for what is there for all already."""
    asked = db.session.get_one(FrameworkImport, import_id)
    network = db.session.get_one(Network, asked.network_id)
    if any(is_shared(package) for package in packages):
        raise NotAPackage("already_shared")
    return [preview(package, network) for package in packages]


def narrowed_by(package: Package, left_out: Mapping[str, Any]) -> Package:
    """Without what `left_out` names."""
    return narrowed(package, left_out.get("grades", ()), left_out.get("branches", ()))


def _changes(package: Package, framework: Framework | None) -> dict[str, int]:
    """How many are new, changed, back, as before, and gone; and how many of changed and gone are named."""
    query = select(Standard).where(Standard.framework_id == (framework.id if framework else 0))
    known = {standard.identifier: standard for standard in db.session.scalars(query)}
    here = [(known[name], item) for name, item in package.items.items() if name in known]
    changed = [one for one, item in here if one.retired_at is None and _differs(one, item)]
    gone = [one for name, one in known.items() if one.retired_at is None and name not in package.items]
    used = ids_in_use(framework.id) if framework is not None else set()
    back = sum(1 for one, _item in here if one.retired_at is not None)
    return {
        "taken": len(package.items),
        "added": len(package.items) - len(here),
        "changed": len(changed),
        "changed_used": _used(changed, used),
        "back": back,
        "same": len(here) - len(changed) - back,
        "retired": len(gone),
        "retired_used": _used(gone, used),
    }


def _differs(standard: Standard, item: Item) -> bool:
    if item.changed_at and standard.changed_at and item.changed_at < standard.changed_at:
        return False
    return any(getattr(standard, name) != getattr(item, name) for name in OF_ITEM)


def _used(standards: Sequence[Standard], used: set[int]) -> int:
    return sum(1 for standard in standards if standard.id in used)
