"""Who is told of what: merged, once, never of one's own, never of what one does not see."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event as sa_event
from sqlalchemy import select

from app.contributions.actions import commit_to, let_go, react, remove_contribution, unreact
from app.contributions.actions.editing import edit_contribution, hold, restore
from app.contributions.policy import seal_of
from app.core.command import command
from app.core.db import db
from app.core.events import publish
from app.core.outbox import OutboxRow
from app.networks.models import Member
from app.notifications.actions import mark_seen, tell_of, tell_of_reactions
from app.notifications.models import Notification, NotificationActor
from app.notifications.queries import Line, lines_of, unread_count
from tests.notifications.world import World, mention, noise, post, reply


def lines(member: Member) -> list[Line]:
    return lines_of([member]).items


def said(member: Member) -> list[tuple[str, list[str], int]]:
    """Verb, names and number of people of each line, newest first."""
    return [
        (line.verb, [person.name for person in line.people.named], line.people.count)
        for line in lines(member)
    ]


def test_a_reply_reaches_the_author_of_the_root(net: World, outbox: Any) -> None:
    root = post(net.ana)
    answer = reply(net.ben, root)
    outbox.drain()
    assert said(net.ana) == [("replied", ["Ben Ode"], 1)]
    assert lines(net.ana)[0].href == f"/n/cedar/c/{root.id}#reply-{answer.id}"
    assert said(net.ben) == said(net.cleo) == []


def test_a_reply_to_a_reply_reaches_both_authors(net: World, outbox: Any) -> None:
    root = post(net.ana)
    first = reply(net.ben, root)
    outbox.drain()
    reply(net.cleo, root, parent_id=first.id)
    outbox.drain()
    assert said(net.ben) == [("replied", ["Cleo Park"], 1)]
    assert said(net.ana) == [("replied", ["Cleo Park", "Ben Ode"], 2)]


def test_nobody_is_told_of_their_own_acts(net: World, outbox: Any) -> None:
    root = post(net.ana)
    reply(net.ana, root, html=f"<p>{mention(net.ana)} note to self</p>")
    outbox.drain()
    assert said(net.ana) == []


def test_replies_merge_while_unread_and_begin_anew_when_read(net: World, outbox: Any, clock: Any) -> None:
    root = post(net.ana)
    for author in (net.ben, net.cleo, net.ben):
        clock.move(seconds=1)
        reply(author, root)
        outbox.drain()
    assert said(net.ana) == [("replied", ["Ben Ode", "Cleo Park"], 2)]
    assert unread_count([net.ana]) == 1
    mark_seen(net.ana, root.id)
    assert unread_count([net.ana]) == 0
    clock.move(seconds=1)
    reply(net.dev, root)
    outbox.drain()
    assert said(net.ana) == [("replied", ["Dev Rao"], 1), ("replied", ["Ben Ode", "Cleo Park"], 2)]


def test_reactions_merge_over_kinds_and_count_people_once(net: World, outbox: Any) -> None:
    root = post(net.ana)
    for member, kind in ((net.ben, "thanks"), (net.ben, "learned"), (net.cleo, "thanks")):
        react(member, root, kind)
    outbox.drain()
    [line] = lines(net.ana)
    assert (line.verb, line.people.count, line.people.how) == ("reacted", 2, "")
    unreact(net.ben, root, "learned")
    outbox.drain()
    assert lines(net.ana)[0].people.how == "thanks"


def test_a_withdrawn_reaction_takes_the_person_and_then_the_line_away(net: World, outbox: Any) -> None:
    root = post(net.ana)
    react(net.ben, root, "thanks")
    react(net.cleo, root, "thanks")
    outbox.drain()
    unreact(net.ben, root, "thanks")
    outbox.drain()
    assert said(net.ana) == [("reacted", ["Cleo Park"], 1)]
    unreact(net.cleo, root, "thanks")
    outbox.drain()
    assert db.session.scalars(select(Notification)).all() == []


def test_a_removed_reply_takes_its_author_away_and_the_click_lands_on_the_one_before(
    net: World, outbox: Any
) -> None:
    root = post(net.ana)
    first, second = reply(net.ben, root), reply(net.cleo, root)
    outbox.drain()
    remove_contribution(net.cleo, second)
    outbox.drain()
    assert said(net.ana) == [("replied", ["Ben Ode"], 1)]
    assert lines(net.ana)[0].href.endswith(f"#reply-{first.id}")
    remove_contribution(net.ben, first)
    outbox.drain()
    assert said(net.ana) == []


def test_a_held_reply_is_taken_back_and_told_when_it_is_restored(net: World, outbox: Any) -> None:
    root = post(net.ana)
    answer = reply(net.ben, root, html=f"<p>{mention(net.cleo)} look</p>")
    outbox.drain()
    hold(answer, reason="reports")
    outbox.drain()
    assert said(net.ana) == said(net.cleo) == []
    restore(answer)
    outbox.drain()
    assert said(net.ana) == [("replied", ["Ben Ode"], 1)]
    assert said(net.cleo) == [("mentioned", ["Ben Ode"], 1)]


def test_a_promise_and_its_report_reach_the_author_of_the_idea(net: World, outbox: Any) -> None:
    idea = post(net.ana, kind="tried_it", outcome="worked")
    commit_to(net.ben, idea)
    outbox.drain()
    assert said(net.ana) == [("will_try", ["Ben Ode"], 1)]
    report = post(net.ben, kind="tried_it", outcome="did_not_work", reports_on_id=idea.id)
    outbox.drain()
    assert [line[0] for line in said(net.ana)] == ["reported_on", "will_try"]
    assert lines(net.ana)[0].href == f"/n/cedar/c/{report.id}"


def test_letting_go_takes_the_promise_away(net: World, outbox: Any) -> None:
    idea = post(net.ana, kind="material")
    commit_to(net.ben, idea)
    outbox.drain()
    let_go(net.ben, idea)
    outbox.drain()
    assert said(net.ana) == []


def test_a_mention_wins_over_the_reply_that_carries_it(net: World, outbox: Any) -> None:
    root = post(net.ana)
    reply(net.ben, root, html=f"<p>{mention(net.ana)} and {mention(net.cleo)}</p>")
    outbox.drain()
    assert said(net.ana) == said(net.cleo) == [("mentioned", ["Ben Ode"], 1)]


def test_a_mention_that_an_edit_adds_is_told_in_place_of_the_reply(net: World, outbox: Any) -> None:
    root = post(net.ana)
    answer = reply(net.ben, root)
    outbox.drain()
    edit_contribution(net.ben, answer, html=f"<p>{mention(net.ana)} I meant you</p>")
    outbox.drain()
    assert said(net.ana) == [("mentioned", ["Ben Ode"], 1)]


def _count_rows() -> tuple[int, int]:
    db.session.expire_all()
    return len(db.session.scalars(select(Notification)).all()), len(
        db.session.scalars(select(NotificationActor)).all()
    )


def test_each_outbox_row_twice_changes_nothing_even_after_reading(net: World, outbox: Any) -> None:
    root = post(net.ana, kind="material")
    answer = reply(net.ben, root, html=f"<p>{mention(net.cleo)}</p>")
    react(net.ben, root, "thanks")
    commit_to(net.ben, root)
    post(net.ben, kind="tried_it", outcome="mixed", reports_on_id=root.id)
    outbox.drain()
    before = _count_rows()
    assert before == (5, 5)
    mark_seen(net.ana, root.id)
    for row in db.session.scalars(select(OutboxRow)):
        row.done_at, row.due_at = None, row.created_at
    db.session.commit()
    assert outbox.drain() >= 6
    assert _count_rows() == before
    tell_of(answer.id)
    assert unread_count([net.ana]) == 1, "the report leads elsewhere and stays unread"


def test_late_and_overtaken_events_end_in_what_is_true(net: World, outbox: Any) -> None:
    root = post(net.ana)
    react(net.ben, root, "thanks")
    unreact(net.ben, root, "thanks")
    answer = reply(net.ben, root)
    remove_contribution(net.ben, answer)
    outbox.drain()
    assert _count_rows() == (0, 0)
    tell_of_reactions(root.id, net.ben.id)
    tell_of(answer.id)
    assert _count_rows() == (0, 0)


def test_an_outsider_hears_nothing_and_exists(net: World, outbox: Any) -> None:
    secret = net.group("Quiet room", net.ana, net.ben)
    root = post(net.ana, space=secret)
    reply(net.ben, root, html=f"<p>{mention(net.cleo)}</p>")
    outbox.drain()
    assert net.cleo.may_read
    assert said(net.cleo) == []
    assert said(net.ana) == [("replied", ["Ben Ode"], 1)]


def test_who_left_the_group_is_told_no_more_and_sees_no_old_line(net: World, outbox: Any) -> None:
    from app.spaces.actions import take_from_space

    secret = net.group("Quiet room", net.ana, net.ben)
    root = post(net.ana, space=secret)
    reply(net.ben, root)
    outbox.drain()
    assert unread_count([net.ana]) == 1
    take_from_space(secret.id, net.ana.id)
    assert (unread_count([net.ana]), lines(net.ana)) == (0, [])
    react(net.ben, root, "thanks")
    outbox.drain()
    assert len(db.session.scalars(select(Notification)).all()) == 1, "nothing new was told"


def test_noise_of_others_is_not_heard(net: World, outbox: Any) -> None:
    post(net.ana)
    noise(net)
    outbox.drain()
    assert said(net.ana) == []
    assert len(said(net.nell)) == 3


def test_a_sealed_author_is_nobody_in_the_line_and_hears_of_their_own_like_everybody(
    net: World, outbox: Any
) -> None:
    root = post(net.ana)
    answer, own = reply(net.ben, root), reply(net.ana, root)
    for sealed, author in ((answer, net.ben), (own, net.ana)):
        sealed.seal, sealed.author_id = seal_of(sealed.id, author.id), None
    db.session.commit()
    outbox.drain()
    [line] = lines(net.ana)
    assert (line.people.named, line.people.count) == ((), 2)
    assert [act.member_id for act in db.session.scalars(select(NotificationActor))] == [None, None]
    remove_contribution(net.ben, answer)
    remove_contribution(net.ana, own)
    outbox.drain()
    assert said(net.ana) == []


def _queries(function: Callable[[], Any]) -> int:
    counted: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN")):
            counted.append(statement)

    sa_event.listen(db.engine, "before_cursor_execute", note)
    try:
        function()
    finally:
        sa_event.remove(db.engine, "before_cursor_execute", note)
    return len(counted)


@pytest.mark.durable
def test_a_thousand_reactions_are_one_line_at_a_constant_price(net: World, outbox: Any) -> None:
    from app.contributions.models import Reaction

    root = post(net.ana)
    crowd = [net.person(f"Person{number} Many", of=None) for number in range(12)]
    price = []
    for member in crowd:
        db.session.add(Reaction(contribution_id=root.id, member_id=member.id, kind="thanks"))
        db.session.commit()
        price.append(_queries(lambda member=member: tell_of_reactions(root.id, member.id)))
    assert max(price[1:]) == min(price[1:])
    few = _queries(lambda: lines(net.ana))
    _add_many_acts(net, 988)
    assert net.ana.network.slug == "cedar", "what the command forgot is read again, before we count"
    assert _queries(lambda: lines(net.ana)) == few
    [line] = lines(net.ana)
    assert (line.people.count, len(line.people.named), unread_count([net.ana])) == (1000, 3, 1)


@command
def _add_many_acts(net: World, number: int) -> None:
    """Members and their acts in bulk: what the verbs would have made one by one."""
    line = db.session.scalars(select(Notification)).one()
    for each in range(number):
        member = Member(network_id=net.network.id, name=f"Crowd {each}", standing="active")
        db.session.add(member)
        db.session.flush()
        db.session.add(
            NotificationActor(
                notification_id=line.id, member_id=member.id, through_id=line.latest_id, how="thanks"
            )
        )


def test_publishing_outside_a_command_is_refused(net: World) -> None:
    from app.notifications.events import NotificationsRead

    with pytest.raises(RuntimeError, match="outside a command"):
        publish(NotificationsRead(net.ana.id))
