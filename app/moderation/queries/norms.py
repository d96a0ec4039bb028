"""The norms by which something can be reported or judged, as they hold where it is."""

from collections.abc import Sequence
from typing import Any

from app.core.access import NotFound
from app.core.db import db
from app.networks.models import Network, Norm
from app.networks.queries import norms_of
from app.spaces.models import Space
from app.spaces.queries.norms import norms_in


def norms_where(network_id: int, space: Space | None) -> list[Norm]:
    """The network's, and the group's own below them."""
    return norms_in(space) if space is not None else norms_of(db.session.get_one(Network, network_id))


def norm_here(network_id: int, space: Space | None, ref: str) -> dict[str, Any]:
    """What a report or an act keeps of a norm. Raises NotFound for one that does not hold here."""
    norm = next((norm for norm in norms_where(network_id, space) if norm.ref == ref), None)
    if norm is None:
        raise NotFound
    version = db.session.get_one(Network, network_id).norms_version
    return {"norm_ref": norm.ref, "norm_title": norm.title, "norm_version": version}


def meaning_of(network_id: int, space: Space | None, ref: str) -> str:
    """What a norm says now; nothing where it holds no more."""
    return next((norm.meaning for norm in norms_where(network_id, space) if ref and norm.ref == ref), "")


def about_students(norms: Sequence[Norm]) -> str:
    """The ref of the norm that speaks of students or privacy; the first where none does, nothing without
    norms.
    """
    speaks = (norm for norm in norms if any(word in norm.title.lower() for word in ("student", "privacy")))
    meant = (norm for norm in norms if "student" in norm.meaning.lower())
    found = next(speaks, None) or next(meant, None) or next(iter(norms), None)
    return found.ref if found is not None else ""
