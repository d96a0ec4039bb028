"""What somebody reads while something of theirs waits, and what is kept of what a judge wrote."""

from collections.abc import Callable
from typing import Any

from app.moderation import actions
from tests.moderation.conftest import Scene

Browse = Callable[[Any], Any]


def test_what_is_held_says_what_it_waits_for(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    act = scene.act(scene.report().case, "ask_edit")
    page = as_member(world.teacher).get(f"/n/{world.network.slug}/c/{scene.post.id}").text
    assert "You were asked to edit it" in page
    assert "A facilitator is looking at it" not in page
    assert f"/moderation/letters/{act.id}" in page
    assert f"/c/{scene.post.id}/edit" in page
    assert "Only you, for now." in page
    assert "/audience" not in page.split("Who can see this")[1][:200]


def test_a_letter_says_what_it_is_about_and_what_was_asked(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    act = scene.act(scene.report().case, "ask_edit")
    page = as_member(world.teacher).get(f"/moderation/letters/{act.id}").text
    assert "A day" in page
    assert f"/n/{world.network.slug}/c/{scene.post.id}" in page
    assert "You were asked to edit it" in page
    assert "Everybody speaks." in page, "the norm's own words"
    assert f"/n/{world.network.slug}/reports/record" in page


def test_after_the_edit_it_says_who_sees_it(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    scene.act(scene.report().case, "ask_edit")
    here = f"/n/{world.network.slug}/c/{scene.post.id}/edit-post"
    said = as_member(world.teacher).post(
        here, data={"title": "A day", "body": "A long one"}, follow_redirects=True
    )
    assert "Everybody sees it again. Thank you." in said.text


def test_a_letter_is_kept_where_a_colleague_was_quicker(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    case = scene.report().case
    actions.claim(world.facilitator, case)
    here = f"/moderation/{case.id}/act/hide"
    browser = as_member(world.director)
    said = browser.post(here, data={"ref": "n1", "letter": "My long letter", "reason": "x"})
    assert said.status_code == 409
    assert "My long letter" in said.text
    assert "Fay Facilitator is looking at it" in said.text
    scene.act(case, "none", ref="", letter="")
    said = browser.post(here, data={"ref": "n1", "letter": "My long letter", "reason": "x"})
    assert "My long letter" in said.text
    assert "Fay Facilitator has decided: No action" in said.text


def test_the_page_of_an_act_says_who_has_the_case(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    case = scene.report().case
    actions.claim(world.facilitator, case)
    said = as_member(world.director).get(f"/moderation/{case.id}/act/hide", follow_redirects=True)
    assert said.status_code == 200
    assert "Fay Facilitator is looking at it" in said.text


def test_an_answer_to_an_appeal_is_kept_too(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    appeal = actions.appeal(
        world.teacher.account, scene.act(scene.report().case, "hide", by="director").id, "No"
    )
    from tests.support.factories import make_member

    other = make_member(world.network, "Fin Facilitator", is_facilitator=True)
    actions.claim(world.facilitator, appeal.case)
    form = {"outcome": "upheld", "answer": "My long answer"}
    said = as_member(other).post(f"/moderation/{appeal.case_id}/appeal", data=form)
    assert said.status_code == 409
    assert "My long answer" in said.text
