"""Files: asked about where they were read in time, told of afterwards where not; and the live socket."""

import html as entities
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.contributions.models import Attachment, Contribution
from app.contributions.models.contributions import UNSEEN_FROM
from app.contributions.queries.privacy import overruled
from app.core import previews
from app.core.files import files
from app.core.files.models import StoredFile
from app.notifications.models import Notification
from app.privacy.models import FileLook
from tests.support.factories import World, make_post
from tests.support.sockets import Listen, listening

ROSTER = b"Student,Quiz\nTyrese Hill,4\nAhmed Noor,9\n"
CLEAN = b"Period,Average\nP1,64\nP2,71\n"
JSON = {"Accept": "application/json"}


@pytest.fixture
def listen(app: Flask, db: Any) -> Iterator[Listen]:
    with listening(app) as sit:
        yield sit


def place(world: World, rest: str) -> str:
    return f"/n/{world.network.slug}/{rest}"


def upload(world: World, content: bytes = ROSTER, name: str = "quiz.csv") -> StoredFile:
    return files.put(
        content,
        name=name,
        media_type="text/csv",
        scope="contribution",
        network_id=world.network.id,
        uploader_id=world.teacher.id,
    )


def read(outbox: Any) -> None:
    """What the worker does with a file: it reads it, then looks through it."""
    previews.catch_up()
    outbox.drain()


def fields(world: World, *stored: StoredFile, **more: Any) -> dict[str, Any]:
    keys = [each.key for each in stored]
    return {
        "body": "Our quiz",
        "space": world.commons.id,
        "file_keys": keys,
        "file_alts": ["" for _ in keys],
        **more,
    }


def newest(db: Any) -> Contribution:
    found: Contribution = db.session.scalar(select(Contribution).order_by(Contribution.id.desc()).limit(1))
    return found


def test_a_file_that_was_read_is_asked_about(world: World, as_member: Any, db: Any, outbox: Any) -> None:
    stored, fine = upload(world), upload(world, CLEAN, "averages.csv")
    read(outbox)
    browser = as_member(world.teacher)
    asked = browser.post(place(world, "share/material"), data=fields(world, stored, fine))
    page = entities.unescape(asked.text)
    assert asked.status_code == 422
    assert "quiz.csv, sheet 1, rows 2 to 3" in page
    assert "Send the file quiz.csv along" in page
    assert f'<input type="hidden" name="file_keys" value="{fine.key}">' in page
    assert "Tyrese" not in page
    again = browser.post(place(world, "share/material"), data=fields(world, stored), headers=JSON)
    mark = again.json["findings"][0]["mark"]
    sent = browser.post(place(world, "share/material"), data=fields(world, stored, fine, privacy_kept=mark))
    assert sent.status_code == 303
    assert [(kept.kind, kept.file_id) for kept in overruled(newest(db).id)] == [("score", stored.id)]


def test_what_is_kept_of_a_file_holds_no_words(world: World, db: Any, outbox: Any) -> None:
    stored = upload(world)
    read(outbox)
    look = db.session.get(FileLook, stored.id)
    assert [each["kind"] for each in look.findings] == ["score"]
    assert "tyrese" not in str(look.findings).lower()


def test_a_file_left_out_needs_no_decision(world: World, as_member: Any, db: Any, outbox: Any) -> None:
    stored, fine = upload(world), upload(world, CLEAN, "averages.csv")
    read(outbox)
    browser = as_member(world.teacher)
    assert browser.post(place(world, "share/material"), data=fields(world, fine)).status_code == 303
    carried = db.session.scalars(select(Attachment.file_id)).all()
    assert carried == [fine.id]
    assert stored.attached_at is None


def test_the_name_of_a_file_is_looked_at_at_once(world: World, as_member: Any) -> None:
    stored = upload(world, CLEAN, "Tyrese Hill got 4 of 10.csv")
    sent = fields(world, stored)
    asked = as_member(world.teacher).post(place(world, "share/material"), data=sent, headers=JSON)
    assert [each["where"] for each in asked.json["findings"]] == ["The name of Tyrese Hill got 4 of 10.csv"]


def test_a_file_still_being_read_is_told_of_later_and_to_its_author_alone(
    world: World, as_member: Any, db: Any, outbox: Any
) -> None:
    stored = upload(world)
    browser = as_member(world.teacher)
    answer = browser.post(place(world, "look"), json={"text": "", "file_keys": [stored.key]})
    assert answer.json["waiting"]
    assert browser.post(place(world, "share/material"), data=fields(world, stored)).status_code == 303
    post = newest(db)
    read(outbox)
    outbox.drain()
    told = db.session.scalars(select(Notification).where(Notification.verb == "privacy")).all()
    assert [line.member_id for line in told] == [world.teacher.id]
    bell = browser.get("/notifications")
    assert "may be about a student" in bell.text
    mine = place(world, f"c/{post.id}/student-privacy")
    assert mine in bell.text
    assert "quiz.csv, sheet 1, rows 2 to 3" in entities.unescape(browser.get(mine).text)
    for other, status in ((world.colleague, 403), (world.facilitator, 403), (world.outsider, 404)):
        assert as_member(other).get(mine).status_code == status
        assert as_member(other).post(mine).status_code == status
    assert overruled(post.id) == []
    assert browser.post(mine).status_code == 303
    assert [kept.kind for kept in overruled(post.id)] == ["score"]
    assert "nothing to decide" in browser.get(mine).text


def test_nobody_is_told_of_a_clean_file(world: World, as_member: Any, db: Any, outbox: Any) -> None:
    stored = upload(world, CLEAN, "averages.csv")
    as_member(world.teacher).post(place(world, "share/material"), data=fields(world, stored))
    read(outbox)
    outbox.drain()
    assert db.session.get(FileLook, stored.id).findings == []
    assert db.session.scalar(select(Notification.id).where(Notification.verb == "privacy")) is None


def test_somebody_elses_file_is_not_looked_at(world: World, as_member: Any, outbox: Any) -> None:
    stored = upload(world)
    read(outbox)
    answer = as_member(world.colleague).post(
        place(world, "look"), json={"text": "", "file_keys": [stored.key]}
    )
    assert answer.json == {"findings": [], "html": answer.json["html"], "waiting": False}


def test_a_live_reply_is_asked_the_same(app: Flask, world: World, listen: Listen, db: Any) -> None:
    root = make_post(world.colleague, world.commons)
    ear = listen(world.teacher)
    said = {"contribution_id": root.id, "html": "<div>Tyrese got 4/10</div>", "file_keys": []}
    asked = ear.ask("reply:create", {**said, "key": "first-key-1"})
    assert (asked["error"], asked["status"]) == ("privacy", 422)
    marks = [finding["mark"] for finding in asked["findings"]]
    made = ear.ask("reply:create", {**said, "key": "other-key-2", "privacy_kept": marks})
    assert made["position"] > UNSEEN_FROM, "a facilitator reads it first: it has no place in the talk yet"
    assert ear.ask("reply:create", {**said, "key": "other-key-2", "privacy_kept": marks})["id"] == made["id"]
    assert [kept.mark for kept in overruled(made["id"])] == marks
