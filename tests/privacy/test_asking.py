"""The author is asked, nothing is lost, and what they decide is kept: wherever a member writes."""

import html as entities
import re
from typing import Any

import pytest
from sqlalchemy import func, select

from app.contributions.actions import edit_contribution
from app.contributions.models import Contribution, PrivacyKept
from app.contributions.queries.privacy import overruled
from app.privacy.actions import StudentData, decided_by
from app.privacy.policy import look
from tests.support.factories import World, make_post, make_reply

WORDS = "We tried tiles. Tyrese got 4/10 on the quiz."
HTML = f"<div>{WORDS}</div>"
JSON = {"Accept": "application/json"}


def place(world: World, rest: str) -> str:
    return f"/n/{world.network.slug}/{rest}"


def newest(db: Any) -> Contribution:
    found: Contribution = db.session.scalar(select(Contribution).order_by(Contribution.id.desc()).limit(1))
    return found


def many(db: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(Contribution)))


def fields_of(page: str) -> list[tuple[str, str]]:
    """What a browser without scripts would send again, the boxes as they come."""
    form = page.split('class="card privacy-asked"')[1].split("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    files = re.findall(r'name="(file_keys)" value="([^"]*)" checked', form)
    return [(name, entities.unescape(value)) for name, value in [*hidden, *areas, *files]]


def marks_of(page: str) -> list[str]:
    return re.findall(r'name="privacy_kept" value="([0-9a-f]{32})"', page)


def sendings(world: World) -> dict[str, tuple[str, dict[str, Any]]]:
    """Address and fields of each place where a member writes."""
    post = make_post(world.teacher, world.commons, "Old words", kind="update")
    reply = make_reply(world.teacher, post, "Old words")
    thread = make_post(world.teacher, world.commons, "Old words", title="Old", kind="thread")
    here = {"space": world.commons.id}
    resource = {"language": "en", "licence": "CC-BY-4.0", "authors": "Tess"}
    return {
        "post": ("share/update", {"body": WORDS, **here}),
        "tried it": ("share/tried_it", {"body": "Tiles", "outcome": "mixed", "happened": WORDS, **here}),
        "reply": (f"c/{post.id}/reply", {"text": WORDS}),
        "edit of a reply": (f"c/{reply.id}/edit", {"text": WORDS}),
        "edit of a post": (f"c/{post.id}/edit-post", {"body": WORDS}),
        "thread": ("threads/new", {"title": "Tiles", "body": WORDS, **here}),
        "edit of a thread": (f"c/{thread.id}/edit-thread", {"title": "Old", "body": WORDS}),
        "summary": (f"c/{thread.id}/summary", {"body": WORDS}),
        "resource": ("library/new", {"title": "Tiles", "body": WORDS, **here, **resource}),
        "request": ("library/ask", {"title": "Tiles?", "body": WORDS, **here}),
        "conversation": ("conversations/new", {"with": world.colleague.id, "text": WORDS}),
    }


PLACES = (
    "post", "tried it", "reply", "edit of a reply", "edit of a post", "thread", "edit of a thread", "summary",
    "resource", "request", "conversation",
)  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
def test_without_scripts_the_words_stay_and_the_author_decides(
    where: str, world: World, as_member: Any, db: Any
) -> None:
    rest, fields = sendings(world)[where]
    browser, before = as_member(world.teacher), many(db)
    asked = browser.post(place(world, rest), data=fields)
    assert asked.status_code == 422, asked.text
    assert "“Tyrese got 4/10”" in entities.unescape(asked.text)
    assert WORDS in entities.unescape(asked.text)
    assert many(db) == before
    assert db.session.scalar(select(PrivacyKept.mark)) is None
    again = fields_of(asked.text)
    assert browser.post(place(world, rest), data=again_as(again)).status_code == 422
    sent = browser.post(
        place(world, rest), data=again_as([*again, ("privacy_kept", marks_of(asked.text)[0])])
    )
    assert sent.status_code == 303, sent.text
    assert [kept.kind for kept in db.session.scalars(select(PrivacyKept))] == ["score"]


def again_as(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in fields:
        if name != "csrf_token":
            data.setdefault(name, []).append(value)
    return data


def test_what_is_taken_out_needs_no_decision(world: World, as_member: Any, db: Any) -> None:
    browser, address = as_member(world.teacher), place(world, "share/update")
    fields = {"body": WORDS, "space": world.commons.id}
    again = again_as(fields_of(browser.post(address, data=fields).text))
    again["body"] = ["We tried tiles. One student got 4/10 on the quiz."]
    assert browser.post(address, data=again).status_code == 303
    assert overruled(newest(db).id) == []


def test_a_script_is_answered_with_the_findings(world: World, as_member: Any, db: Any) -> None:
    browser, root = as_member(world.teacher), make_post(world.colleague, world.commons)
    address, key = place(world, f"c/{root.id}/reply"), {"Idempotency-Key": "first-key-1"}
    asked = browser.post(address, data={"html": HTML}, headers={**JSON, **key})
    assert (asked.status_code, asked.json["error"]) == (422, "privacy")
    [finding] = asked.json["findings"]
    assert finding["kind"] == "score"
    assert "Nothing was sent" in asked.json["sentence"]
    body = {"html": HTML, "privacy_kept": [finding["mark"]], "key": "other-key-2"}
    made = browser.post(address, json=body, headers=JSON)
    assert made.status_code == 200, made.text
    assert browser.post(address, json=body, headers=JSON).json["id"] == made.json["id"]
    assert [kept.kind for kept in overruled(made.json["id"])] == ["score"]


def test_a_second_pupil_is_asked_about_alone(world: World, as_member: Any) -> None:
    browser, address = as_member(world.teacher), place(world, "share/update")
    fields = {"html": HTML, "space": world.commons.id}
    kept = browser.post(address, data=fields, headers=JSON).json["findings"][0]["mark"]
    more = {**fields, "html": f"<div>{WORDS} Ahmed got 9/10.</div>", "privacy_kept": kept}
    found = browser.post(address, data=more, headers=JSON).json["findings"]
    assert [each["said"] for each in found] == ["Ahmed got 9/10"]


def test_an_edit_asks_only_about_what_is_new(app: Any, world: World, db: Any) -> None:
    post = make_post(world.teacher, world.commons)
    mark = look(WORDS)[0].mark
    with decided_by([]), pytest.raises(StudentData):
        edit_contribution(world.teacher, post, html=HTML)
    with decided_by([mark]):
        edit_contribution(world.teacher, post, html=HTML)
    with decided_by([]):
        edit_contribution(world.teacher, post, html=HTML + "<div>More</div>")
        assert [kept.mark for kept in overruled(post.id)] == [mark]
        edit_contribution(world.teacher, post, html="<div>Nobody now</div>")
    assert overruled(post.id) == []


def test_a_colleague_of_the_network_is_no_pupil(world: World, as_member: Any) -> None:
    fields = {"body": "Cole Colleague got 9/10 for his talk", "space": world.commons.id}
    assert as_member(world.teacher).post(place(world, "share/update"), data=fields).status_code == 303


def test_nobody_is_asked_where_nobody_writes(world: World, db: Any) -> None:
    assert overruled(make_post(world.teacher, world.commons, WORDS).id) == []


def test_while_typing(world: World, as_member: Any, db: Any) -> None:
    address, before = place(world, "look"), many(db)
    answer = as_member(world.teacher).post(address, json={"text": WORDS, "file_keys": []})
    assert [each["said"] for each in answer.json["findings"]] == ["Tyrese got 4/10"]
    assert "data-finding" in answer.json["html"]
    assert not answer.json["waiting"]
    assert many(db) == before
    for bad in ({}, [], {"text": 3, "file_keys": []}, {"text": "a", "file_keys": [1]}):
        assert as_member(world.teacher).post(address, json=bad).status_code == 400
    assert as_member(world.outsider).post(address, json={"text": "", "file_keys": []}).status_code == 404


def test_the_words_are_written_in_no_log(
    world: World, as_member: Any, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    browser = as_member(world.teacher)
    browser.post(place(world, "look"), json={"text": WORDS, "file_keys": []})
    browser.post(place(world, "share/update"), data={"body": WORDS, "space": world.commons.id})
    said = capsys.readouterr()
    assert "Tyrese" not in said.out + said.err + caplog.text
