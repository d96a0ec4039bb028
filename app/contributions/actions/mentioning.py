"""Naming people in what one shares: stored, and announced to those who see the place."""

from sqlalchemy import select

from app.contributions.actions.pace import keep_naming_pace
from app.contributions.events import MemberMentioned
from app.contributions.models import Contribution, Mention
from app.core import text
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.networks.queries import kept_apart
from app.spaces.queries import people_in

MENTIONS_AT_MOST = 20


def mention_people(actor: Member, contribution: Contribution) -> None:
    """Store and announce mentions of people who see the space; others are just words.

    So is whoever keeps apart from the actor. Without a name all who are named are told, the author and who
    keeps apart from them too: whom it leaves out would tell whose it is. Raises TooFast for too many within
    an hour.
    """
    wanted = text.mentioned_ids(contribution.html)
    if not wanted:
        return
    sealed = contribution.seal is not None
    left_out = set() if sealed else kept_apart(actor.id, wanted) | {actor.id}
    known = set(
        db.session.scalars(select(Mention.member_id).where(Mention.contribution_id == contribution.id))
    )
    reach = {member.id for member in people_in(actor, contribution.space, limit=100_000)}
    new = sorted((wanted & reach) - known - left_out)[:MENTIONS_AT_MOST]
    keep_naming_pace(actor, len(new), sealed=sealed)
    for member_id in new:
        db.session.add(Mention(contribution_id=contribution.id, member_id=member_id))
        publish(MemberMentioned(contribution.id, member_id))
    db.session.flush()
