"""The norms of a network: those that hold, earlier versions, and what changed between two.

Rules: a norm is named by its `ref`, never by its number or its words; what a report or a letter
keeps of a norm is ref, version and the title as it was.
"""

from dataclasses import dataclass

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import joinedload

from app.core.access import NotFound
from app.core.db import db
from app.networks.models import Change, Member, Network, Norm, NormsVersion, changes_between, numbered

__all__ = [
    "Acceptance",
    "Norm",
    "Step",
    "acceptance_of",
    "history_of",
    "norms_of",
    "norms_version",
    "versions_of",
    "what_changed",
]


def norms_of(network: Network, version: int | None = None) -> list[Norm]:
    """The norms of the version that holds, or of an earlier one. Raises NotFound."""
    return numbered(norms_version(network, version).norms)


def norms_version(network: Network, version: int | None = None) -> NormsVersion:
    """A version of the norms, by default the one that holds. Raises NotFound."""
    number = version if version is not None else network.norms_version
    wanted = (NormsVersion.network_id == network.id, NormsVersion.version == number)
    found: NormsVersion | None = db.session.scalar(select(NormsVersion).where(*wanted))
    if found is None:
        raise NotFound
    return found


def versions_of(network: Network) -> list[NormsVersion]:
    """All versions, the newest first."""
    query = select(NormsVersion).where(NormsVersion.network_id == network.id)
    query = query.options(joinedload(NormsVersion.adopted_by))
    return list(db.session.scalars(query.order_by(NormsVersion.version.desc())))


def what_changed(network: Network, accepted: int | None) -> list[Change]:
    """How the norms that hold differ from those that were accepted, norm by norm; nothing the first time."""
    if accepted is None or accepted == network.norms_version:
        return []
    return changes_between(norms_of(network, accepted), norms_of(network))


@dataclass(frozen=True)
class Step:
    """A version with what it changed against the one before; the first has no changes."""

    version: NormsVersion
    changes: list[Change]


def history_of(network: Network) -> list[Step]:
    """Every version, the newest first."""
    versions = versions_of(network)
    older = [*versions[1:], None]
    return [
        Step(each, changes_between(numbered(before.norms), numbered(each.norms)) if before else [])
        for each, before in zip(versions, older, strict=True)
    ]


@dataclass(frozen=True)
class Acceptance:
    """How many of those who take part have accepted the version that holds; counts, never names."""

    accepted: int
    people: int
    reading_along: int


def acceptance_of(network: Network) -> Acceptance:
    """Of the active members; who takes a break answers when they come back."""
    holds = network.norms_version
    accepted = func.count(case((Member.norms_version == holds, 1)))
    along = func.count(
        case((and_(Member.norms_put_off == holds, Member.norms_version.is_distinct_from(holds)), 1))
    )
    counted = select(accepted, func.count(Member.id), along)
    row = db.session.execute(
        counted.where(Member.network_id == network.id, Member.standing == "active")
    ).one()
    return Acceptance(*row)
