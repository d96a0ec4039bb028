"""Norms: a change is proposed, talked over and answered; somebody who was away reads what is new first."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]
AWAY = "irene.castaneda"
"""Of the demo, the one who has accepted the first version only."""
SAVE = """async (address) => {
  const token = document.querySelector("meta[name=csrf-token]").content;
  const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
  const body = JSON.stringify({body: {title: ["Half a thought"]}, sequence: 0});
  return (await fetch(address, {method: "PUT", headers, body})).status;
}"""


def test_a_change_is_proposed_talked_over_and_answered(person: Come) -> None:
    title = f"Quiet hours {uuid.uuid4().hex[:8]}"
    page = person("teacher", at=f"{FEED}norms/").page
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_text("Listen first", exact=True).click()
    page.get_by_role("textbox", name="What it means").first.fill("We read to the end, and wait an hour.")
    page.get_by_label("In one line").fill(title)
    page.get_by_label("Why?").click()
    page.keyboard.type("Nine at night is late.")
    expect(page.locator("trix-editor")).to_contain_text("late.")
    page.get_by_role("button", name="Propose it").click()
    page.wait_for_url(re.compile(r"/c/\d+$"))
    expect(page.locator(".change-reworded ins").filter(has_text="wait an hour")).to_be_visible()

    facilitator = person("facilitator", at=page.url)
    facilitator.page.get_by_label("A word to everybody").fill("Let us try it in one group first.")
    facilitator.page.get_by_role("button", name="Decline, kindly").click()
    expect(facilitator.page.get_by_role("heading", name="Not adopted")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Let us try it in one group first.")).to_be_visible()
    page.get_by_role("link", name="Our norms, as they hold now").click()
    expect(page.get_by_role("link", name=title)).to_have_count(0)


def test_who_was_away_reads_what_is_new_and_finds_their_words_again(person: Come) -> None:
    someone = person(AWAY)
    page = someone.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Our norms have changed")
    expect(page.locator(".change-added")).to_contain_text("Small, soon, and shared")
    # What another window had saved before: sending goes on while the norms wait.
    assert page.evaluate(SAVE, f"{FEED}drafts/update") == 200
    page.get_by_role("button", name="Read along without accepting").click()
    expect(page.get_by_text("You read along for now.")).to_be_visible()
    page.get_by_role("link", name="See what is new in the norms").click()
    page.get_by_role("button", name="I'll keep to these").click()
    expect(page).to_have_url(re.compile(rf"{FEED}$"))
    page.goto(f"{FEED}share/update")
    expect(page.get_by_label("In one line")).to_have_value("Half a thought")
