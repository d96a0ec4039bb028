"""Words that warn: their author is asked before it goes out, wherever somebody writes, and decides."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.contributions.models import Contribution, PrivacyKept
from app.contributions.queries import get_root
from app.conversations.actions import begin_conversation
from app.moderation import actions
from app.moderation.models import Case
from app.networks.models import Member
from tests.moderation.conftest import Scene
from tests.moderation.test_judging import bells
from tests.support.factories import make_reply

JSON = {"Accept": "application/json"}
WORDS = "They are just Lázy today"
FIELDS = {
    "share/update": {"body": WORDS, "space": "{space}"},
    "share/question": {"body": WORDS, "space": "{space}"},
    "threads/new": {"title": "A day", "body": WORDS, "space": "{space}"},
    "library/new": {
        "title": "A day", "body": WORDS, "space": "{space}", "what": "task", "form": "page",
        "subject": "mathematics", "minutes": "20", "language": "en", "licence": "CC-BY-4.0",
        "authors": "Tess Teacher",
    },
    "c/{post}/reply": {"text": WORDS},
    "c/{post}/edit-post": {"body": WORDS},
    "c/{reply}/edit": {"text": WORDS},
    "conversations/new": {"with": "{neighbour}", "text": WORDS},
    "c/{talk}/reply": {"text": WORDS},
}  # fmt: skip


@pytest.fixture
def ids(scene: Scene) -> dict[str, int]:
    world = scene.world
    actions.watch(world.facilitator, "lazy", "warn")
    first = begin_conversation(world.teacher, [world.colleague.id], html="<p>Hello</p>")
    return {
        "post": scene.post.id,
        "reply": make_reply(world.teacher, scene.post, "A reply").id,
        "talk": get_root(world.teacher, first.root_id).id,
        "space": world.commons.id,
        "neighbour": world.neighbour.id,
    }


def said(db: Any) -> int:
    db.session.expire_all()
    return int(
        db.session.scalar(select(func.count(Contribution.id)).where(Contribution.text.contains("today"))) or 0
    )


@pytest.mark.parametrize("place", FIELDS)
def test_its_author_is_asked_before_it_goes_out(
    scene: Scene, db: Any, ids: dict[str, int], outbox: Any, as_member: Callable[[Any], Any], place: str
) -> None:
    world, browser = scene.world, as_member(scene.world.teacher)
    address = f"/n/{world.network.slug}/{place.format(**ids)}"
    form = {name: value.format(**ids) for name, value in FIELDS[place].items()}
    page = browser.post(address, data=form)
    assert page.status_code == 422, page.text
    assert "Your network is careful with this" in page.text
    assert "may be about a student" not in page.text
    assert WORDS in page.text, "no word is lost"
    assert said(db) == 0
    found = browser.post(address, data=form, headers=JSON).json
    (finding,) = found["findings"]
    assert finding["said"] == "Lázy"
    decided = {**form, "privacy_kept": finding["mark"]}
    assert browser.post(address, data=decided).status_code in (200, 303)
    outbox.drain()
    made = db.session.scalars(select(Contribution).where(Contribution.text.contains("today"))).one()
    assert made.state == "published"
    assert db.session.query(Case).count() == 0, "nobody else is told"
    for judge in (world.facilitator, world.director):
        assert bells(db, judge) == []


def test_while_one_writes(scene: Scene, ids: dict[str, int], as_member: Callable[[Any], Any]) -> None:
    address = f"/n/{scene.world.network.slug}/look"
    author: Member = scene.world.teacher
    answer = as_member(author).post(address, json={"text": f"Ø {WORDS}", "file_keys": []}).json
    (finding,) = answer["findings"]
    assert f"Ø {WORDS}"[finding["start"] : finding["end"]] == "Lázy"
    assert finding["out"] == ""
    assert as_member(author).post(address, json={"text": "Laziness", "file_keys": []}).json["findings"] == []


def test_what_was_kept_is_not_asked_again_and_tells_nothing_of_students(
    scene: Scene, db: Any, ids: dict[str, int], as_member: Callable[[Any], Any]
) -> None:
    browser, address = (
        as_member(scene.world.teacher),
        f"/n/{scene.world.network.slug}/c/{ids['post']}/edit-post",
    )
    mark = browser.post(address, data={"body": WORDS}, headers=JSON).json["findings"][0]["mark"]
    assert browser.post(address, data={"body": WORDS, "privacy_kept": mark}).status_code == 303
    assert browser.post(address, data={"body": f"{WORDS}, and tired"}).status_code == 303
    assert db.session.scalars(select(PrivacyKept.kind)).all() == ["watched"]
