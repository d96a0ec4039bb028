"""Replying where one reads: on the card, to a person, with the row there at once and exactly once."""

import uuid
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.people import FEED, Person
from tests.support.line import Line

Come = Callable[..., Person]
NO_SECOND_TRY = """() => { const real = window.setTimeout;
    window.setTimeout = (then, wait, ...rest) => wait === 3000 ? 0 : real(then, wait, ...rest); }"""


def write(page: Page, words: str) -> None:
    """Type where the focus is, and press Reply."""
    page.keyboard.type(words)
    page.locator("form[data-post='reply']:focus-within").get_by_role(
        "button", name="Reply", exact=True
    ).click()


def test_a_reply_on_a_card_goes_under_the_one_it_answers(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = colleague.share("What is your opening routine?", "question")
    first = colleague.reply(root, "Which one does not belong.")
    teacher.page.reload()
    teacher.listen()
    colleague.page.goto(f"{FEED}c/{root}")
    colleague.listen()
    card = teacher.card(root)
    teacher.reply_row(first).get_by_role("link", name="Reply").click()
    expect(card.get_by_text("In reply to Tomas Nguyen")).to_be_visible()
    expect(card.get_by_label("Write a reply")).to_be_focused()
    write(teacher.page, "With numbers or with pictures?")
    under = card.locator(f"[data-children='{first}'] > li")
    expect(under).to_have_count(1)
    expect(under).to_contain_text("With numbers or with pictures?")
    expect(under).to_have_attribute("data-parent", str(first))
    expect(card.get_by_text("In reply to Tomas Nguyen")).to_be_hidden()
    expect(colleague.page.locator(f"[data-children='{first}'] > li")).to_have_count(1)
    teacher.page.wait_for_timeout(6000)
    expect(under).to_have_count(1)


def test_one_can_answer_the_post_after_all(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = colleague.share("Exit tickets: paper or screen?", "question")
    first = colleague.reply(root, "Paper, so far.")
    teacher.page.goto(f"{FEED}c/{root}")
    teacher.listen()
    teacher.reply_row(first).get_by_role("link", name="Reply").click()
    teacher.page.get_by_role("button", name="Reply to the post instead").click()
    write(teacher.page, "Both, on different days.")
    row = teacher.page.locator(f"[data-replies='{root}'] > li").filter(has_text="Both, on different days.")
    expect(row).to_have_attribute("data-position", "2")


def test_what_could_not_be_sent_stays_and_is_sent_once(person: Come, base_url: str) -> None:
    colleague = person("colleague")
    root = colleague.share("Manipulatives in grade 8?", "question")
    wire = Line(int(base_url.rsplit(":", 1)[1]))
    teacher = person("teacher", at=f"{wire.url}{FEED}")
    teacher.listen()
    said = f"Algebra tiles. {uuid.uuid4().hex}"
    teacher.card(root).get_by_role("button", name="Write a reply").click()
    teacher.page.keyboard.type("x")
    teacher.page.keyboard.press("Backspace")
    # what it does by itself after a while is not what is tried here
    teacher.page.evaluate(NO_SECOND_TRY)
    wire.cut()
    write(teacher.page, said)
    row = teacher.card(root).locator("[data-replies] > li").filter(has_text=said)
    expect(row).to_contain_text("Not sent yet")
    wire.mend()
    teacher.page.reload()
    row = teacher.card(root).locator("[data-replies] > li").filter(has_text=said)
    expect(row).to_have_attribute("data-position", "1")
    expect(row).to_have_count(1)
    wire.close()
