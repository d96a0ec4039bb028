"""A talk changes under somebody in it: it is closed, opened again, or moved; the screen is small."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys import beside
from tests.journeys.people import FEED, Person
from tests.journeys.test_threads import begin, ready
from tests.support.servers import Server

Come = Callable[..., Person]


def foot(page: Page) -> Locator:
    return page.locator("[data-dock] form")


def within(page: Page, shown: Locator) -> None:
    """Wait until all of it is on the screen."""
    page.wait_for_function(
        """it => { const box = it.getBoundingClientRect();
        return box.height > 0 && box.top >= 0 && box.bottom <= window.innerHeight; }""",
        arg=shown.element_handle(),
    )


def test_closed_while_somebody_writes_keeps_their_words(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = begin(teacher)
    reply = teacher.reply(root, "Item 14 of the sample test.")
    colleague.page.goto(f"{FEED}c/{root}")
    ready(colleague)
    page = colleague.page
    page.get_by_label("Write a reply").click()
    page.keyboard.type("Half a thought")
    expect(page.locator("trix-editor")).to_have_text("Half a thought")
    teacher.send(f"{FEED}c/{root}/lock", on="1")
    expect(foot(page)).to_contain_text("This was closed while you wrote. What you wrote is kept here.")
    expect(page.locator("trix-editor")).to_have_text("Half a thought")
    expect(page.locator("trix-editor")).to_have_attribute("contenteditable", "false")
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Reply", exact=True)).to_be_hidden()
    expect(colleague.reply_row(reply).get_by_role("link", name="Reply", exact=True)).to_be_hidden()
    closed = page.request.get(f"{FEED}c/{root}").text()
    assert f'id="reply-{reply}"' in closed
    assert "data-reply-to" not in closed
    assert "data-quote=" not in page.request.get(f"{FEED}c/{reply}/menu").text()
    teacher.send(f"{FEED}c/{root}/lock", on="0")
    expect(page.locator("[data-closed-note]")).to_have_count(0)
    expect(colleague.reply_row(reply).get_by_role("link", name="Reply", exact=True)).to_be_visible()
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator("[data-flat] > [data-reply]").filter(has_text="Half a thought")).to_have_count(1)


def test_moved_while_it_is_read(person: Come) -> None:
    teacher, principal, elsewhere = person("teacher"), person("principal"), person("colleague")
    root = begin(teacher)
    for one in (teacher, principal, elsewhere):
        one.page.goto(f"{FEED}c/{root}")
        ready(one)
    expect(principal.page.locator("[data-here-words]")).to_have_text(re.compile("^Dana and "))
    teacher.send(f"{FEED}c/{root}/move", space=teacher.space("My school"))
    for one in (teacher, principal):
        expect(one.page.locator("[data-moved]")).to_contain_text("This was moved to Cedar Street")
        expect(one.page.locator(".back a")).to_contain_text("Cedar Street")
        expect(one.page.locator(".back a")).to_have_attribute("href", re.compile("cedar"))
    expect(elsewhere.page.locator("[data-thread]")).to_have_count(0)
    expect(principal.page.locator("[data-here-words]")).to_have_text("Dana is here")


def test_one_writes_where_there_is_little_height(person: Come, server: Server) -> None:
    teacher = person("teacher", viewport={"width": 390, "height": 480})
    page = teacher.page
    root = begin(teacher)
    ids = beside.replies(server, "colleague", root, 6)
    page.goto(f"{FEED}c/{root}")
    ready(teacher)
    teacher.reply_row(ids[-1]).get_by_label("More about this reply").click()
    page.get_by_role("link", name="Quote").click()
    expect(page.locator("[data-quoting-words]")).to_have_text("Thought 5.")
    box, send = page.locator("trix-editor"), page.get_by_role("button", name="Reply", exact=True)
    expect(box).to_be_focused()
    expect(page.locator(".bottom")).to_be_hidden()
    page.keyboard.type(
        "It helps that the table comes first, and that nobody writes a rule before the third day."
    )
    within(page, box)
    within(page, send)
    send.click()
    own = page.locator("[data-flat] > [data-reply]").filter(has_text="It helps that the table")
    expect(own).to_have_count(1)
    expect(own).to_have_attribute("data-position", "7")
    page.wait_for_function(
        """() => document.querySelector("[data-flat] > :last-child").getBoundingClientRect().bottom
        <= document.querySelector("[data-dock]").getBoundingClientRect().top"""
    )
