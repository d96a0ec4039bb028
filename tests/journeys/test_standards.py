"""Choosing standards by keyboard alone, and the form without scripts."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]
ASKED = "Which standards does it serve?"


def test_choosing_by_keyboard(person: Come) -> None:
    page = person("coach", at=f"{FEED}share/question", viewport={"width": 390, "height": 850}).page
    box = page.get_by_role("combobox", name=ASKED)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.focus()
    page.keyboard.type("7.rp.2")
    options = page.get_by_role("listbox", name=ASKED).get_by_role("option")
    expect(options.first).to_contain_text("7.RP.A.2")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    how = page.get_by_label("How it serves 7.RP.A.2.a", exact=True)
    expect(how).to_have_value(re.compile(r"^\d+:addressing$"))
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    how.select_option(label="Building towards")
    expect(how).to_have_value(re.compile(r"^\d+:building_towards$"))
    page.get_by_role("button", name="Remove 7.RP.A.2.a").focus()
    page.keyboard.press("Enter")
    expect(how).to_have_count(0)
    expect(box).to_be_focused()


def test_without_scripts_the_box_takes_codes(person: Come) -> None:
    page = person("coach", at=f"{FEED}share/question", java_script_enabled=False).page
    expect(page.get_by_label(ASKED)).to_be_visible()
    expect(page.get_by_text("Codes, with a comma between")).to_be_visible()
