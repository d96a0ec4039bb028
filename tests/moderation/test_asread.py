"""Who judges decides about the words that they read: what its author edited meanwhile stays as it is."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.actions import edit_contribution
from app.contributions.models import Contribution
from app.core.asread import ReadOtherwise
from app.moderation import actions
from app.moderation.models import Act
from app.moderation.queries.asread import mark_of_case
from tests.moderation.conftest import Scene, as_read
from tests.support.clients import mark_on

Browser = Callable[[Any], Any]
NEVER_READ = "Words that nobody read"


def said_anew(scene: Scene, words: str = NEVER_READ) -> None:
    edit_contribution(scene.world.teacher, scene.post, html=f"<p>{words}</p>")


def as_it_is(db: Any, post: Contribution) -> tuple[str, str | None]:
    db.session.refresh(post)
    return post.state, post.state_reason


def test_what_was_edited_while_it_waits_stays_held_and_is_shown(
    scene: Scene, as_member: Browser, db: Any
) -> None:
    case = scene.report(ref="privacy").case
    browser, here = as_member(scene.world.facilitator), f"/moderation/{case.id}"
    page = browser.get(here).text
    read = mark_on(page)
    assert f'href="{here}/act/none?read={read}"' in page
    assert mark_on(browser.get(f"{here}/act/none?read={read}").text) == read
    assert "This is what it says now" not in browser.get(f"{here}/act/none?read={read}").text
    said_anew(scene)
    for mark in (read, ""):
        sent = {"letter": "A long letter", "reason": "Seen", "read": mark}
        refused = browser.post(f"{here}/act/none", data=sent)
        assert refused.status_code == 409
        for words in ("Nothing was done yet", NEVER_READ, "A long letter", 'value="Seen"'):
            assert words in refused.text
        assert as_it_is(db, scene.post)[0] == "held"
    assert "This is what it says now" in browser.get(f"{here}/act/none?read={read}").text
    again = browser.get(here).text
    assert "Edited since" in again
    assert NEVER_READ in again
    assert case.is_open
    assert browser.post(f"{here}/act/none", data={"read": mark_on(refused.text)}).status_code == 303
    assert as_it_is(db, scene.post) == ("published", None)


@pytest.mark.parametrize("verb", ["none", "ask_edit", "remove", "read_first", "pause", "lock", "slow", "end"])
def test_every_act_that_ends_the_case_is_about_what_was_read(scene: Scene, verb: str, db: Any) -> None:
    case = scene.report(ref="privacy").case
    read = mark_of_case(case)
    said_anew(scene)
    before = as_it_is(db, scene.post)
    with pytest.raises(ReadOtherwise):
        scene.act(case, verb, by="director", read=read)
    assert (as_it_is(db, scene.post), case.is_open, before[0]) == (before, True, "held")
    assert db.session.query(Act).count() == 0


@pytest.mark.parametrize(("verb", "more"), [("hide", {}), ("pause", {"goes_on": True})])
def test_no_edit_puts_off_what_lets_nothing_be_seen(scene: Scene, verb: str, more: Any, db: Any) -> None:
    case = scene.report(ref="privacy").case
    read = mark_of_case(case)
    said_anew(scene)
    scene.act(case, verb, by="director", read=read, **more)
    assert as_it_is(db, scene.post)[0] == "held"


@pytest.mark.parametrize("verb", ["hide", "ask_edit"])
def test_undoing_shows_again_only_what_was_read(scene: Scene, verb: str, as_member: Browser, db: Any) -> None:
    act = scene.act(scene.report().case, verb)
    browser, here = as_member(scene.world.director), f"/moderation/{act.case_id}"
    read = mark_on(browser.get(here).text)
    scene.post.state_reason = "moderator"
    said_anew(scene)
    undo = f"{here}/undo/{act.id}"
    refused = browser.post(undo, data={"reason": "A closer look", "read": read})
    assert refused.status_code == 409
    for words in ("so nothing was done", NEVER_READ, 'value="A closer look"', "Edited since"):
        assert words in refused.text
    assert as_it_is(db, scene.post) == ("held", "moderator")
    browser.post(undo, data={"reason": "A closer look", "read": mark_on(refused.text)})
    assert as_it_is(db, scene.post) == ("published", None)


def test_what_a_removal_keeps_is_shown_before_it_comes_back(
    scene: Scene, as_member: Browser, db: Any
) -> None:
    case = scene.report().case
    said_anew(scene)
    act = scene.act(case, "remove")
    browser, here = as_member(scene.world.director), f"/moderation/{case.id}"
    page = browser.get(here).text
    assert NEVER_READ in page, "it was edited after it was reported, and this is what would come back"
    assert browser.post(f"{here}/undo/{act.id}").status_code == 409
    assert browser.post(f"{here}/undo/{act.id}", data={"read": mark_on(page)}).status_code == 303
    assert as_it_is(db, scene.post) == ("published", None)
    assert scene.post.text == NEVER_READ


def test_an_appeal_is_won_for_what_was_read(scene: Scene, as_member: Browser, db: Any) -> None:
    world = scene.world
    act = scene.act(scene.report().case, "hide")
    case = actions.appeal(world.teacher.account, act.id, "It was kind").case
    browser, here = as_member(world.director), f"/moderation/{case.id}"
    answer = {"outcome": "overturned", "answer": "You are right", **as_read(case)}
    said_anew(scene)
    refused = browser.post(f"{here}/appeal", data=answer)
    assert refused.status_code == 409
    for words in (NEVER_READ, "You are right", 'value="overturned" checked'):
        assert words in refused.text
    assert as_it_is(db, scene.post) == ("held", "moderator")
    browser.post(f"{here}/appeal", data={**answer, "read": mark_on(refused.text)})
    assert as_it_is(db, scene.post) == ("published", None)


def test_a_case_opens_no_wall_to_what_was_edited(scene: Scene, as_member: Browser) -> None:
    """What everybody in a closed room sees is not shown to a judge who is not in it."""
    from tests.support.factories import make_group, make_post

    world = scene.world
    group = make_group(world, world.teacher, world.colleague, access="secret")
    inside = make_post(world.teacher, group, "A sharp word")
    case = actions.report_contribution(world.colleague, inside, ref="n1").case
    browser, here = as_member(world.facilitator), f"/moderation/{case.id}"
    read = mark_on(browser.get(f"{here}/act/remove").text)
    edit_contribution(world.teacher, inside, html=f"<p>{NEVER_READ}</p>")
    sent = {"ref": "n1", "letter": "Dear colleague", "read": read}
    refused = browser.post(f"{here}/act/remove", data=sent)
    assert refused.status_code == 409
    assert "not as it was when you read it" in refused.text
    assert NEVER_READ not in refused.text + browser.get(here).text
    scene.act(case, "hide")
    assert NEVER_READ in browser.get(here).text, "now it is theirs to let back"


def test_a_hold_is_no_edit(scene: Scene, as_member: Browser, db: Any) -> None:
    """The judge had the page open as a second school's report held it."""
    scene.post.card = {"expected": "A calm class"}
    db.session.commit()
    case = scene.report().case
    read = as_read(case)
    scene.report("neighbour")
    assert as_it_is(db, scene.post)[0] == "held"
    form = {"ref": "n1", "letter": "Dear colleague", **read}
    answer = as_member(scene.world.facilitator).post(f"/moderation/{case.id}/act/remove", data=form)
    assert (answer.status_code, as_it_is(db, scene.post)[0]) == (303, "removed")


def test_what_others_count_up_is_no_edit(scene: Scene, db: Any) -> None:
    case = scene.report().case
    read = as_read(case)
    scene.post.card = {"uses": {"all": 3}}
    db.session.commit()
    assert as_read(case) == read
