"""The norms that hold in a space: the network's, and below them the group's own.

A group adds and never weakens, so the network's always come first and all of them hold. The caller
has made sure that the space may be known of.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.networks.models import Change, Network, Norm, changes_between, numbered
from app.networks.queries import norms_of
from app.spaces.models import GroupNorms, Space
from app.spaces.policy.groups import Tie


def group_norms(space: Space) -> GroupNorms | None:
    """The version of a group's own norms that holds; None where it never wrote any."""
    query = select(GroupNorms).where(GroupNorms.space_id == space.id)
    found: GroupNorms | None = db.session.scalar(query.order_by(GroupNorms.version.desc()).limit(1))
    return found


def own_norms(space: Space) -> list[Norm]:
    """What the group added, numbered for itself."""
    return _numbered(space, group_norms(space))


def norms_in(space: Space) -> list[Norm]:
    """All that hold here: the network's by number, and then the group's own, by theirs."""
    network: Network = db.session.get_one(Network, space.network_id)
    return [*norms_of(network), *own_norms(space)]


def find_norm(space: Space, ref: str) -> Norm | None:
    """The norm of this ref that holds here; None for any other."""
    return next((norm for norm in norms_in(space) if norm.ref == ref), None)


@dataclass(frozen=True)
class Step:
    """A version of a group's norms, and what it changed."""

    version: GroupNorms
    changes: list[Change]


def group_history(space: Space) -> list[Step]:
    """Every version, the newest first."""
    query = select(GroupNorms).where(GroupNorms.space_id == space.id)
    query = query.options(joinedload(GroupNorms.adopted_by)).order_by(GroupNorms.version.desc())
    versions = list(db.session.scalars(query))
    older = [*versions[1:], None]
    return [
        Step(each, changes_between(_numbered(space, before), _numbered(space, each)))
        for each, before in zip(versions, older, strict=False)
    ]


def news_of_norms(tie: Tie) -> list[Change]:
    """What changed in the group's norms since this member came, or last put it away."""
    if not tie.has_new_norms or tie.knew_norms_at is None:
        return []
    return changes_between(_held_at(tie.space, tie.knew_norms_at), own_norms(tie.space))


def _held_at(space: Space, moment: datetime) -> list[Norm]:
    query = select(GroupNorms).where(GroupNorms.space_id == space.id, GroupNorms.adopted_at <= moment)
    return _numbered(space, db.session.scalar(query.order_by(GroupNorms.version.desc()).limit(1)))


def _numbered(space: Space, version: GroupNorms | None) -> list[Norm]:
    return numbered(version.norms, f"g{space.id}.") if version is not None else []
