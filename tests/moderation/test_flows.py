"""What carries people on: from a case to the next, and past a norm they cannot name."""

from collections.abc import Callable
from typing import Any

from app.core.doctor import examine
from app.networks.actions import block
from tests.moderation.conftest import Scene
from tests.support.factories import make_post

Browse = Callable[[Any], Any]


def test_a_report_needs_no_norm_and_the_judge_chooses_it(scene: Scene, as_member: Browse, db: Any) -> None:
    world = scene.world
    report = scene.report(ref="other", words="It hurt me")
    assert (report.why, report.norm_ref, report.norm_title) == ("norm", "other", "")
    assert "Something else" in as_member(world.facilitator).get(f"/moderation/{report.case_id}").text
    form = as_member(world.facilitator).get(f"/moderation/{report.case_id}/act/hide").text
    assert "Choose a norm" in form
    assert "Something else" in as_member(world.colleague).get(f"/n/{world.network.slug}/reports/").text
    assert examine() == []


def test_talking_first_is_offered_second(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    page = as_member(world.colleague).get(f"/n/{world.network.slug}/report/c/{scene.post.id}").text
    assert page.index("Send to the facilitators") < page.index("talk first?")


def test_a_report_of_what_went_out_of_sight_keeps_its_words(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    scene.act(scene.report().case, "hide")
    here = f"/n/{world.network.slug}/report/c/{scene.post.id}"
    said = as_member(world.neighbour).post(here, data={"ref": "n1", "words": "My many words"})
    assert said.status_code == 404
    assert "My many words" in said.text
    nothing = as_member(world.neighbour).post(here + "999", data={"ref": "n1", "words": "My many words"})
    assert "somebody is looking at it already" in nothing.text, "the same for what never was"


def test_a_privacy_case_has_its_norm_chosen(scene: Scene, as_member: Browse) -> None:
    case = scene.report(ref="privacy").case
    form = as_member(scene.world.facilitator).get(f"/moderation/{case.id}/act/ask_edit").text
    assert '<option value="n1" selected' in form


def test_a_done_case_leads_to_the_next(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    done = scene.report().case
    scene.act(done, "none", ref="", letter="")
    browser = as_member(world.facilitator)
    assert "Nothing else waits." in browser.get(f"/moderation/{done.id}").text
    scene.post = make_post(world.teacher, world.commons, "Another one")
    waits = scene.report().case
    page = browser.get(f"/moderation/{done.id}").text
    assert "Next case" in page
    assert f"/moderation/{waits.id}" in page


def test_whom_one_blocked_has_no_message_button(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    here = f"/n/{world.network.slug}/members/{world.colleague.id}"
    browser = as_member(world.teacher)
    message = f"with={world.colleague.id}"
    assert message in browser.get(here).text
    block(world.teacher, world.colleague)
    assert message not in browser.get(here).text
    assert "/profile/blocked" in browser.get(here).text, "in the menu of one's account"


def test_a_page_of_haste_gives_the_words_back(app: Any) -> None:
    from app.core.errors import answer

    form = {"words": "My many words", "password": "one two three"}
    with app.test_request_context("/x", method="POST", data=form):
        said = answer(429).get_data(as_text=True)
    assert "My many words" in said
    assert "one two three" not in said
