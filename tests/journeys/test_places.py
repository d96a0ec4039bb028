"""One's place is kept: endless scroll, the way back, the reply that a link names, and keys."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.journeys.beside import replies
from tests.journeys.people import FEED, Person, sign_in
from tests.support.servers import Server

Come = Callable[..., Person]
CARDS = "[data-feed] > article[data-contribution]"


def read_down_to(person: Person, number: int) -> str:
    """Scroll until card `number` has come, and read it; its id."""
    person.page.wait_for_function(
        """([cards, enough]) => { window.scrollTo(0, document.body.scrollHeight);
        return document.querySelectorAll(cards).length > enough; }""",
        arg=[CARDS, number + 12],
        polling=200,
    )
    # A thread has a page of another form, with another way back.
    thread = person.page.locator(".by .chip", has_text="Thread")
    card = person.page.locator(CARDS).filter(has_not=thread).nth(number)
    card.evaluate("card => window.scrollTo(0, card.getBoundingClientRect().top + window.scrollY - 200)")
    person.page.wait_for_timeout(400)
    return str(card.get_attribute("id"))


def test_back_returns_to_the_same_card_at_the_same_height(person: Come) -> None:
    teacher = person("teacher")
    card = read_down_to(teacher, 38)
    top = teacher.page.locator(f"#{card}").evaluate("card => card.getBoundingClientRect().top")
    teacher.page.locator(f"#{card} .meta a").first.click()
    teacher.page.wait_for_url(re.compile(r"/c/\d+$"))
    teacher.page.get_by_role("link", name="Back to the feed").click()
    teacher.page.wait_for_url(f"**{FEED}")
    back = teacher.page.locator(f"#{card}")
    expect(back).to_be_in_viewport()
    teacher.page.wait_for_timeout(600)
    teacher.page.wait_for_function(
        "([id, top]) => Math.abs(document.getElementById(id).getBoundingClientRect().top - top) < 3",
        arg=[card, top],
    )
    ids = teacher.page.locator(CARDS).evaluate_all("cards => cards.map(card => card.id)")
    assert len(ids) == len(set(ids)) > 38


def test_the_next_pages_come_with_what_is_one_s_own(person: Come) -> None:
    teacher = person("teacher")
    read_down_to(teacher, 20)
    late = teacher.page.locator(CARDS).filter(has=teacher.page.locator("> .acts:visible")).nth(12)
    thanks = late.locator("> .acts").get_by_role("button", name="Thank you")
    pressed = thanks.get_attribute("aria-pressed")
    with teacher.page.expect_response(re.compile("/react/thanks$")):
        thanks.click()
    expect(thanks).to_have_attribute("aria-pressed", "false" if pressed == "true" else "true")
    kept = late.get_attribute("id")
    teacher.page.reload()
    expect(teacher.page.locator(f"#{kept} > .acts [data-react='thanks']")).to_have_attribute(
        "aria-pressed", "false" if pressed == "true" else "true"
    )


def test_an_address_with_a_reply_leads_to_it(browser: Browser, server: Server) -> None:
    teacher = sign_in(browser, server.url, "teacher")
    root = teacher.share("A long talk about homework.", "question")
    made = replies(server, "colleague", root, 62)
    for wanted in (made[2], made[-1]):
        teacher.page.goto(f"{FEED}c/{wanted}")
        row = teacher.reply_row(wanted)
        expect(row).to_be_in_viewport()
        expect(row).to_have_class(re.compile("reply-marked"))
        expect(row).to_be_focused()
    teacher.context.close()


def test_keys_go_from_card_to_card_and_reply(person: Come) -> None:
    teacher = person("teacher")
    cards = teacher.page.locator(CARDS)
    teacher.page.keyboard.press("j")
    expect(cards.nth(0)).to_be_focused()
    teacher.page.keyboard.press("j")
    expect(cards.nth(1)).to_be_focused()
    teacher.page.keyboard.press("k")
    expect(cards.nth(0)).to_be_focused()
    teacher.page.keyboard.press("r")
    box = cards.nth(0).get_by_label("Write a reply")
    expect(box).to_be_focused()
    teacher.page.keyboard.type("jkr?")
    expect(box).to_have_text("jkr?")
    teacher.page.keyboard.press("Escape")
    cards.nth(0).focus()
    teacher.page.keyboard.press("?")
    help_ = teacher.page.get_by_role("dialog", name="Keys")
    expect(help_).to_be_visible()
    help_.get_by_label("Use these keys on this device").uncheck()
    teacher.page.keyboard.press("Escape")
    cards.nth(0).focus()
    teacher.page.keyboard.press("j")
    expect(cards.nth(0)).to_be_focused()
