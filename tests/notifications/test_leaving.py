"""What a person takes along, and what stays of them."""

from typing import Any

from sqlalchemy import func, select

from app.contributions.actions import react
from app.core import personal
from app.core.command import command
from app.core.db import db
from app.notifications.actions import wish_for_mail
from app.notifications.actions.leaving import erase_notifications
from app.notifications.models import MailWish, Notification
from app.notifications.queries import lines_of
from tests.notifications.world import World, post, reply


def test_the_download_has_wishes_and_lines_but_no_words_of_others(net: World, outbox: Any) -> None:
    root = post(net.ana, "secret thoughts")
    reply(net.ben, root, "private words")
    react(net.cleo, root, "thanks")
    outbox.drain()
    wish_for_mail([net.ana], net.ana.id, "off")
    parts = dict(personal.everything_of(net.ana.account))
    assert parts["notifications/mail.json"] == [{"network": "Cedar", "mail": "off"}]
    lines = parts["notifications/lines.json"]
    assert isinstance(lines, list)
    assert [line["what"] for line in lines] == ["reacted", "replied"]
    assert not any(word in str(lines) for word in ("private", "Ben", "Cleo"))


def test_erasing_takes_what_they_were_told_and_their_name_from_others(net: World, outbox: Any) -> None:
    root = post(net.ana)
    reply(net.ben, root)
    reply(net.ana, post(net.ben))
    outbox.drain()
    wish_for_mail([net.ben], net.ben.id, "off")
    command(erase_notifications)(net.ben.account, True)
    db.session.expire_all()
    left = select(func.count()).where(Notification.member_id == net.ben.id)
    assert db.session.scalar(left) == 0
    assert db.session.get(MailWish, net.ben.id) is None
    [line] = lines_of([net.ana]).items
    assert (line.people.named, line.people.count) == ((), 1)
