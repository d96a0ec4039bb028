"""Openings of seals as the hub's people see them: what waits for a second one, what was opened, and why."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.contributions.models import Contribution, SealOpening
from app.contributions.policy import can_open_seal_of, can_open_seals, require
from app.core import clock
from app.core.access import NotFound
from app.core.db import db
from app.networks.models import Member

WAITS: timedelta = timedelta(days=7)
"""So long an ask waits for a second one, and a name for those who may see it."""
SHOWN = 100


def openings_in(viewer: Member) -> list[SealOpening]:
    """Every opening and every ask in the viewer's network, the newest first; for the hub."""
    require(can_open_seals(viewer))
    query = select(SealOpening).where(SealOpening.network_id == viewer.network_id)
    query = query.options(joinedload(SealOpening.asked_by), joinedload(SealOpening.agreed_by))
    return list(db.session.scalars(query.order_by(SealOpening.id.desc()).limit(SHOWN)))


def get_opening(viewer: Member, opening_id: int) -> SealOpening:
    """Raises NotFound, Forbidden."""
    require(can_open_seals(viewer))
    found = db.session.get(SealOpening, opening_id, populate_existing=True)
    if found is None or found.network_id != viewer.network_id:
        raise NotFound
    return found


def waiting_for(contribution: Contribution) -> SealOpening | None:
    """The ask about this one that waits for a second person."""
    query = select(SealOpening).where(
        SealOpening.contribution_id == contribution.id,
        SealOpening.agreed_at.is_(None),
        SealOpening.asked_at > clock.now() - WAITS,
    )
    return db.session.scalar(query.order_by(SealOpening.id.desc()).limit(1))


def may_agree(viewer: Member, opening: SealOpening) -> bool:
    """A second one of the hub, in time, while it is there and they see or judge it; not who asked, and not
    who wrote it."""
    waits = opening.agreed_at is None and opening.asked_at > clock.now() - WAITS
    other = opening.asked_by_id not in (None, viewer.id)
    it = opening.contribution
    return waits and other and it is not None and can_open_seal_of(viewer, it)


def may_see(viewer: Member, opening: SealOpening) -> bool:
    """The two, once each, within a week of the opening, while it is there and they see or judge it."""
    it = opening.contribution
    if opening.agreed_at is None or opening.agreed_at <= clock.now() - WAITS or it is None:
        return False
    as_asker = opening.asked_by_id == viewer.id and opening.asker_saw_at is None
    as_agreer = opening.agreed_by_id == viewer.id and opening.agreer_saw_at is None
    return (as_asker or as_agreer) and can_open_seal_of(viewer, it)
