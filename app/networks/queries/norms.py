"""The norms of a network: those that hold, earlier versions, and what changed between two.

Rules: a norm is named by its `ref`, never by its number or its words; what a report or a letter
keeps of a norm is ref, version and the title as it was.
"""

from dataclasses import dataclass, field

from sqlalchemy import select

from app.core.access import NotFound
from app.core.db import db
from app.networks.models import Network, Norm, NormsVersion, numbered

__all__ = ["Changes", "Norm", "norms_of", "norms_version", "versions_of", "what_changed"]


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
    return list(db.session.scalars(query.order_by(NormsVersion.version.desc())))


@dataclass(frozen=True)
class Changes:
    """What is different between two versions, by title."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def what_changed(network: Network, accepted: int | None) -> Changes | None:
    """How the norms that hold differ from those that were accepted; None at the first time."""
    if accepted is None or accepted == network.norms_version:
        return None
    old = {norm.ref: norm for norm in norms_of(network, accepted)}
    new = {norm.ref: norm for norm in norms_of(network)}
    return Changes(
        added=[norm.title for ref, norm in new.items() if ref not in old],
        changed=[norm.title for ref, norm in new.items() if ref in old and _words(norm) != _words(old[ref])],
        gone=[norm.title for ref, norm in old.items() if ref not in new],
    )


def _words(norm: Norm) -> tuple[str, str, str]:
    return norm.title, norm.meaning, norm.example
