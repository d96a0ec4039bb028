"""Bells: what the script's people are told of the last three days, by the same rules as ever.

The notifications' own functions are called for each act, with the clock at its moment. What
is older than two days counts as read, and none of it is ever sent by mail.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import or_, select, update

from app.contributions.models import Commitment, Contribution, Reaction
from app.core import clock
from app.core.db import db
from app.library.models import ResourceSuggestion
from app.notifications.actions import tell_of, tell_of_commitment, tell_of_reactions, tell_of_suggestions
from app.notifications.models import Notification

TOLD = timedelta(days=3)
UNREAD = timedelta(days=2)
Act = tuple[datetime, Callable[[], None]]


def ring(root_ids: list[int], now: datetime) -> None:
    """Tell of everything around these roots in the last days. Inside a command."""
    acts: list[Act] = []
    around = or_(Contribution.id.in_(root_ids), Contribution.root_id.in_(root_ids))
    recent = select(Contribution.id, Contribution.published_at).where(around)
    for number, at in db.session.execute(recent.where(Contribution.published_at > now - TOLD)):
        acts.append((at, partial(tell_of, number)))
    for model, tell in ((Reaction, tell_of_reactions), (Commitment, tell_of_commitment)):
        answers = select(model.contribution_id, model.member_id, model.created_at)
        answers = answers.join(Contribution, Contribution.id == model.contribution_id).where(around)
        for number, member_id, at in db.session.execute(answers.where(model.created_at > now - TOLD)):
            acts.append((at, partial(tell, number, member_id)))
    waiting = select(ResourceSuggestion).where(ResourceSuggestion.contribution_id.in_(root_ids))
    for one in db.session.scalars(waiting.where(ResourceSuggestion.made_at > now - TOLD)):
        acts.append((one.made_at, partial(tell_of_suggestions, one.contribution_id, one.member_id)))
    for at, tell_now in sorted(acts, key=lambda act: act[0]):
        with clock.travel(at - clock.now()):
            tell_now()
    _quiet(now)


def _quiet(now: datetime) -> None:
    """The older ones are read, and mail has nothing left to say."""
    db.session.execute(update(Notification).values(mailed_at=now))
    seen = update(Notification).where(Notification.updated_at < now - UNREAD)
    db.session.execute(seen.values(read_at=Notification.updated_at))
