"""The stream of a space: its feed. Heard by those who see the space, and by nobody else."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import db
from app.core.realtime import registry
from app.core.realtime.registry import Seat
from app.networks.models import Member
from app.spaces.models import Space
from app.spaces.policy import sees


def viewer_in(account: Account, network_id: int) -> Member | None:
    """The account's member in a network, as it stands now."""
    found: Member | None = db.session.scalar(
        select(Member).where(
            Member.account_id == account.id,
            Member.network_id == network_id,
            Member.standing.in_(("active", "paused")),
        )
    )
    return found


@registry.stream("space")
def may_hear_space(account: Any, space_id: int) -> Seat | None:
    network_id = db.session.scalar(select(Space.network_id).where(Space.id == space_id))
    viewer = viewer_in(account, network_id) if network_id is not None else None
    if viewer is None:
        return None
    seen = db.session.scalar(select(Space.id).where(Space.id == space_id, sees(viewer)))
    return Seat(viewer.id, f"space:{space_id}") if seen is not None else None
