"""How much one member shares within an hour, by standing; the same words twice within minutes."""

from dataclasses import replace
from typing import Any

import pytest

from app.contributions.actions import Piece, edit_contribution, post_reply, share
from app.contributions.actions.pace import SaidBefore
from app.core import clock
from app.core.db import db
from app.core.limits import TooFast, limiter
from app.networks.actions import set_sealing
from app.networks.actions.pace import MOST, NEW_FOR, most
from app.networks.models import Member
from app.spaces.actions import invite_to_group, start_group
from app.spaces.actions.groups import Words
from tests.core.files.samples import PDF, archive, multipart
from tests.notifications.world import mention
from tests.support.factories import World, make_post, make_reply

NEWCOMER, REGULAR, HUB = range(3)


@pytest.fixture(autouse=True)
def _limited(app: Any) -> Any:
    before, app.config["RATELIMIT_ENABLED"] = app.config["RATELIMIT_ENABLED"], True
    limiter.reset()
    yield
    limiter.reset()
    app.config["RATELIMIT_ENABLED"] = before


def _here_for_long(member: Member) -> None:
    member.joined_at = clock.now() - NEW_FOR * 2
    db.session.flush()


def test_standing_decides_how_much(world: World) -> None:
    assert most(world.teacher, "posts") == MOST["posts"][NEWCOMER]
    _here_for_long(world.teacher)
    assert most(world.teacher, "posts") == MOST["posts"][REGULAR]
    assert most(world.facilitator, "posts") == MOST["posts"][HUB]
    assert all(newcomer < regular < hub for newcomer, regular, hub in MOST.values())


def test_an_operator_widens_the_pace(world: World, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "PACE", 3)
    assert most(world.teacher, "posts") == 3 * MOST["posts"][NEWCOMER]


def test_a_newcomer_shares_so_much_and_no_more_within_an_hour(world: World) -> None:
    for number in range(MOST["posts"][NEWCOMER]):
        make_post(world.teacher, world.commons, f"Idea {number}")
    with pytest.raises(TooFast) as refused:
        make_post(world.teacher, world.commons, "One more")
    assert 0 < refused.value.seconds <= 3601
    make_post(world.colleague, world.commons, "Somebody else")
    _here_for_long(world.teacher)
    make_post(world.teacher, world.commons, "One more")


def test_an_hour_later_it_goes_on(world: World, clock: Any) -> None:
    for number in range(MOST["posts"][NEWCOMER]):
        make_post(world.teacher, world.commons, f"Idea {number}")
    clock.move(minutes=61)
    make_post(world.teacher, world.commons, "One more")


def test_the_form_says_when_it_goes_on_and_keeps_the_words(world: World, as_member: Any) -> None:
    for number in range(MOST["posts"][NEWCOMER]):
        make_post(world.teacher, world.commons, f"Idea {number}")
    path = f"/n/{world.network.slug}/share/update"
    sent = {"html": "<p>My eleventh</p>", "space": world.commons.id}
    refused = as_member(world.teacher).post(path, data=sent)
    assert refused.status_code == 429
    page = refused.get_data(as_text=True)
    assert "You can go on in" in page
    assert "My eleventh" in page


def test_the_same_words_twice_within_minutes_are_one_reply_too_many(world: World) -> None:
    post = make_post(world.teacher, world.commons)
    make_reply(world.colleague, post, "Thank you!")
    with pytest.raises(SaidBefore):
        make_reply(world.colleague, post, "Thank you!")
    make_reply(world.neighbour, post, "Thank you!")
    other = make_post(world.teacher, world.commons, "Another")
    make_reply(world.colleague, other, "Thank you!")
    with pytest.raises(SaidBefore):
        make_post(world.teacher, world.commons, "Another")


def test_a_known_key_is_a_repeat_and_no_second_saying(world: World) -> None:
    post = make_post(world.teacher, world.commons)
    first = make_reply(world.colleague, post, "Thank you!", key="k" * 20)
    assert make_reply(world.colleague, post, "Thank you!", key="k" * 20).id == first.id


