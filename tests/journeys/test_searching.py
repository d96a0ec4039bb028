"""Finding things: by a word of a reply, by keyboard alone, on a phone, without scripts."""

import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]


def until_found(page: Page, address: str, words: str) -> None:
    """The worker needs a moment: ask until it is there."""
    for _ in range(60):
        page.goto(address)
        if page.locator(".result", has_text=words).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"never found: {words}")


def test_a_reply_is_found_by_a_word_with_the_keyboard(person: Come) -> None:
    colleague, teacher = person("colleague"), person("teacher")
    word = f"Quagga{uuid.uuid4().hex[:6]}"
    root = colleague.share("Which animal for the ratio poster?", "question", title="An animal for the poster")
    colleague.reply(root, f"Take the {word}, they like it")
    page = teacher.page
    until_found(page, f"{FEED}search?q={word}", word)
    page.goto(FEED)
    page.keyboard.press("Tab")
    box = page.get_by_role("combobox", name="Search")
    box.focus()
    page.keyboard.type(word)
    expect(page.get_by_role("option", name="Search for")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".result mark").first).to_have_text(word)
    page.locator(".result a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#reply-{_reply_id(page)}")).to_contain_text(word)


def _reply_id(page: Page) -> str:
    page.wait_for_url("**#reply-*")
    return page.url.rpartition("#reply-")[2]


def test_suggestions_by_keyboard(person: Come) -> None:
    page = person("teacher").page
    box = page.get_by_role("combobox", name="Search")
    box.focus()
    page.keyboard.type("ana sou")
    option = page.get_by_role("option", name="Ana Sousa")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    page.keyboard.press("ArrowUp")
    expect(option).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("ana sou")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ana Sousa")).to_be_visible()


def test_a_slip_is_mended_and_filters_narrow(person: Come) -> None:
    page = person("teacher", viewport={"width": 390, "height": 800}).page
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("combobox", name="Look for").fill("fractons")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_text("These are for “fractions”")).to_be_visible()
    page.get_by_role("navigation", name="Show").get_by_role("link", name="Posts").click()
    expect(page.locator(".result").first).to_be_visible()
    page.goto(f"{FEED}search?q=plot")
    page.get_by_text("Narrow it down").click()
    page.get_by_role("link", name="Grade 7").click()
    expect(page.get_by_role("link", name="Grade 7")).to_have_attribute("aria-current", "true")


def test_without_scripts(browser: Any, base_url: str, person: Come) -> None:
    state = person("teacher").context.storage_state()
    context = browser.new_context(base_url=base_url, java_script_enabled=False, storage_state=state)
    page = context.new_page()
    page.goto(FEED)
    page.get_by_role("searchbox", name="Search").fill("box plots")
    page.keyboard.press("Enter")
    expect(page.locator(".result mark").first).to_be_visible()
    page.get_by_role("link", name="Newest first").click()
    expect(page.locator(".result").first).to_be_visible()
    context.close()
