"""Mail for what was not seen: when, to whom, never the text, once."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import commit_to, react, remove_contribution
from app.contributions.policy import seal_of
from app.core.db import db, is_writing
from app.notifications import jobs
from app.notifications.actions import claim_mail, mark_seen, unsubscribe, wish_for_mail
from app.notifications.jobs import mail_what_waits
from app.notifications.models import MailWish, Notification
from app.notifications.policy import is_quiet
from app.spaces.actions import take_from_space
from tests.notifications import world as making
from tests.notifications.world import World, mention, noise, post, reply

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@dataclass
class Post:
    """The way out: keeps what was sent, or fails as it is told to."""

    letters: list[dict[str, Any]] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)

    def send(self, to: str, subject: str, text: str, **more: Any) -> str:
        assert not is_writing(), "the network waits outside a transaction"
        if self.trouble:
            raise self.trouble.pop(0)
        self.letters.append({"to": to, "subject": subject, "text": text, **more})
        return "<id@here>"

    @property
    def keys(self) -> list[str]:
        return [letter["key"] for letter in self.letters]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Post:
    office = Post()
    monkeypatch.setattr(jobs, "send_mail", office.send)
    return office


@pytest.fixture
def later(outbox: Any, clock: Any) -> Callable[..., int]:
    """The outbox runs, time goes on, the worker's minute comes; gives how many mails went."""
    clock.freeze(NOON)

    def run(**by: float) -> int:
        outbox.drain()
        clock.move(**(by or {"minutes": 6}))
        return mail_what_waits()

    return run


def test_a_reply_that_is_not_seen_is_mailed_once(net: World, sent: Post, later: Any) -> None:
    root = post(net.ana)
    answer = reply(net.ben, root)
    assert later(minutes=4) == 0, "they may have it before their eyes"
    assert later(minutes=2) == 1
    [letter] = sent.letters
    assert letter["to"] == net.ana.account.email
    assert letter["subject"] == "Ben Ode replied to you in Cedar"
    assert f"/n/cedar/c/{root.id}#reply-{answer.id}" in letter["text"]
    assert "Ben Ode replied to you (Update, the whole network)" in letter["text"]
    assert letter["text"].count("http://") == 2
    assert later(hours=2) == 0


def test_what_was_seen_is_not_mailed(net: World, sent: Post, later: Any) -> None:
    root = post(net.ana)
    reply(net.ben, root)
    later(minutes=1)
    mark_seen(net.ana, root.id)
    assert later() == 0


def test_only_replies_and_mentions_are_mailed(net: World, sent: Post, later: Any) -> None:
    root = post(net.ana, kind="material")
    react(net.ben, root, "thanks")
    commit_to(net.ben, root)
    post(net.ben, kind="tried_it", outcome="mixed", reports_on_id=root.id)
    assert later() == 0
    reply(net.ben, root, html=f"<p>{mention(net.cleo)}</p>")
    assert later() == 2
    assert {letter["subject"] for letter in sent.letters} == {
        "Ben Ode replied to you in Cedar",
        "Ben Ode mentioned you in Cedar",
    }


def test_many_things_are_one_mail_and_at_most_one_an_hour(net: World, sent: Post, later: Any) -> None:
    roots = [post(net.ana) for _number in range(15)]
    for root in roots:
        for author in (net.ben, net.cleo, net.dev):
            reply(author, root)
    assert later() == 1
    [letter] = sent.letters
    assert letter["subject"] == "15 things for you in Cedar"
    assert letter["text"].count("Dev Rao and 2 others replied to you") == 12
    assert "and 3 more things" in letter["text"]
    reply(net.ben, roots[0])
    assert later(minutes=30) == 0
    assert later(minutes=31) == 1
    assert sent.letters[1]["subject"] == "Ben Ode replied to you in Cedar", "only what is new since"
    assert later(hours=5) == 0


def test_a_person_in_two_networks_gets_one_mail_an_hour(net: World, sent: Post, later: Any) -> None:
    maple = making.network("Maple")
    ana, eve = maple.person("Ana Ruiz", of=net.ana.account), maple.person("Eve Moss")
    reply(net.ben, post(net.ana))
    reply(eve, post(ana))
    assert later() == 1
    assert later(minutes=10) == 0
    assert later(minutes=60) == 1
    assert len({letter["unsubscribe_url"] for letter in sent.letters}) == 2
    for letter, other in zip(sent.letters, ("Maple", "Cedar"), strict=True):
        assert other not in letter["text"] + letter["subject"], "one network's mail does not name the other"


