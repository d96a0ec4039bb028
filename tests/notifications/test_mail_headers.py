"""The message as a provider gets it: the RFC 8058 pair, and a name that a repeat keeps."""

from datetime import UTC, datetime
from typing import Any

from app.core.mail import kept
from app.notifications.actions import forget_old_lines, mark_all_read
from app.notifications.jobs import forget_old, mail_what_waits
from app.notifications.queries import lines_of
from tests.notifications.world import World, post, reply


def test_the_message_has_the_one_click_pair_and_no_words(net: World, outbox: Any, clock: Any) -> None:
    clock.freeze(datetime(2026, 3, 4, 12, 0, tzinfo=UTC))
    reply(net.ben, post(net.ana, "CNRY-words-5", title="CNRY-title-5"), "CNRY-reply-5")
    outbox.drain()
    clock.move(minutes=6)
    assert mail_what_waits() == 1
    [letter] = kept(net.ana.account.email)
    unsubscribe = letter.header("List-Unsubscribe")
    assert unsubscribe is not None
    assert "/unsubscribe/" in unsubscribe
    assert letter.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert letter.header("Message-ID")
    assert "Ben Ode replied to you" in letter.html
    assert "CNRY" not in letter.text + letter.html + str(letter.headers)


def test_lines_that_were_read_long_ago_go(net: World, outbox: Any, clock: Any) -> None:
    reply(net.ben, post(net.ana))
    outbox.drain()
    mark_all_read([net.ana])
    reply(net.ben, post(net.ana))
    outbox.drain()
    clock.move(days=170)
    forget_old()
    assert len(lines_of([net.ana]).items) == 2
    clock.move(days=20)
    forget_old_lines()
    assert [line.is_unread for line in lines_of([net.ana]).items] == [True]
