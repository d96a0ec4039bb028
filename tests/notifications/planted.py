"""A line that was told before anybody closed a door: planted as a row, past every check."""

from datetime import timedelta

from sqlalchemy import select

from app.contributions.models import Contribution
from app.core import clock
from app.core.command import command
from app.core.db import db
from app.notifications.actions.mailing import wish_of
from app.notifications.jobs import words_of
from app.notifications.models import Notification, NotificationActor
from app.notifications.queries import letter_for


@command
def told_before(member_id: int, post: Contribution) -> int:
    """The id of an unread line of `member_id` that says they were mentioned in `post`."""
    found = db.session.scalar(
        select(Notification).where(
            Notification.member_id == member_id, Notification.contribution_id == post.id
        )
    )
    if found is None:
        found = Notification(
            member_id=member_id, verb="mentioned", contribution_id=post.id, latest_id=post.id
        )
        db.session.add(found)
        db.session.flush()
        act = NotificationActor(
            notification_id=found.id, through_id=post.id, member_id=post.author_id, at=clock.now()
        )
        db.session.add(act)
    return found.id


def mail_about(member_id: int, post: Contribution) -> str:
    """What the mail about that line would say at the next noon; empty where there is none."""
    told_before(member_id, post)
    command(wish_of)(member_id)
    noon = (clock.now() + timedelta(days=1)).replace(hour=12, minute=0)
    with clock.freeze(noon):
        letter = letter_for(member_id, noon)
        return words_of(letter) if letter is not None else ""
