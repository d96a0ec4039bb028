"""The tree as a page shows it: branches with counts, bounded however large the framework is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, or_, select

from app.core.db import db
from app.networks.models import Member
from app.standards.models import Framework, Standard, StandardLink
from app.standards.policy import readable_by
from app.standards.queries.counting import counts_of

MOST = 400
LEVELS = 11
"""Levels on one page; what lies deeper has a page of its own."""
"""Standards on one page."""


@dataclass
class Node:
    """`count` is of what names it or one beneath it; `more` says that its children are on its own page."""

    standard: Standard
    count: int = 0
    more: bool = False
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Related:
    """What another standard is to this one; `standard` is None where it is not known here."""

    kind: str
    title: str
    standard: Standard | None
    backward: bool = False


def tree_of(viewer: Member, framework: Framework, top: Standard | None = None) -> list[Node]:
    """The framework, or what is beneath `top`, as deep as fits on a page."""
    inside = [Standard.framework_id == framework.id, Standard.retired_at.is_(None)]
    if top is not None:
        inside.append(Standard.position.between(top.position + 1, top.last))
    sizes = db.session.execute(
        select(Standard.depth, func.count()).where(*inside).group_by(Standard.depth).order_by(Standard.depth)
    )
    deepest, first, total = -1, -1, 0
    for depth, number in sizes:
        total += number
        if deepest >= 0 and total > MOST:
            break
        first = depth if first < 0 else first
        deepest = min(depth, first + LEVELS)
    shown = select(Standard).where(*inside, Standard.depth <= deepest).order_by(Standard.position).limit(2000)
    return _nested(db.session.scalars(shown), counts_of(viewer, framework.id), deepest)


def _nested(standards: Iterable[Standard], counts: dict[int, int], deepest: int) -> list[Node]:
    nodes: dict[int, Node] = {}
    tops: list[Node] = []
    for standard in standards:
        node = nodes[standard.id] = Node(standard, counts.get(standard.id, 0))
        node.more = standard.depth == deepest and standard.last > standard.position
        above = nodes.get(standard.parent_id or 0)
        (above.children if above else tops).append(node)
    return tops


def retired_in_use(viewer: Member, framework: Framework) -> list[Node]:
    """Those that are no longer in the list and still named by what this viewer sees."""
    counts = counts_of(viewer, framework.id)
    retired = select(Standard).where(
        Standard.framework_id == framework.id, Standard.retired_at.is_not(None), Standard.id.in_(counts)
    )
    found = db.session.scalars(retired.order_by(Standard.code, Standard.id).limit(MOST))
    return [Node(standard, counts[standard.id]) for standard in found] if counts else []


def way_to(standard: Standard) -> list[Standard]:
    """Those above it, from the top."""
    if standard.retired_at is not None:
        return []
    above = select(Standard).where(
        Standard.framework_id == standard.framework_id,
        Standard.retired_at.is_(None),
        Standard.position < standard.position,
        Standard.last >= standard.last,
    )
    return list(db.session.scalars(above.order_by(Standard.position)))


def related_to(viewer: Member, standard: Standard) -> list[Related]:
    """What the lists say of it and of others, in both directions; of lists that the viewer may know."""
    known = select(Standard).join(Framework).where(readable_by(viewer))
    forward = db.session.scalars(
        select(StandardLink).where(StandardLink.origin_id == standard.id).order_by(StandardLink.id).limit(50)
    ).all()
    wanted = [link.other_identifier for link in forward]
    there = {
        each.identifier: each for each in db.session.scalars(known.where(Standard.identifier.in_(wanted)))
    }
    backward = db.session.execute(
        select(StandardLink.kind, Standard)
        .join(Standard, Standard.id == StandardLink.origin_id)
        .join(Framework, Framework.id == Standard.framework_id)
        .where(StandardLink.other_identifier == standard.identifier, readable_by(viewer))
        .order_by(StandardLink.id)
        .limit(50)
    )
    return [
        *(Related(link.kind, link.other_title, there.get(link.other_identifier)) for link in forward),
        *(Related(kind, "", origin, backward=True) for kind, origin in backward),
    ]


def frameworks_to_choose(network_id: int, *, retired: bool = False) -> list[tuple[Framework, int]]:
    """Every framework that the network may use, or that was put away, each with how many standards."""
    number = func.count(Standard.id)
    query = (
        select(Framework, number)
        .outerjoin(Standard, (Standard.framework_id == Framework.id) & Standard.retired_at.is_(None))
        .where(
            or_(Framework.network_id.is_(None), Framework.network_id == network_id),
            Framework.retired_at.is_not(None) if retired else Framework.retired_at.is_(None),
        )
        .group_by(Framework.id)
        .order_by(Framework.title, Framework.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]
