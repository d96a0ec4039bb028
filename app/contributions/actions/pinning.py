"""Pinning: a few things that stay on top of a space, for as long as they show there."""

from sqlalchemy import delete, func, select

from app.contributions.events import ContributionEdited
from app.contributions.models import Contribution, Pin
from app.contributions.policy import can_pin, is_sealed_by, require
from app.contributions.queries import get_root
from app.contributions.queries.pins import shows_pinned
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member

PINS_AT_MOST = 5


class TooManyPins(Exception):
    """Five are on top already; one has to go first."""


@command
def pin(actor: Member, contribution: Contribution) -> None:
    """Keep it on top of its space; a second time changes nothing. Raises Forbidden, TooManyPins."""
    contribution = get_root(actor, contribution.id)
    require(can_pin(actor, contribution))
    known = db.session.get(Pin, contribution.id)
    if known is not None and known.space_id == contribution.space_id:
        return
    here = select(func.count()).select_from(Pin).join(Contribution, Contribution.id == Pin.contribution_id)
    here = here.where(Pin.space_id == contribution.space_id, shows_pinned())
    if (db.session.scalar(here) or 0) >= PINS_AT_MOST:
        raise TooManyPins
    by_id = None if is_sealed_by(actor, contribution) else actor.id
    db.session.merge(Pin(contribution_id=contribution.id, space_id=contribution.space_id, pinned_by_id=by_id))
    _say_marked(contribution)


@command
def unpin(actor: Member, contribution: Contribution) -> None:
    """Let it go down with the rest. Raises Forbidden."""
    contribution = get_root(actor, contribution.id)
    require(can_pin(actor, contribution))
    db.session.execute(delete(Pin).where(Pin.contribution_id == contribution.id))
    _say_marked(contribution)


def _say_marked(contribution: Contribution) -> None:
    """Its card says that it is pinned, so the card is another one now."""
    contribution.version += 1
    db.session.flush()
    publish(ContributionEdited(contribution.id, contribution.space_id))


def forget_pin(contribution_id: int) -> None:
    """It shows no more where it was pinned. Inside a command."""
    db.session.execute(delete(Pin).where(Pin.contribution_id == contribution_id))
