"""What nobody's browser sends is answered, never a fault of ours."""

import base64
import json
from typing import Any

import pytest

from tests.support.factories import World, make_post

HUGE = "9" * 30
DEEP = "[" * 20_000 + "]" * 20_000
CURSORS = ('["0001-01-01T00:00:00+14:00", 5]', '["9999-12-31T23:59:59-14:00", 5]', DEEP)


def test_a_position_that_no_database_holds_is_no_position(world: World, as_member: Any) -> None:
    post = make_post(world.teacher, world.commons)
    here = f"/n/{world.network.slug}/c/{post.id}"
    browser = as_member(world.colleague)
    for asked in (f"/replies?before={HUGE}", f"/replies?after={HUGE}", f"?before={HUGE}&answer={HUGE}"):
        assert browser.get(here + asked).status_code == 200, asked


@pytest.mark.parametrize("inside", [DEEP, "[" * 20_000, "[" * 60 + "]" * 60])
def test_json_that_goes_too_deep_is_refused(world: World, as_member: Any, inside: str) -> None:
    post = make_post(world.teacher, world.commons)
    browser, net = as_member(world.colleague), f"/n/{world.network.slug}"
    sent = {"data": f'{{"sequence": 0, "body": {{"a": {inside}}}}}', "content_type": "application/json"}
    assert browser.put(f"{net}/drafts/update", **sent).status_code == 400
    assert browser.post(f"{net}/c/{post.id}/reply", **sent).status_code in (303, 400)
    assert browser.get(f"{net}/drafts/update").json == {"body": None, "sequence": 0}
    ordinary = {"sequence": 0, "body": {"fields": [["html", "<p>Hello</p>"]]}}
    assert browser.put(f"{net}/drafts/update", json=ordinary).json["sequence"] > 0


@pytest.mark.parametrize("told", CURSORS)
def test_a_cursor_outside_the_calendar_begins_at_the_top(world: World, as_member: Any, told: str) -> None:
    cursor = base64.urlsafe_b64encode(told.encode()).decode()
    browser = as_member(world.colleague)
    for page in (f"/n/{world.network.slug}/", "/notifications"):
        assert browser.get(f"{page}?after={cursor}").status_code == 200


@pytest.mark.parametrize("until", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x", ""])
def test_a_moment_outside_the_calendar_is_no_moment(world: World, as_member: Any, until: str) -> None:
    answer = as_member(world.colleague).post("/notifications/read", data={"until": until})
    assert answer.status_code == 303


@pytest.mark.parametrize("field", ["html", "text", "file_keys", "file_alts", "key", "quote_id"])
def test_half_a_character_cannot_be_read_and_is_said_so(world: World, as_member: Any, field: str) -> None:
    post = make_post(world.teacher, world.commons)
    odd: Any = ["\ud800"] if field.startswith("file") else "words \ud800"
    sent = {"data": json.dumps({"text": "Hello", field: odd}), "content_type": "application/json"}
    browser, accept = as_member(world.colleague), {"Accept": "application/json"}
    answer = browser.post(f"/n/{world.network.slug}/c/{post.id}/reply", headers=accept, **sent)
    assert (answer.status_code, "could not be read" in answer.json["error"]) == (400, True)
