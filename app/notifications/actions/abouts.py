"""Lines that lead to no contribution: made, merged and taken away here, for schools and groups alike."""

from collections.abc import Iterable

from sqlalchemy import select

from app.core import clock
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.notifications.events import NotificationChanged, NotificationGone
from app.notifications.models import Notification, NotificationActor


def tell_about(reader_id: int, verb: str, about_id: int, *, actor_id: int | None) -> None:
    """One unread line, with one more person behind it; the same again only makes it new. In a command."""
    same = (Notification.member_id == reader_id, Notification.verb == verb, Notification.about_id == about_id)
    line = db.session.scalar(select(Notification).where(*same, Notification.read_at.is_(None)))
    if line is None:
        line = Notification(member_id=reader_id, verb=verb, about_id=about_id, created_at=clock.now())
        db.session.add(line)
        db.session.flush()
    known = select(NotificationActor.id).where(
        NotificationActor.notification_id == line.id,
        NotificationActor.member_id.is_not_distinct_from(actor_id),
    )
    if db.session.scalar(known.limit(1)) is None:
        db.session.add(NotificationActor(notification_id=line.id, member_id=actor_id, at=clock.now()))
    line.updated_at = clock.now()
    db.session.flush()
    publish(NotificationChanged(reader_id, line.id))


@command
def ring(reader_id: int, verb: str, about_id: int, actor_id: int | None) -> None:
    """A line that another feature asked for, once for each reader and thing."""
    wanted = (Notification.member_id == reader_id, Notification.verb == verb)
    known = select(Notification.id).where(*wanted, Notification.about_id == about_id)
    if db.session.scalar(known.limit(1)) is None:
        tell_about(reader_id, verb, about_id, actor_id=actor_id)


@command
def hush(verb: str, about_id: int) -> None:
    """What these lines were about is settled."""
    take_lines(lines_about(verb, about_id))


def lines_about(verb: str, about_id: int) -> list[Notification]:
    """Every line of a verb about one thing, read or not."""
    wanted = (Notification.about_id == about_id, Notification.verb == verb)
    return list(db.session.scalars(select(Notification).where(*wanted).order_by(Notification.member_id)))


def take_lines(lines: Iterable[Notification]) -> None:
    """What they were about is settled. In a command."""
    for line in lines:
        db.session.delete(line)
        publish(NotificationGone(line.member_id, line.id))
    db.session.flush()
