"""Links between standards, apart from the tree: written as the package has them, and only those."""

from sqlalchemy import select

from app.core.db import db
from app.standards.models import Framework, Standard, StandardLink
from app.standards.queries.case import Link, Package
from app.standards.queries.case.tree import CHILD


def write_links(framework: Framework, package: Package, known: dict[str, Standard]) -> None:
    """Add, change and remove. A link from an item that is not in the package is a problem, not a row."""
    found = db.session.scalars(select(StandardLink).where(StandardLink.framework_id == framework.id))
    before = {link.identifier: link for link in found}
    for link in package.links:
        if link.kind == CHILD:
            continue
        if link.origin not in package.items:
            package.problems.add("unknown_origin", link.origin)
            continue
        row = before.pop(link.identifier, None)
        if row is None:
            row = StandardLink(framework_id=framework.id, identifier=link.identifier)
            db.session.add(row)
        _write(row, link, known[link.origin])
    for gone in before.values():
        db.session.delete(gone)


def _write(row: StandardLink, link: Link, origin: Standard) -> None:
    row.kind, row.origin_id = link.kind, origin.id
    row.other_identifier, row.other_title = link.destination, link.title
