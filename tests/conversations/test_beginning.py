"""Beginning: the same people meet in the same place, and refusing tells nobody why."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.contributions.queries.reading import place_of
from app.conversations.actions import NotTaken, begin_conversation, leave_conversation, wish_for
from app.conversations.models import Conversation
from app.conversations.policy import takes
from app.conversations.queries import circle_of, get_conversation, unread_conversations
from app.conversations.queries.people import WrongNumber
from app.core import clock
from app.core.access import Forbidden, NotFound
from app.networks.actions import leave, pause
from tests.conversations.conftest import Browser, Talk, here, page_of
from tests.support.factories import World, make_group, make_member, make_post, make_reply


def count(db: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(Conversation)))


def test_the_first_message_makes_the_conversation(world: World, talk: Talk) -> None:
    root = talk(world.colleague, words="Do you use ratio tables?")
    assert (root.kind, root.html, root.author_id, root.reply_seq) == ("conversation", "", None, 1)
    assert root.space.kind == "conversation"
    assert root.space.member_count == 2
    assert [person.name for person in circle_of(world.colleague, root).others] == ["Tess Teacher"]
    assert place_of(world.teacher, root.id) == 1
    assert (unread_conversations(world.teacher), unread_conversations(world.colleague)) == (0, 1)


def test_the_same_people_meet_in_the_same_conversation(db: Any, world: World, talk: Talk) -> None:
    root = talk(world.colleague, world.principal)
    again = talk(world.teacher, world.principal, words="Me again.", by=world.colleague)
    assert again.id == root.id
    assert root.reply_seq == 2
    assert talk(world.colleague).id != root.id
    assert count(db) == 2


def test_a_conversation_has_two_to_eight_people(world: World) -> None:
    many = [make_member(world.network, f"Person {number}") for number in range(8)]
    with pytest.raises(WrongNumber):
        begin_conversation(world.teacher, [person.id for person in many], html="<p>Hello</p>")
    with pytest.raises(WrongNumber):
        begin_conversation(world.teacher, [world.teacher.id], html="<p>Hello</p>")
    message = begin_conversation(world.teacher, [person.id for person in many[:7]], html="<p>Hello</p>")
    assert message.space.member_count == 8


def test_nobody_of_another_network_and_nobody_who_left(world: World) -> None:
    leave(world.colleague, world.colleague)
    for person in (world.outsider.id, world.colleague.id, 999_999):
        with pytest.raises(NotFound):
            begin_conversation(world.teacher, [person], html="<p>Hello</p>")


def test_an_empty_first_message_makes_nothing(db: Any, world: World) -> None:
    with pytest.raises(ValueError, match="empty"):
        begin_conversation(world.teacher, [world.colleague.id], html="<p> </p>")
    assert count(db) == 0


def test_a_repeat_of_the_same_key_says_it_once(db: Any, world: World) -> None:
    said = {"html": "<p>Once</p>", "key": "key-of-the-first"}
    first = begin_conversation(world.teacher, [world.colleague.id], **said)
    second = begin_conversation(world.teacher, [world.colleague.id], **said)
    assert first.id == second.id
    assert count(db) == 1


def test_who_takes_a_break_does_not_begin_one(world: World) -> None:
    pause(world.teacher, world.teacher)
    with pytest.raises(Forbidden):
        begin_conversation(world.teacher, [world.colleague.id], html="<p>Hello</p>")


WISHES = {
    # The neighbour and the principal are of the same school, the colleague shares a group.
    "everybody": {"neighbour", "principal", "colleague", "facilitator", "director"},
    "near": {"neighbour", "principal", "colleague"},
    "nobody": set(),
}


@pytest.mark.parametrize("wish", WISHES)
def test_who_may_begin_follows_the_wish(wish: str, world: World) -> None:
    make_group(world, world.teacher, world.colleague)
    wish_for(world.teacher, wish)
    for who in ("neighbour", "principal", "colleague", "facilitator", "director", "outsider"):
        assert takes(world.teacher, getattr(world, who)) == (who in WISHES[wish]), who


def test_the_commons_makes_nobody_near(world: World) -> None:
    wish_for(world.teacher, "near")
    assert not takes(world.teacher, world.colleague)
    group = make_group(world, world.teacher, world.colleague)
    assert takes(world.teacher, world.colleague)
    group.archived_at = clock.now()
    assert not takes(world.teacher, world.colleague)


def test_a_wish_ends_no_conversation(world: World, talk: Talk) -> None:
    root = talk(world.colleague)
    wish_for(world.colleague, "nobody")
    assert talk(world.colleague, words="Still there?").id == root.id
    with pytest.raises(NotTaken):
        begin_conversation(world.neighbour, [world.colleague.id], html="<p>Hello</p>")


def refuses(world: World, reason: str) -> None:
    if reason == "wish":
        wish_for(world.colleague, "nobody")
    elif reason == "break":
        pause(world.colleague, world.colleague)
    else:
        world.colleague.account.suspended_at = clock.now()  # type: ignore[union-attr]


@pytest.mark.parametrize("wrong", [{"text": " "}, {"text": "x" * 20_001}, {"text": "Hi", "file_keys": "no"}])
def test_a_message_that_cannot_stand_asks_after_nobody_s_wish(
    db: Any, world: World, as_member: Browser, wrong: dict[str, str]
) -> None:
    browser = as_member(world.teacher)
    answers = []
    for wish in ("everybody", "nobody"):
        wish_for(world.colleague, wish)
        answers.append(browser.post(here(world, "new"), data={"with": world.colleague.id, **wrong}))
    assert answers[0].status_code == answers[1].status_code != 403
    assert all("is not possible just now" not in answer.text for answer in answers)
    refused = browser.post(here(world, "new"), data={"with": world.colleague.id, "text": "Hello"})
    assert refused.status_code == 403
    assert count(db) == 0


@pytest.mark.parametrize("others", [1, 2])
def test_every_refusal_reads_the_same(db: Any, world: World, as_member: Browser, others: int) -> None:
    said = set()
    people = [world.colleague.id, world.principal.id][:others]
    for reason in ("wish", "break", "suspended"):
        nested = db.session.begin_nested()
        refuses(world, reason)
        db.session.flush()
        answer = as_member(world.teacher).post(here(world, "new"), data={"with": people, "text": "CANARY"})
        assert answer.status_code == 403
        assert "CANARY" in answer.text
        words = answer.text[answer.text.index("A new conversation with") :][:100]
        said.add((answer.status_code, words))
        assert nested
        wish_for(world.colleague, "everybody")
        world.colleague.standing, world.colleague.account.suspended_at = "active", None  # type: ignore[union-attr]
        db.session.commit()
    assert len(said) == 1
    assert count(db) == 0


def test_a_day_has_room_for_twenty_new_conversations(world: World, as_member: Browser, app: Any) -> None:
    from app.core.limits import limiter

    app.config["RATELIMIT_ENABLED"] = True
    limiter.reset()
    people = [make_member(world.network, f"Person {number}") for number in range(21)]
    browser = as_member(world.teacher)
    try:
        answers = [
            browser.post(here(world, "new"), data={"with": person.id, "text": "Hello"}).status_code
            for person in people
        ]
        again = browser.post(here(world, "new"), data={"with": people[0].id, "text": "More"})
    finally:
        app.config["RATELIMIT_ENABLED"] = False
        limiter.reset()
    assert answers == [303] * 20 + [429]
    assert again.status_code == 303


def test_nothing_but_messages_goes_into_a_conversation(world: World, talk: Talk, as_member: Browser) -> None:
    root = talk(world.colleague)
    with pytest.raises(NotFound):
        make_post(world.teacher, root.space, "An update")
    browser = as_member(world.teacher)
    for path in ("", "audience", "threads/"):
        assert browser.get(f"/n/{world.network.slug}/spaces/{root.space.slug}/{path}").status_code == 404
    for rest in ("/move", "/summary", "/edit"):
        assert browser.get(page_of(world, root, rest)).status_code in (403, 404)
    for rest in ("/remove", "/lock"):
        assert browser.post(page_of(world, root, rest), data={"on": "1"}).status_code == 403
    assert make_reply(world.colleague, root, "An answer").position == 2


def test_leaving_ends_sight_and_is_told(db: Any, world: World, talk: Talk, as_member: Browser) -> None:
    root = talk(world.colleague, world.principal)
    message = make_reply(world.colleague, root, "CANARY stays")
    browser = as_member(world.colleague)
    assert browser.post(here(world, f"{root.id}/leave"), data={"sure": "1"}).status_code == 303
    assert browser.get(page_of(world, root)).status_code == 404
    html = as_member(world.teacher).get(page_of(world, root)).text
    assert "Cole Colleague left" in html
    assert "CANARY stays" in html
    with pytest.raises(NotFound):
        make_reply(world.colleague, root, "After")
    assert make_reply(world.principal, root, "We go on").position == 3
    assert db.session.get_one(Contribution, message.id).state == "published"


def test_who_left_takes_back_their_own_words_and_sees_nothing(
    db: Any, world: World, talk: Talk, as_member: Browser
) -> None:
    root = talk(world.colleague, world.principal)
    own, other = make_reply(world.colleague, root, "CANARY mine"), make_reply(world.principal, root, "CANARY")
    leave_conversation(world.colleague, root)
    browser = as_member(world.colleague)
    for found in (own, other):
        for rest in ("/edit", "/history", "/words"):
            assert browser.get(page_of(world, found, rest)).status_code == 404
    for found in (root, other):
        assert browser.post(page_of(world, found, "/remove")).status_code == 404
    assert as_member(world.outsider).post(page_of(world, own, "/remove")).status_code == 404
    gone = browser.post(page_of(world, own, "/remove"), follow_redirects=True)
    assert gone.status_code == 200
    assert "CANARY" not in gone.text
    db.session.expire_all()
    assert own.state == "removed"
    assert "CANARY mine" not in as_member(world.teacher).get(page_of(world, root)).text
    assert browser.post(page_of(world, own, "/remove")).status_code == 404


def test_there_is_nothing_to_thank_for_in_the_root(
    db: Any, world: World, talk: Talk, as_member: Browser
) -> None:
    root = talk(world.colleague)
    browser = as_member(world.colleague)
    for rest in ("/react/thanks", "/try", "/save"):
        assert browser.post(page_of(world, root, rest), data={"on": "1"}).status_code == 403, rest
    db.session.expire_all()
    message = db.session.scalars(select(Contribution).where(Contribution.root_id == root.id)).one()
    for rest in ("/react/thanks", "/save"):
        assert browser.post(page_of(world, message, rest), data={"on": "1"}).status_code == 303, rest


def test_after_somebody_left_the_same_people_begin_anew(world: World, talk: Talk) -> None:
    root = talk(world.colleague, world.principal)
    leave_conversation(world.colleague, root)
    assert talk(world.colleague, world.principal).id != root.id


def test_who_is_alone_reads_and_adds_nothing(world: World, talk: Talk, as_member: Browser) -> None:
    root = talk(world.colleague)
    leave_conversation(world.colleague, root)
    browser = as_member(world.teacher)
    html = browser.get(page_of(world, root)).text
    assert "Nobody else is here any more" in html
    assert "Write a message" not in html
    assert browser.post(page_of(world, root, "/reply"), data={"text": "Hello?"}).status_code == 303
    assert root.reply_seq == 1


def test_a_former_member_s_words_stay(world: World, talk: Talk, as_member: Browser) -> None:
    root = talk(world.colleague, world.principal)
    make_reply(world.colleague, root, "CANARY stays")
    leave(world.colleague, world.colleague)
    html = as_member(world.teacher).get(page_of(world, root)).text
    assert "CANARY stays" in html
    assert "Cole Colleague left" in html
    with pytest.raises(NotFound):
        get_conversation(world.colleague, root.id)
