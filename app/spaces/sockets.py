"""The stream of a space: its feed. Heard by those who see the space, and by nobody else."""

from collections.abc import Iterable, Sequence
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
    """The account's member in a network, as it stands now; nobody before the norms, as on the pages."""
    found: Member | None = db.session.scalar(
        select(Member).where(
            Member.account_id == account.id,
            Member.network_id == network_id,
            Member.standing.in_(("active", "paused")),
            Member.norms_version.is_not(None),
        )
    )
    return found


def viewers_in(account: Account, network_ids: Iterable[int]) -> list[Member]:
    """The account's members in those of several networks that it belongs to."""
    return [
        viewer for viewer in (viewer_in(account, each) for each in set(network_ids)) if viewer is not None
    ]


@registry.stream("space")
def may_hear_spaces(account: Any, space_ids: Sequence[int]) -> dict[int, Seat]:
    among = Space.id.in_(space_ids)
    networks = db.session.scalars(select(Space.network_id).where(among).distinct())
    return {
        space_id: Seat(viewer.id, f"space:{space_id}")
        for viewer in viewers_in(account, networks.all())
        for space_id in db.session.scalars(select(Space.id).where(among, sees(viewer)))
    }
