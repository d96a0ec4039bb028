"""Keeping what one said one would try, once one says how it went."""

from typing import Any

from sqlalchemy import select, update

from app.contributions.models import Commitment, Contribution
from app.core import clock
from app.core.db import db
from app.networks.models import Member


def bump(contribution_id: int, **values: Any) -> None:
    """Its card shows something else now. Inside a command."""
    db.session.execute(
        update(Contribution)
        .where(Contribution.id == contribution_id)
        .values(version=Contribution.version + 1, **values)
    )


def keep_promise(actor: Member, idea_id: int, told: Contribution) -> int | None:
    """The actor's commitment to the idea, when there is one, is kept: `told` says how it went. Its id.
    Inside a command. What is sealed leaves it as it is: the row would name its author.
    """
    commitment = None
    if told.seal is None:
        commitment = db.session.scalar(
            select(Commitment).where(Commitment.contribution_id == idea_id, Commitment.member_id == actor.id)
        )
    if commitment is None:
        return None
    if commitment.state == "let_go":
        bump(idea_id, try_count=Contribution.try_count + 1)
    commitment.state, commitment.reported_id = "reported", told.id
    commitment.ended_at = clock.now()
    db.session.flush()
    return commitment.id
