"""The norms that hold in a space: the network's, and below them the group's own.

A group adds and never weakens, so the network's always come first and all of them hold. The caller
has made sure that the space may be known of.
"""

from sqlalchemy import select

from app.core.db import db
from app.networks.models import Network, Norm, numbered
from app.networks.queries import norms_of
from app.spaces.models import GroupNorms, Space


def group_norms(space: Space) -> GroupNorms | None:
    """The version of a group's own norms that holds; None where it never wrote any."""
    query = select(GroupNorms).where(GroupNorms.space_id == space.id)
    found: GroupNorms | None = db.session.scalar(query.order_by(GroupNorms.version.desc()).limit(1))
    return found


def own_norms(space: Space) -> list[Norm]:
    """What the group added, numbered for itself."""
    version = group_norms(space)
    return numbered(version.norms, f"g{space.id}.") if version is not None else []


def norms_in(space: Space) -> list[Norm]:
    """All that hold here: the network's by number, and then the group's own, by theirs."""
    network: Network = db.session.get_one(Network, space.network_id)
    return [*norms_of(network), *own_norms(space)]


def find_norm(space: Space, ref: str) -> Norm | None:
    """The norm of this ref that holds here; None for any other."""
    return next((norm for norm in norms_in(space) if norm.ref == ref), None)
