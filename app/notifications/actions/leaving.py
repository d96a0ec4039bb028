"""A person's traces in here: handed over with their data, and erased with their account."""

from collections.abc import Iterator

from sqlalchemy import delete, select, update

from app.accounts.models import Account
from app.core import personal
from app.core.addresses import absolute
from app.core.db import db
from app.networks.models import Member
from app.networks.queries import networks_of
from app.notifications.models import MailWish, Notification, NotificationActor
from app.notifications.queries import lines_of, wishes_of


@personal.exports("notifications")
def notifications_of(account: Account) -> Iterator[tuple[str, personal.Value]]:
    """Wishes for mail, and the lines that still show: what they are about and when, not who."""
    readers = networks_of(account)
    wishes = wishes_of(readers)
    yield "mail.json", [{"network": each.network.name, "mail": wishes[each.id]} for each in readers]
    yield "lines.json", list(_lines(readers))


def _lines(readers: list[Member]) -> Iterator[dict[str, object]]:
    cursor: str | None = None
    while True:
        page = lines_of(readers, cursor, size=200)
        for line in page.items:
            yield {
                "what": line.verb,
                "at": line.at.isoformat(),
                "network": line.network,
                "people": line.people.count,
                "address": absolute(line.href),
                "read": not line.is_unread,
            }
        if page.next is None:
            return
        cursor = page.next


@personal.erases(floor=6)
def erase_notifications(account: Account, keep_contributions: bool) -> None:
    """All that they were told goes; in the lines of others they are nobody any more."""
    mine = select(Member.id).where(Member.account_id == account.id)
    db.session.execute(delete(Notification).where(Notification.member_id.in_(mine)))
    db.session.execute(delete(MailWish).where(MailWish.member_id.in_(mine)))
    theirs = NotificationActor.member_id.in_(mine)
    db.session.execute(update(NotificationActor).where(theirs).values(member_id=None))
