"""Telling those who need the same that a request is met; and taking it back when it is open again."""

from sqlalchemy import select

from app.contributions.models import Contribution
from app.core.command import command
from app.core.db import db
from app.library.queries import needed_by
from app.networks.models import Member
from app.notifications.actions.telling import Act, acts_through, take_away, tell


@command
def tell_of_met(contribution_id: int) -> None:
    """Make the lines of those who need it too say whether it is met now."""
    request = db.session.get(Contribution, contribution_id)
    if request is None:
        return
    if request.state != "published" or not request.card.get("met"):
        take_away(acts_through(contribution_id, verbs=["met"]))
        return
    who = select(Member).where(Member.id.in_(needed_by(contribution_id))).order_by(Member.id)
    for reader in db.session.scalars(who):
        author_id = request.author_id if request.seal is None else None
        tell(Act(reader, "met", contribution_id, contribution_id, author_id))
