"""Telling of suggestions: the owner of a resource that one waits, and then its maker what became of it.

Converges like the rest of the bell: the owner's line names those whose suggestions wait now.
"""

from sqlalchemy import select

from app.contributions.models import Contribution
from app.core.command import command
from app.core.db import db
from app.library.models import ResourceSuggestion
from app.networks.models import Member
from app.notifications.actions.telling import Act, acts_through, take_away, tell

OUTCOMES = {"taken": "sugg_taken", "declined": "sugg_no"}


@command
def tell_of_suggestions(contribution_id: int, member_id: int) -> None:
    """Make the lines about what a member suggests for a resource say what is true now."""
    resource = db.session.get(Contribution, contribution_id)
    query = select(ResourceSuggestion).where(
        ResourceSuggestion.contribution_id == contribution_id, ResourceSuggestion.member_id == member_id
    )
    found = list(db.session.scalars(query.order_by(ResourceSuggestion.id)))
    waiting = {str(one.id) for one in found if one.state == "open"}
    told = acts_through(contribution_id, verbs=["suggested"], actor_id=member_id)
    take_away([act for act in told if act.how not in waiting])
    owner = resource.author if resource is not None else None
    maker = db.session.get(Member, member_id)
    if owner is None or maker is None:
        return
    for one in found:
        if one.state == "open":
            tell(Act(owner, "suggested", contribution_id, contribution_id, member_id, str(one.id)))
        else:
            verb = OUTCOMES[one.state]
            tell(Act(maker, verb, contribution_id, contribution_id, owner.id, str(one.id)))
