"""Reading: a line is read when its place is opened, or when its reader says so."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, update

from app.core import clock
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.networks.models import Member
from app.notifications.events import NotificationsRead
from app.notifications.models import Notification
from app.notifications.policy import leads_to
from app.notifications.queries import has_unread_about

SEEN_WITH_THE_GROUP = ("group_opened", "group_closed", "group_lead", "group_hello", "group_unled")
KEPT_READ = timedelta(days=180)
KEPT = timedelta(days=365)


def mark_seen(viewer: Member, root_id: int) -> None:
    """`viewer` opened a contribution's page: what leads there is read.

    Nothing is written where nothing was unread, because every page calls this.
    """
    if has_unread_about(viewer, root_id):
        _mark_seen(viewer, root_id)


@command
def _mark_seen(viewer: Member, root_id: int) -> None:
    _read(viewer, leads_to(root_id))


@command
def mark_group_seen(viewer: Member, space_id: int) -> None:
    """`viewer` opened a group's page: what leads there is read, but for what waits for an answer."""
    _read(viewer, and_(Notification.about_id == space_id, Notification.verb.in_(SEEN_WITH_THE_GROUP)))


@command
def mark_read(readers: Sequence[Member], notification_id: int) -> None:
    """Read one line. Raises NotFound for somebody else's."""
    line = db.session.get(Notification, notification_id)
    reader = next((each for each in readers if line is not None and each.id == line.member_id), None)
    if reader is None:
        raise NotFound
    _read(reader, Notification.id == notification_id)


@command
def mark_all_read(readers: Sequence[Member], until: datetime | None = None) -> None:
    """Read everything that was told up to `until`, the moment of the page that was shown."""
    for reader in sorted(readers, key=lambda each: each.id):
        _read(reader, Notification.updated_at <= (until or clock.now()))


def _read(reader: Member, which: ColumnElement[bool]) -> None:
    read = db.session.execute(
        update(Notification)
        .where(Notification.member_id == reader.id, Notification.read_at.is_(None), which)
        .values(read_at=clock.now())
        .returning(Notification.id)
    ).all()
    if read:
        publish(NotificationsRead(reader.id))


@command
def forget_old_lines() -> None:
    """Delete what was read long ago, and what nobody read for a year."""
    now = clock.now()
    read_long_ago = Notification.read_at < now - KEPT_READ
    db.session.execute(delete(Notification).where(or_(read_long_ago, Notification.updated_at < now - KEPT)))
