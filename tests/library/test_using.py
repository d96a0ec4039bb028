""" "I used this": the reply, the summary, and what happens when it is taken back."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.contributions.actions import (
    commit_to,
    edit_contribution,
    hold,
    let_go,
    remove_contribution,
    restore,
)
from app.contributions.models import Contribution
from app.core import doctor, personal
from app.core.command import command
from app.library.actions import How, say_used
from app.library.models import Resource, ResourceUse
from app.library.queries import evidence_on
from tests.library.conftest import Make
from tests.support.clients import Client
from tests.support.factories import World, make_reply

Browser = Callable[[Any], Client]


def test_a_use_is_a_reply_and_counts(db: Any, world: World, as_member: Browser, resource: Make) -> None:
    root = resource()
    browser, place = as_member(world.colleague), f"/n/{world.network.slug}/c/{root.id}"
    assert "Nobody has said yet" in browser.get(place).text
    assert browser.post(f"{place}/used", data={"tip": "Go slow"}).status_code == 422
    said = {"outcome": "mixed", "grade": "7", "setting": "small_group", "tip": "Go slow", "key": "use-key-1"}
    assert browser.post(f"{place}/used", data=said).status_code == 303
    assert browser.post(f"{place}/used", data=said).status_code == 303
    page = as_member(world.teacher).get(place).text
    assert "Used by one colleague" in page
    assert "Go slow" in page
    body = db.session.get_one(Resource, root.id)
    assert (body.uses, body.used_at is not None) == (1, True)
    assert root.card["uses"] == {"mixed": 1, "people": 1, "schools": 1}
    assert (
        "Used by one colleague in one school"
        in as_member(world.neighbour).get(f"/n/{world.network.slug}/library/?tab=recent").text
    )
    assert as_member(world.outsider).post(f"{place}/used", data=said).status_code == 404
    assert doctor.examine() == []


def test_the_summary_is_by_grade_and_setting(world: World, resource: Make) -> None:
    root = resource()
    say_used(world.colleague, root, How("worked", 7, "homework", tip="One"))
    say_used(world.neighbour, root, How("worked", 6, "homework"))
    say_used(world.principal, root, How("did_not_work"))
    found = evidence_on(world.teacher, root)
    assert found.total.counts == {"worked": 2, "mixed": 0, "did_not_work": 1}
    assert [(line.word, line.total) for line in found.grades] == [("6", 1), ("7", 1)]
    assert [(line.word, line.counts["worked"]) for line in found.settings] == [("Homework", 2)]
    assert sorted(found.schools) == ["Cedar", "Maple"]
    assert [tip.words for tip in found.tips] == ["One"]


def test_what_is_taken_back_does_not_count(db: Any, world: World, resource: Make) -> None:
    root = resource()
    first = say_used(world.colleague, root, How("worked", 7, tip="One"))
    second = say_used(world.neighbour, root, How("mixed", 6, tip="Two"))
    hold(first, reason="privacy")
    assert db.session.get_one(Resource, root.id).uses == 1
    restore(first)
    assert db.session.get_one(Resource, root.id).uses == 2
    edit_contribution(world.colleague, first, html="<p>Said without any advice</p>")
    assert {tip.words for tip in evidence_on(world.teacher, root).tips} == {"Two"}
    remove_contribution(world.neighbour, second)
    assert root.card["uses"] == {"worked": 1, "people": 1, "schools": 1}
    assert db.session.get_one(ResourceUse, second.id).tip == ""
    remove_contribution(world.colleague, first)
    assert "uses" not in db.session.get_one(Contribution, root.id).card
    assert doctor.examine() == []


def test_somebody_who_uses_it_twice_is_one_person(
    db: Any, world: World, as_member: Browser, resource: Make
) -> None:
    root = resource()
    browser, place = as_member(world.colleague), f"/n/{world.network.slug}/c/{root.id}"
    say_used(world.colleague, root, How("mixed", 7, tip="One"))
    say_used(world.neighbour, root, How("worked", 6))
    form = browser.get(f"{place}/used").text
    assert "I used this again" in form
    assert "grade 7" in form
    assert "/edit-use" in form
    say_used(world.colleague, root, How("worked", 7, "homework"))
    assert root.card["uses"] == {"worked": 2, "mixed": 1, "people": 2, "schools": 2}
    assert db.session.get_one(Resource, root.id).uses == 2
    page = browser.get(place).text
    assert "Used by 2 colleagues in 2 schools, 3 times" in page
    assert page.count("Change what you said") == 2
    assert "Change what you said" not in as_member(world.teacher).get(place).text
    assert [(line.word, line.total) for line in evidence_on(world.teacher, root).grades] == [
        ("6", 1),
        ("7", 2),
    ]
    assert doctor.examine() == []


def test_a_use_is_edited_by_its_own_fields(db: Any, world: World, as_member: Browser, resource: Make) -> None:
    root = resource()
    use = say_used(world.colleague, root, How("mixed", 7, "homework", "Fewer shoes", "Go slow"))
    browser, here = as_member(world.colleague), f"/n/{world.network.slug}/c/{use.id}"
    assert browser.get(f"{here}/edit").headers["Location"].endswith("/edit-use")
    form = browser.get(f"{here}/edit-use").text
    assert ">\r\nGo slow</textarea>" in form or ">\nGo slow</textarea>" in form
    assert "Fewer shoes</textarea>" in form
    assert "Tip: Go slow" not in form
    said = {
        "outcome": "worked",
        "grade": "8",
        "setting": "",
        "changed": "",
        "tip": "Go fast",
        "seen": "first",
    }
    assert browser.post(f"{here}/edit-use", data={**said, "outcome": ""}).status_code == 422
    assert browser.post(f"{here}/edit-use", data=said).status_code == 303
    row = db.session.get_one(ResourceUse, use.id)
    assert (row.outcome, row.grade, row.setting, row.changed, row.tip) == ("worked", 8, "", "", "Go fast")
    db.session.refresh(use)
    assert (use.outcome, "Tip: Go fast" in use.text, "shoes" in use.text) == ("worked", True, False)
    assert root.card["uses"] == {"worked": 1, "people": 1, "schools": 1}
    stale = browser.post(f"{here}/edit-use", data={**said, "tip": "From another tab"})
    assert stale.status_code == 409
    assert "From another tab" in stale.text
    assert "Go fast" in stale.text
    assert as_member(world.teacher).get(f"{here}/edit-use").status_code == 403
    assert as_member(world.outsider).get(f"{here}/edit-use").status_code == 404
    plain = make_reply(world.colleague, root, "Just a word")
    assert browser.get(f"/n/{world.network.slug}/c/{plain.id}/edit-use").status_code == 404
    assert "Just a word" in browser.get(f"/n/{world.network.slug}/c/{plain.id}/edit").text
    assert doctor.examine() == []


def test_saying_how_it_went_keeps_ones_word(
    db: Any, world: World, as_member: Browser, resource: Make
) -> None:
    root = resource()
    promise, theirs = commit_to(world.colleague, root), commit_to(world.neighbour, root)
    browser, slug = as_member(world.colleague), world.network.slug
    assert f'href="/n/{slug}/c/{root.id}/used"' in browser.get(f"/n/{slug}/trying/").text
    assert f'data-tell="/n/{slug}/c/{root.id}/used"' in browser.get(f"/n/{slug}/c/{root.id}").text
    use = say_used(world.colleague, root, How("worked"))
    db.session.refresh(promise)
    assert (promise.state, promise.reported_id, theirs.state) == ("reported", use.id, "open")
    let_go(world.neighbour, root)
    say_used(world.neighbour, root, How("mixed"))
    assert doctor.examine() == []


def test_who_goes_takes_their_uses_along(db: Any, world: World, resource: Make) -> None:
    root = resource()
    say_used(world.colleague, root, How("worked", 7, tip="One"))
    mine = resource("My own", author=world.colleague)
    account = world.colleague.account
    exported = dict(personal.everything_of(account))
    assert exported[f"library/{world.network.slug}/uses.json"][0]["tip"] == "One"
    assert exported[f"library/{world.network.slug}/resources.json"][0]["id"] == mine.id

    @command
    def go() -> None:
        personal.erase(account, keep_contributions=False)

    go()
    assert db.session.scalars(select(ResourceUse)).all() == []
    assert [one.contribution_id for one in db.session.scalars(select(Resource))] == [root.id]
    assert doctor.examine() == []
