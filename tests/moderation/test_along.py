"""Reading along: one sentence for why somebody writes nothing now, on pages and in every answer, and the edit
that they were asked for all the same.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from app.contributions.actions.editing import edit_contribution
from app.contributions.models import Contribution
from app.contributions.policy import can_edit
from app.core.access import Forbidden
from app.moderation.actions.how import How
from app.moderation.models import Act
from app.networks import actions
from app.networks.routes.along import why_along
from tests.moderation.conftest import Scene
from tests.support.factories import make_post, make_reply

Browse = Callable[[Any], Any]
SAID = "You are taking a break from writing until Nov 30."
UNTIL = datetime(2026, 11, 30, 18, tzinfo=UTC)
FORMS = ("share/update", "share/tried_it", "threads/new", "library/new", "library/ask", "conversations/new")


@pytest.fixture
def paused(scene: Scene, clock: Any) -> Act:
    clock.freeze(datetime(2026, 11, 23, 12, tzinfo=UTC))
    how = How(letter="Dear colleague", until=UNTIL, minutes=10)
    return scene.act(scene.report().case, "pause", how=how, goes_on=True)


def told(page: str) -> tuple[int, list[str]]:
    """How often a page says the sentence, and where it leads each time."""
    soup = BeautifulSoup(page, "html.parser")
    links = [link for link in soup.select("main a") if link.get_text(strip=True) == "Read the letter"]
    return soup.get_text().count(SAID), [str(link["href"]) for link in links]


def test_every_page_says_it_with_the_letter(scene: Scene, paused: Act, as_member: Browse) -> None:
    browser, home = as_member(scene.world.teacher), f"/n/{scene.world.network.slug}"
    letter = f"/moderation/letters/{paused.id}"
    for page in ("/", "/library/", "/conversations/", "/threads/"):
        assert told(browser.get(home + page).text) == (1, [letter]), page
    talk = browser.get(f"{home}/c/{make_post(scene.world.colleague, scene.world.commons).id}").text
    assert told(talk) == (2, [letter] * 2), "on top, and where the reply would be"
    assert "reads-along" in talk
    assert "data-reply-form" not in browser.get(f"{home}/").text
    assert SAID not in as_member(scene.world.colleague).get(f"{home}/").text


@pytest.mark.parametrize("form", FORMS)
def test_no_form_opens(scene: Scene, paused: Act, as_member: Browse, form: str) -> None:
    answer = as_member(scene.world.teacher).get(f"/n/{scene.world.network.slug}/{form}")
    assert answer.status_code == 403
    assert told(answer.text) == (1, [f"/moderation/letters/{paused.id}"])
    assert "not yours to change" not in answer.text


def test_every_refused_act_says_it(scene: Scene, paused: Act, as_member: Browse) -> None:
    world = scene.world
    browser, home = as_member(world.teacher), f"/n/{world.network.slug}"
    here = f"{home}/c/{make_post(world.colleague, world.commons).id}"
    json = {"Accept": "application/json"}
    acts = {"/try": {"on": "1"}, "/react/thanks": {"on": "1"}, "/reply": {"text": "Well said"}}
    for act, data in acts.items():
        answer = browser.post(here + act, data=data, headers=json)
        assert (answer.status_code, answer.json["error"].startswith(SAID)) == (403, True), act
    shared = {"body": "My long words", "space": str(world.commons.id)}
    page = browser.post(f"{home}/share/update", data=shared).text
    assert SAID in page
    assert "My long words" in page
    asked = browser.post(f"{home}/library/ask", data={"body": "Something on box plots"}).text
    assert SAID in asked
    assert "Something on box plots" in asked, "to copy"


def test_it_is_over_with_the_break(scene: Scene, paused: Act, app: Any) -> None:
    actions.end_rest(scene.world.teacher)
    with app.test_request_context():
        assert why_along(scene.world.teacher) is None


def test_a_break_of_ones_own_and_the_norms(scene: Scene, app: Any) -> None:
    world = scene.world
    actions.pause(world.teacher, world.teacher)
    actions.put_off_norms(world.colleague, 1)
    with app.test_request_context():
        own, norms = why_along(world.teacher), why_along(world.colleague)
    assert own is not None
    assert norms is not None
    assert (own.sentence, own.word) == ("You are taking a break from writing.", "Come back")
    assert own.href.endswith("/membership")
    assert "our norms" in norms.sentence
    assert norms.href.endswith("/welcome")


def test_what_was_asked_for_is_edited_on_a_break(scene: Scene, paused: Act, as_member: Browse) -> None:
    world = scene.world
    scene.act(paused.case, "ask_edit")
    here = f"/n/{world.network.slug}/c/{scene.post.id}/edit-post"
    browser = as_member(world.teacher)
    assert browser.get(here).status_code == 200
    saved = browser.post(here, data={"title": "A day", "body": "A long one"}, follow_redirects=True)
    assert "Everybody sees it again. Thank you." in saved.text
    assert scene.post.state == "published"
    assert not can_edit(world.teacher, scene.post), "and once it is back it waits with the rest"


def test_a_reply_too_and_nothing_else(scene: Scene, paused: Act, db: Any) -> None:
    world = scene.world
    actions.end_rest(world.teacher)
    mine = make_reply(world.teacher, scene.post, "A reply")
    actions.rest_until(world.teacher, UNTIL)
    with pytest.raises(Forbidden):
        edit_contribution(world.teacher, mine, html="<p>Another</p>")
    _hold(db, mine, "moderator")
    assert not can_edit(world.teacher, mine)
    _hold(db, mine, "edit asked")
    assert can_edit(world.teacher, mine)
    assert not can_edit(world.colleague, mine)


def _hold(db: Any, reply: Contribution, reason: str) -> None:
    reply.state, reply.state_reason = "held", reason
    db.session.flush()


def test_the_hub_sees_the_break_and_the_way_to_its_case(scene: Scene, paused: Act, as_member: Browse) -> None:
    world = scene.world
    here = f"/n/{world.network.slug}/settings/people/"
    page = as_member(world.facilitator).get(f"{here}{world.teacher.id}").text
    assert "2026-11-30" in page
    assert f"/moderation/{paused.case_id}" in page
    assert "Taking a break" not in as_member(world.facilitator).get(f"{here}{world.colleague.id}").text
    actions.end_rest(world.teacher)
    actions.pause(world.teacher, world.teacher)
    page = as_member(world.facilitator).get(f"{here}{world.teacher.id}").text
    assert "It is their own wish" in page
    assert f"/moderation/{paused.case_id}" not in page


def test_a_letter_says_who_sees_it_and_where_to_answer(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    act = scene.act(scene.report().case, "hide", letter="My own words")
    page = as_member(world.teacher).get(f"/moderation/letters/{act.id}").text
    assert "only you still see it" in page
    assert f"/conversations/new?with={world.facilitator.id}" in page
    actions.rest_until(world.teacher, UNTIL)
    page = as_member(world.teacher).get(f"/moderation/letters/{act.id}").text
    assert "/conversations/new" not in page, "nothing opens that cannot be sent"


def test_what_hurts_comes_first_and_the_way_back_after(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    home, browser = f"/n/{world.network.slug}", as_member(world.colleague)
    page = browser.get(f"{home}/report/c/{scene.post.id}").text
    assert page.index("it hurt me") < page.index("All voices")
    assert "The author never learns who sent it." in page
    sent = browser.post(f"{home}/report/c/{scene.post.id}", data={"ref": "n1"}, follow_redirects=True)
    assert "Back to where you were" in sent.text
    there = f"{home}/report/c/{scene.post.id}"
    held = as_member(world.neighbour).post(there, data={"ref": "privacy"}, follow_redirects=True)
    assert "Back to where you were" not in held.text, "it is held: there is no way back to it"
    assert "//evil" not in browser.get(f"{home}/reports/?back=//evil.example").text