CANARIES = ("CNRY-text-7", "CNRY-title-7", "CNRY-file-7", "CNRY-secret-7", "CNRY-root-7")


def test_no_mail_carries_text_title_file_or_the_name_of_a_secret_group(
    net: World, sent: Post, later: Any
) -> None:
    group = net.group("CNRY-secret-7", net.ana, net.ben)
    for space in (group, None):
        given = {"space": space} if space else {}
        root = post(net.ana, "CNRY-root-7", title="CNRY-title-7", **given)
        root.card = {"files": [{"name": "CNRY-file-7"}]}
        reply(net.ben, root, html=f"<p>CNRY-text-7 {mention(net.ana)}</p>")
    assert later() == 1
    everything = " ".join(str(value) for value in sent.letters[0].values())
    assert "Ben Ode" in everything
    assert "a group of yours" in everything
    assert [canary for canary in CANARIES if canary in everything] == []


def test_an_open_group_is_named(net: World, sent: Post, later: Any) -> None:
    group = net.group("Ratio room", net.ana, net.ben, access="request")
    reply(net.ben, post(net.ana, space=group))
    later()
    assert "Ratio room" in sent.letters[0]["text"]


def test_a_sealed_author_is_someone(net: World, sent: Post, later: Any) -> None:
    answer = reply(net.ben, post(net.ana))
    answer.seal, answer.author_id = seal_of(answer.id, net.ben.id), None
    db.session.commit()
    later()
    [letter] = sent.letters
    assert "Someone replied to you" in letter["text"]
    assert "Ben" not in letter["text"] + letter["subject"]


def test_visibility_is_asked_again_when_it_is_sent(net: World, sent: Post, later: Any, outbox: Any) -> None:
    """Nothing in the outbox has run since: the mail itself looks."""
    group = net.group("Quiet room", net.ana, net.ben)
    reply(net.ben, post(net.ana, space=group))
    removed = reply(net.ben, post(net.ana))
    outbox.drain()
    take_from_space(group.id, net.ana.id)
    remove_contribution(net.ben, removed)
    assert later() == 0
    reply(net.ben, post(net.ana))
    assert later() == 1, "somebody who sees it is written to"
    assert sent.letters[0]["subject"] == "Ben Ode replied to you in Cedar"


def test_an_outsider_is_not_written_to(net: World, sent: Post, later: Any) -> None:
    noise(net)
    assert later() == 1
    assert [letter["to"] for letter in sent.letters] == [net.nell.account.email]


@pytest.mark.parametrize(
    ("zone", "at", "quiet"),
    [
        ("UTC", "2026-03-04T21:59", False),
        ("UTC", "2026-03-04T22:00", True),
        ("UTC", "2026-03-05T06:59", True),
        ("UTC", "2026-03-05T07:00", False),
        ("America/New_York", "2026-03-05T02:59", False),
        ("America/New_York", "2026-03-05T03:00", True),
        # The night in which New York loses an hour: seven comes at 11 UTC, not at 12.
        ("America/New_York", "2026-03-07T11:30", True),
        ("America/New_York", "2026-03-08T11:30", False),
        # The night in which it gains one: from then on seven comes at 12.
        ("America/New_York", "2026-10-31T11:30", False),
        ("America/New_York", "2026-11-01T11:30", True),
        ("Pacific/Auckland", "2026-06-01T11:00", True),
        ("Asia/Kathmandu", "2026-03-05T01:14", True),
        ("Asia/Kathmandu", "2026-03-05T01:15", False),
        ("Nowhere/Land", "2026-03-04T23:00", True),
    ],
)
def test_quiet_hours_follow_the_readers_own_clock(zone: str, at: str, quiet: bool) -> None:
    assert is_quiet(zone, datetime.fromisoformat(at).replace(tzinfo=UTC)) is quiet


def test_the_night_waits_and_the_morning_tells_all_of_it(
    net: World, sent: Post, later: Any, clock: Any
) -> None:
    making._set(net.ana.account, time_zone="America/New_York")
    root = post(net.ana)
    clock.freeze(datetime(2026, 3, 8, 3, 30, tzinfo=UTC))
    reply(net.ben, root)
    assert later() == 0
    reply(net.cleo, root)
    assert later(hours=7) == 0, "half past six in the morning"
    assert later(minutes=30) == 1
    assert "Cleo Park and Ben Ode replied to you" in sent.letters[0]["text"]