def test_names_have_a_pace_of_their_own(world: World) -> None:
    post = make_post(world.teacher, world.commons)
    everybody = [world.neighbour, world.principal, world.colleague, world.facilitator, world.director]
    named = " ".join(mention(member) for member in everybody)
    rounds = MOST["mentions"][NEWCOMER] // len(everybody)
    for number in range(rounds):
        post_reply(world.teacher, post, html=f"<p>{number} {named}</p>")
    with pytest.raises(TooFast, match="named"):
        post_reply(world.teacher, post, html=f"<p>again {named}</p>")
    make_reply(world.teacher, post, "Without a name it goes.")


def test_names_without_a_name_have_the_same_pace_edits_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted under a mark: the posts of one person are nobody's, and each of them may be edited for ever."""
    monkeypatch.setitem(MOST, "mentions", (4, 4, 4))
    set_sealing(world.director, world.network, allowed=True)
    people = [world.neighbour, world.principal, world.colleague, world.facilitator, world.director]
    piece = Piece(kind="question", html=f"<p>{mention(people[0])} {mention(people[1])}</p>", sealed=True)
    first = share(world.teacher, world.commons, replace(piece, title="One"))
    edit_contribution(world.teacher, first, html=f"<p>{mention(people[2])} {mention(people[3])}</p>")
    with pytest.raises(TooFast, match="without a name"):
        edit_contribution(world.teacher, first, html=f"<p>{mention(people[4])}</p>")
    with pytest.raises(TooFast, match="without a name"):
        share(world.teacher, world.commons, replace(piece, title="Two"))
    share(world.colleague, world.commons, replace(piece, title="Three"))


def test_invitations_to_a_group_have_a_pace(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MOST, "invitations", (1, 2, 3))
    group = start_group(world.teacher, Words("Ratios", access="request")).space
    invite_to_group(world.teacher, group, world.colleague)
    with pytest.raises(TooFast):
        invite_to_group(world.teacher, group, world.neighbour)


def test_uploads_have_a_pace(world: World, as_member: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MOST, "uploads", (1, 2, 3))
    path, browser = f"/n/{world.network.slug}/uploads", as_member(world.teacher)
    assert browser.post(path, **multipart("file", PDF, "plan.pdf")).status_code == 200
    refused = browser.post(path, **multipart("file", PDF, "plan.pdf"), headers={"Accept": "application/json"})
    assert refused.status_code == 429
    assert "files within one hour" in refused.json["error"]
    assert int(refused.headers["Retry-After"]) > 0


def test_a_reply_over_the_pace_says_so(world: World, as_member: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MOST, "replies", (1, 2, 3))
    post = make_post(world.teacher, world.commons)
    path, browser = f"/n/{world.network.slug}/c/{post.id}/reply", as_member(world.colleague)
    asked = {"Accept": "application/json"}
    assert browser.post(path, data={"text": "One"}, headers=asked).status_code == 200
    refused = browser.post(path, data={"text": "Two"}, headers=asked)
    assert refused.status_code == 429
    assert "kept here" in refused.json["error"]


def test_refused_files_count_too(world: World, as_member: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MOST, "uploads", (3, 3, 3))
    browser, path = as_member(world.teacher), f"/n/{world.network.slug}/uploads"
    sent = [browser.post(path, **multipart("file", b"no picture", "a.png")).status_code for _time in range(4)]
    assert sent == [422, 422, 422, 429]
    packed = browser.post(
        f"/n/{world.network.slug}/library/unpack", **multipart("file", b"PK\x03\x04", "a.zip")
    )
    assert packed.status_code == 429
    other = as_member(world.colleague).post(path, **multipart("file", PDF, "plan.pdf"))
    assert other.status_code == 200


def test_files_of_an_archive_count_one_by_one(
    world: World, as_member: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST, "uploads", (3, 3, 3))
    browser, path = as_member(world.teacher), f"/n/{world.network.slug}/library/unpack"
    sent = archive({f"{number}.txt": b"Plots" for number in range(5)}, compress=False)
    answer = browser.post(path, **multipart("file", sent, "week.zip")).json
    assert (len(answer["unpacked"]), len(answer["refused"])) == (3, 2)
    assert browser.post(path, **multipart("file", sent, "week.zip")).status_code == 429
