"""Starting a thread and saying its opening differently: what is taken, what is refused with a sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.contributions.actions import read_up_to
from app.contributions.models import Contribution, Draft, ReadPlace
from app.core import personal
from app.core.command import command
from app.threads.actions import sum_up
from app.threads.models import Summary
from tests.support.clients import Client
from tests.support.factories import World, make_group
from tests.threads.conftest import Thread

Browser = Callable[[Any], Client]
SCRIPT = {"Accept": "application/json"}


def fields(world: World, **more: Any) -> dict[str, Any]:
    return {"title": "Exit slips", "body": "Which ones?", "space": world.commons.id, **more}


def start(browser: Client, world: World, headers: dict[str, str] | None = None, **more: Any) -> Any:
    return browser.post(
        f"/n/{world.network.slug}/threads/new", data=fields(world, **more), headers=headers or SCRIPT
    )


def threads(db: Any) -> int:
    return db.session.scalar(select(func.count()).where(Contribution.kind == "thread")) or 0


def test_a_thread_is_started_once_for_each_key(db: Any, world: World, as_member: Browser) -> None:
    browser = as_member(world.teacher)
    key = {**SCRIPT, "Idempotency-Key": "thread-key-0001"}
    first, again = start(browser, world, key), start(browser, world, key)
    assert first.json["id"] == again.json["id"]
    assert first.json["address"].endswith(f"/c/{first.json['id']}")
    assert threads(db) == 1
    other = start(browser, world, key, title="Another one")
    assert (other.status_code, threads(db)) == (422, 1)


def test_a_plain_form_leads_to_the_thread(db: Any, world: World, as_member: Browser) -> None:
    browser = as_member(world.teacher)
    page = browser.get(f"/n/{world.network.slug}/threads/new?in=commons")
    assert page.status_code == 200
    answer = start(browser, world, {"Accept": "text/html"})
    assert answer.status_code == 303
    assert "Exit slips" in browser.get(answer.headers["Location"]).text
    assert db.session.scalar(select(func.count(Draft.id))) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": " \n "},
        {"title": "x" * 141},
        {"body": ""},
        {"body": "<p> </p>"},
        {"body": "x" * 20_001},
        {"space": "x"},
        {"space": "-1"},
        {"space": "999999"},
        {"driver": "x"},
        {"driver": "999999"},
        {"file_keys": "nobody-s-file"},
        {"key": "short"},
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(
    wrong: dict[str, str], db: Any, world: World, as_member: Browser
) -> None:
    answer = start(as_member(world.teacher), world, **wrong)
    assert answer.status_code in (400, 404, 422)
    assert answer.json["error"]
    assert threads(db) == 0
    page = start(as_member(world.teacher), world, {"Accept": "text/html"}, **wrong)
    assert page.status_code in (400, 404, 422)


def test_nobody_starts_where_they_may_not(db: Any, world: World, as_member: Browser) -> None:
    group = make_group(world, world.teacher, access="secret")
    assert start(as_member(world.colleague), world, space=group.id).status_code == 404
    assert start(as_member(world.outsider), world).status_code == 404
    place = f"/n/{world.network.slug}/threads/new"
    assert as_member(world.colleague).get(f"{place}?in={group.slug}").status_code == 404
    world.colleague.standing = "paused"
    db.session.commit()
    assert start(as_member(world.colleague), world).status_code == 403
    assert as_member(world.colleague).get(place).status_code == 403
    assert threads(db) == 0


def test_the_author_says_it_differently(world: World, as_member: Browser, thread: Thread) -> None:
    root = thread(replies=1)
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/c/{root.id}"
    assert browser.get(f"{place}/edit").headers["Location"].endswith("/edit-thread")
    assert 'value="Ratio tables before' in browser.get(f"{place}/edit-thread").text
    answer = browser.post(
        f"{place}/edit-thread", data={"title": "Tables first", "body": "How?", "seen": "first"}
    )
    assert answer.status_code == 303
    shown = browser.get(place).text
    assert "Tables first" in shown
    assert "Ratio tables before" not in shown
    stale = browser.post(f"{place}/edit-thread", data={"title": "Mine", "body": "How?", "seen": "first"})
    assert stale.status_code == 409
    assert "Tables first" in stale.text
    assert "Mine" in stale.text
    assert browser.post(f"{place}/edit-thread", data={"title": "", "body": "x"}).status_code == 422
    assert as_member(world.colleague).get(f"{place}/edit-thread").status_code == 403


def test_other_kinds_are_not_edited_here(world: World, as_member: Browser) -> None:
    from tests.support.factories import make_post

    post = make_post(world.teacher, world.commons)
    place = f"/n/{world.network.slug}/c/{post.id}/edit-thread"
    assert as_member(world.teacher).get(place).status_code == 403


@pytest.mark.parametrize("keep", [True, False])
def test_who_goes_takes_their_places_and_perhaps_their_summaries(
    keep: bool, db: Any, world: World, thread: Thread
) -> None:
    root = thread(replies=2)
    read_up_to(world.teacher, root, 2)
    read_up_to(world.colleague, root, 1)
    sum_up(world.teacher, root, html="<p>In short</p>")
    paths = [path for path, _value in personal.everything_of(world.teacher.account)]
    assert "threads/summaries.json" in paths
    assert "threads/summaries.json" not in [p for p, _v in personal.everything_of(world.colleague.account)]

    @command
    def go() -> None:
        personal.erase(world.teacher.account, keep_contributions=keep)

    go()
    assert list(db.session.scalars(select(ReadPlace.member_id))) == [world.colleague.id]
    assert db.session.scalar(select(func.count(Summary.id))) == int(keep)
