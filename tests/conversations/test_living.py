"""Lists, badges, the bell, mail and live delivery: for the people of a conversation, and nobody else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.contributions import actions as contributions
from app.contributions.models import Contribution
from app.conversations.actions import be_quiet, leave_conversation, wish_for
from app.conversations.queries import conversations_of, unread_conversations, wish_of
from app.core import clock, personal
from app.core.access import NotFound
from app.core.realtime import registry
from app.networks.models import Member
from app.notifications.actions import mark_all_read
from app.notifications.models import Notification
from tests.conversations.conftest import Browser, Talk, here, page_of
from tests.notifications.planted import mail_about
from tests.support.factories import World, make_member, make_reply
from tests.support.sockets import Listen, listening, tell


def bell(db: Any, member: Member) -> list[tuple[str, int]]:
    query = select(Notification.verb, Notification.contribution_id)
    return [tuple(row) for row in db.session.execute(query.where(Notification.member_id == member.id))]


def test_the_list_is_the_liveliest_first_with_what_is_unread(
    db: Any, world: World, talk: Talk, clock: Any
) -> None:
    first = talk(world.colleague, words="The first")
    clock.move(minutes=1)
    second = talk(world.principal, words="The second")
    assert [line.root_id for line in conversations_of(world.teacher).items] == [second.id, first.id]
    clock.move(minutes=1)
    make_reply(world.colleague, first, "Back to the first")
    (top, other) = conversations_of(world.teacher).items
    assert (top.root_id, top.unread, top.last_author, top.words) == (
        first.id,
        1,
        "Cole Colleague",
        "Back to the first",
    )
    assert (other.unread, other.is_mine) == (0, True)
    assert [person.name for person in top.people] == ["Cole Colleague"]
    contributions.read_up_to(world.teacher, first, 2)
    assert unread_conversations(world.teacher) == 0


def test_a_long_list_goes_on_where_it_stopped(world: World, talk: Talk, clock: Any) -> None:
    people = [make_member(world.network, f"Person {number:02d}") for number in range(33)]
    for person in people:
        clock.move(seconds=1)
        talk(person)
    first = conversations_of(world.teacher)
    rest = conversations_of(world.teacher, first.next)
    names = [line.people[0].name for line in (*first.items, *rest.items)]
    assert names == [person.name for person in reversed(people)]
    assert rest.next is None


def test_no_list_and_no_card_shows_what_was_taken_back(world: World, talk: Talk, as_member: Browser) -> None:
    root = talk(world.colleague, words="What stays")
    message = make_reply(world.teacher, root, "CANARY words")
    browser = as_member(world.colleague)
    assert "CANARY" in browser.get(here(world)).text
    contributions.remove_contribution(world.teacher, message)
    html = browser.get(here(world)).text
    assert "CANARY" not in html
    assert "What stays" in html
    contributions.hold(contributions.restore(message) or message, reason="privacy")
    assert "CANARY" not in browser.get(here(world)).text


def test_a_message_is_one_line_of_the_bell_for_everybody_else(
    db: Any, world: World, talk: Talk, outbox: Any, as_member: Browser
) -> None:
    root = talk(world.colleague, world.principal, words="CANARY words")
    make_reply(world.teacher, root, "CANARY again")
    make_reply(world.principal, root, "And me")
    outbox.drain()
    assert bell(db, world.colleague) == [("wrote", root.id)]
    assert bell(db, world.principal) == [("wrote", root.id)]
    assert bell(db, world.teacher) == [("wrote", root.id)]
    assert bell(db, world.facilitator) == []
    html = as_member(world.colleague).get("/notifications").text
    assert "wrote to you" in html
    assert "CANARY" not in html


def test_naming_somebody_inside_is_the_same_line_and_outside_is_none(
    db: Any, world: World, talk: Talk, outbox: Any
) -> None:
    root = talk(world.colleague)
    for person in (world.colleague, world.facilitator):
        name = f'<a href="/n/{world.network.slug}/members/{person.id}">{person.name}</a>'
        contributions.post_reply(world.teacher, root, html=f"<p>{name}</p>")
    outbox.drain()
    assert bell(db, world.colleague) == [("wrote", root.id)]
    assert bell(db, world.facilitator) == []


@pytest.mark.parametrize("how_long", ["hour", "tomorrow", "week", "always"])
def test_quiet_is_quiet_until_it_ends(
    how_long: str, db: Any, world: World, talk: Talk, outbox: Any, clock: Any
) -> None:
    root = talk(world.colleague)
    outbox.drain()
    mark_all_read([world.colleague])
    contributions.read_up_to(world.colleague, root, 1)
    be_quiet(world.colleague, root, how_long)
    make_reply(world.teacher, root, "While it is quiet")
    outbox.drain()
    told = select(func.count()).where(Notification.member_id == world.colleague.id)
    assert db.session.scalar(told) == 1
    assert unread_conversations(world.colleague) == 0
    assert conversations_of(world.colleague).items[0].is_quiet
    if how_long == "always":
        be_quiet(world.colleague, root, "off")
    clock.move(days=8)
    make_reply(world.teacher, root, "And after")
    outbox.drain()
    assert db.session.scalar(told) == 2
    assert unread_conversations(world.colleague) == 1


def test_mail_says_who_and_where_and_never_what(world: World, talk: Talk, outbox: Any, app: Flask) -> None:
    with clock.freeze(datetime(2026, 3, 4, 12, tzinfo=UTC)):
        root = talk(world.colleague, words="CANARY words")
        outbox.drain()
    with clock.freeze(datetime(2026, 3, 4, 12, 20, tzinfo=UTC)):
        words = _letter(world.colleague)
    assert "Tess Teacher wrote to you (Conversation, a conversation)" in words
    assert f"/c/{root.id}" in words
    assert "CANARY" not in words
    assert mail_about(world.facilitator.id, root) == ""


def _letter(member: Member) -> str:
    from app.core.command import command
    from app.notifications.actions.mailing import wish_of as mail_wish_of
    from app.notifications.jobs import words_of
    from app.notifications.queries import letter_for

    command(mail_wish_of)(member.id)
    letter = letter_for(member.id, clock.now() - timedelta(minutes=5))
    assert letter is not None
    return words_of(letter)


@pytest.fixture
def listen(app: Flask, db: Any) -> Iterator[Listen]:
    with listening(app) as sit:
        yield sit


def test_the_badge_is_told_to_its_people_alone(world: World, talk: Talk, app: Flask, listen: Listen) -> None:
    root = talk(world.colleague)
    ears = {who: listen(getattr(world, who)) for who in ("colleague", "facilitator", "neighbour")}
    for who, ear in ears.items():
        ear.join(**{f"member_{getattr(world, who).id}": None})
    tell(app)
    for ear in ears.values():
        ear.heard()
    make_reply(world.teacher, root, "CANARY words")
    tell(app)
    heard = {who: ear.heard() for who, ear in ears.items()}
    (said,) = [payload for kind, payload in heard["colleague"] if kind == "conversation:count"]
    assert (said["network"], said["unread"]) == (world.network.slug, 1)
    assert heard["facilitator"] == heard["neighbour"] == []
    assert "CANARY" not in str(heard)
    contributions.read_up_to(world.colleague, root, 2)
    tell(app)
    assert ("conversation:count", 0) in [
        (kind, said.get("unread")) for kind, said in ears["colleague"].heard()
    ]


def test_leaving_ends_live_delivery(world: World, talk: Talk, app: Flask, listen: Listen) -> None:
    root = talk(world.colleague, world.principal)
    staying, leaving = listen(world.principal), listen(world.colleague)
    for ear in (staying, leaving):
        assert "error" not in ear.join(**{f"contribution_{root.id}": None})[f"contribution:{root.id}"]
    tell(app)
    leave_conversation(world.colleague, root)
    make_reply(world.teacher, root, "CANARY words")
    tell(app)
    assert "CANARY" in str(staying.heard())
    said = leaving.heard()
    assert "access:lost" in [kind for kind, _payload in said]
    assert "CANARY" not in str(said)
    assert (
        leaving.join(**{f"contribution_{root.id}": None})[f"contribution:{root.id}"]["error"] == "not_found"
    )


def test_nobody_else_sits_down(world: World, talk: Talk) -> None:
    root = talk(world.colleague)
    names = [f"contribution:{root.id}", f"space:{root.space_id}"]
    for who in ("principal", "facilitator", "director", "outsider"):
        assert registry.seats_of(getattr(world, who).account, names) == {}, who
    assert set(registry.seats_of(world.colleague.account, names)) == set(names)


STRANGERS = ("principal", "facilitator", "director", "outsider")


@pytest.mark.parametrize("who", STRANGERS)
def test_no_verb_works_from_outside(who: str, world: World, talk: Talk, as_member: Browser) -> None:
    root = talk(world.colleague)
    browser = as_member(getattr(world, who))
    for path in ("leave", "quiet"):
        answer = browser.post(here(world, f"{root.id}/{path}"), data={"how_long": "hour"})
        assert answer.status_code == 404
    for rest in ("/reply", "/react/thanks", "/save", "/place", "/try"):
        assert browser.post(page_of(world, root, rest), data={"text": "Hello", "on": "1"}).status_code == 404
    with pytest.raises(NotFound):
        make_reply(getattr(world, who), root, "Hello")


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("new", {}, 422),
        ("new", {"with": "x", "text": "Hello"}, 422),
        ("new", {"with": "9" * 30, "text": "Hello"}, 422),
        ("new", {"with": "999999", "text": "Hello"}, 404),
        ("new", {"with": "{colleague}", "text": " "}, 422),
        ("new", {"with": "{colleague}", "text": "x" * 20_001}, 422),
        ("new", {"with": "{colleague}", "html": "<script>alert(1)</script>"}, 422),
        ("new", {"with": "{colleague}", "text": "Hello", "file_keys": "no-such-file"}, 404),
        ("new", {"with": "{outsider}", "text": "Hello"}, 404),
        ("new", {"find": "1", "q": "cole", "text": "kept words"}, 200),
        ("wish", {"who": "x"}, 303),
        ("wish", {}, 303),
        ("{root}/quiet", {"how_long": "ever"}, 404),
        ("{root}/quiet", {}, 404),
        ("999999/quiet", {"how_long": "hour"}, 404),
        ("{post}/leave", {}, 404),
    ],
)
def test_bad_input_breaks_nothing(
    path: str, fields: dict[str, str], status: int, world: World, talk: Talk, as_member: Browser
) -> None:
    from tests.support.factories import make_post

    known = {
        "root": talk(world.principal).id,
        "post": make_post(world.teacher, world.commons).id,
        "colleague": world.colleague.id,
        "outsider": world.outsider.id,
    }
    data = {name: value.format(**known) if "{" in value else value for name, value in fields.items()}
    answer = as_member(world.teacher).post(here(world, path.format(**known)), data=data)
    assert answer.status_code == status
    if "kept" in str(fields):
        assert "kept words" in answer.text
        assert "Cole Colleague" in answer.text


def test_people_are_found_by_name_and_stay_chosen(world: World, as_member: Browser) -> None:
    browser = as_member(world.teacher)
    html = browser.get(here(world, f"people?q=pia&with={world.colleague.id}")).text
    assert "Pia Principal" in html
    assert f'value="{world.colleague.id}" checked' in html
    assert "Otto" not in browser.get(here(world, "people?q=otto")).text
    assert browser.get(here(world, "people?q=%00&with=x")).status_code == 200
    assert browser.get(here(world, f"new?with={world.outsider.id}")).status_code == 404


def test_the_button_on_a_profile_leads_to_the_conversation_that_there_is(
    world: World, talk: Talk, as_member: Browser
) -> None:
    browser = as_member(world.teacher)
    wish_for(world.colleague, "nobody")
    profile = browser.get(f"/n/{world.network.slug}/members/{world.colleague.id}").text
    assert here(world, f"new?with={world.colleague.id}") in profile
    assert "conversations/new" not in browser.get(f"/n/{world.network.slug}/members/{world.teacher.id}").text
    wish_for(world.colleague, "everybody")
    root = talk(world.colleague)
    answer = browser.get(here(world, f"new?with={world.colleague.id}"))
    assert answer.headers["Location"] == page_of(world, root)


def test_the_wish_is_a_page(world: World, as_member: Browser) -> None:
    browser = as_member(world.teacher)
    assert browser.get(here(world, "wish")).status_code == 200
    browser.post(here(world, "wish"), data={"who": "near"})
    assert wish_of(world.teacher) == "near"


def test_the_download_has_ones_own_words_and_the_wish(world: World, talk: Talk) -> None:
    root = talk(world.colleague, words="MINE to take along")
    make_reply(world.colleague, root, "CANARY of somebody else")
    wish_for(world.teacher, "near")
    everything = str(list(personal.everything_of(world.teacher.account)))
    assert "MINE to take along" in everything
    assert "'who_may_write': 'near'" in everything
    assert "CANARY" not in everything
    assert "Cole Colleague" not in everything


@pytest.mark.parametrize("keep", [True, False])
def test_erasing_an_account_ends_its_conversations(
    keep: bool, db: Any, world: World, talk: Talk, as_member: Browser
) -> None:
    from app.accounts.actions.leaving import erase_account

    root = talk(world.colleague, world.principal, words="CANARY words")
    wish_for(world.teacher, "near")
    erase_account(world.teacher.account, keep_contributions=keep)
    db.session.expire_all()
    html = as_member(world.colleague).get(page_of(world, root)).text
    assert ("CANARY" in html) == keep
    assert "A former member left" in html or "Tess Teacher left" in html
    assert wish_of(world.teacher) == "everybody"
    assert db.session.get_one(Contribution, root.id).state == "published"