@pytest.mark.parametrize("why", ["off", "pause", "paused member", "suspended", "no address", "left"])
def test_who_does_not_want_mail_or_cannot_get_it_gets_none(
    net: World, sent: Post, later: Any, why: str
) -> None:
    reply(net.ben, post(net.ana))
    if why in ("off", "pause"):
        wish_for_mail([net.ana], net.ana.id, why)
    elif why == "suspended":
        making._set(net.ana.account, suspended_at=NOON)
    elif why == "no address":
        making._set(net.ana.account, email=None)
    else:
        net.ana.standing = "paused" if why == "paused member" else "former"
        db.session.commit()
    assert later() == 0


def test_after_a_weeks_rest_mail_comes_again_and_old_things_do_not(
    net: World, sent: Post, later: Any
) -> None:
    wish_for_mail([net.ana], net.ana.id, "pause")
    root = post(net.ana)
    reply(net.ben, root)
    assert later(days=7, minutes=1) == 0
    reply(net.cleo, root)
    assert later() == 1
    assert "Cleo Park replied to you" in sent.letters[0]["text"]


def test_a_crash_between_claim_and_sending_loses_nothing(net: World, sent: Post, later: Any) -> None:
    reply(net.ben, post(net.ana))
    sent.trouble = [KeyboardInterrupt()]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        later()
    assert later(minutes=5) == 0, "somebody has it"
    assert later(minutes=6) == 1
    assert len(sent.letters) == 1


def test_a_crash_after_sending_repeats_the_same_message(
    net: World, sent: Post, later: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply(net.ben, post(net.ana))

    def die(*_args: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(jobs, "end_claim", die)
        with pytest.raises(KeyboardInterrupt):
            later()
    assert later(minutes=11) == 1
    assert len(set(sent.keys)) == 1, "one Message-ID: mailboxes keep one"
    assert later(hours=2) == 0


def test_an_hour_with_a_silent_server_loses_and_doubles_nothing(net: World, sent: Post, later: Any) -> None:
    reply(net.ben, post(net.ana))
    reply(net.ben, post(net.cleo))
    sent.trouble = [smtplib.SMTPServerDisconnected("gone") for _number in range(30)]
    for _minute in range(60):
        later(minutes=1)
        if not sent.trouble:
            break
    assert sent.letters == []
    sent.trouble = []
    for _hour in range(4):
        later(minutes=30)
    assert sorted(letter["to"] for letter in sent.letters) == sorted(
        [str(net.ana.account.email), str(net.cleo.account.email)]
    )


def test_one_refused_address_does_not_keep_mail_from_others(net: World, sent: Post, later: Any) -> None:
    reply(net.ben, post(net.ana))
    reply(net.ben, post(net.cleo))
    sent.trouble = [smtplib.SMTPRecipientsRefused({})]
    assert later() == 1


def test_two_workers_do_not_both_have_it(net: World, later: Any, outbox: Any, clock: Any) -> None:
    reply(net.ben, post(net.ana))
    outbox.drain()
    clock.move(minutes=6)
    until = clock.now
    assert claim_mail(net.ana.id, until) == until
    assert claim_mail(net.ana.id, until) is None


def test_what_was_read_between_claim_and_sending_is_not_mailed(
    net: World, sent: Post, later: Any, outbox: Any, clock: Any
) -> None:
    root = post(net.ana)
    reply(net.ben, root)
    outbox.drain()
    clock.move(minutes=6)
    assert claim_mail(net.ana.id, clock.now) is not None
    mark_seen(net.ana, root.id)
    assert later(minutes=20) == 0
    assert sent.letters == []


def test_each_mail_carries_the_readers_own_way_out(net: World, sent: Post, later: Any) -> None:
    reply(net.ben, post(net.ana))
    later()
    token = db.session.scalars(select(MailWish.unsubscribe_token)).one()
    assert sent.letters[0]["unsubscribe_url"].endswith(f"/unsubscribe/{token}")
    unsubscribe(token)
    reply(net.ben, post(net.ana))
    assert later(hours=2) == 0


def test_the_window_ends_before_anybody_is_looked_up(net: World, sent: Post, later: Any) -> None:
    root = post(net.ana)
    reply(net.ben, root)
    later()
    line = db.session.scalars(select(Notification)).one()
    assert line.mailed_at is not None
    assert line.mailed_at < line.updated_at.replace(minute=59)
    assert line.mailed_at >= line.updated_at
