"""A word that stands on a slide and nowhere else leads to the slide, the resource, a copy, and a use of it:
with the mouse, with the keyboard alone, and with a thumb on a phone."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import FEED, Person
from tests.journeys.test_by_keyboard import tab_to

Come = Callable[..., Person]
WORD, SECTION = "reporters", "slide 6 of Two plots first.pptx"
RESOURCE = "Two plots first: comparing before computing"
LOOKS, BETWEEN_MS = 120, 2_000
"""The worker reads the demo's files one by one; a journey that runs first waits for it."""


def until_read(page: Page) -> Locator:
    """Ask until the search knows what is inside the file; the line that leads there."""
    found = page.locator(".result", has_text=SECTION).filter(has=page.get_by_role("link", name=RESOURCE))
    for _ in range(LOOKS):
        page.goto(f"{FEED}search?q={WORD}&tab=resources")
        if found.count():
            break
        page.wait_for_timeout(BETWEEN_MS)
    return found


def test_a_word_inside_a_slide_leads_to_the_resource(person: Come) -> None:
    page = person("teacher").page
    found = until_read(page)
    found.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Slide 6 of 6")).to_be_visible()
    expect(page.locator("#look")).to_contain_text("Data reporters read out the numbers")
    page.get_by_role("link", name=RESOURCE).click()
    expect(page.get_by_role("heading", name="Slide 1 of 6")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", name="Slide 2 of 6")).to_be_visible()
    # Keys turn the pages where the focus is in the file, and are a field's own elsewhere.
    page.locator("[data-look]").press("ArrowRight")
    expect(page.get_by_role("heading", name="Slide 3 of 6")).to_be_visible()
    expect(page.locator("#announce")).to_contain_text("Slide 3 of 6")
    expect(page.locator("[data-look]")).to_be_focused()
    expect(page).to_have_url(re.compile(r"page=3"))
    expect(page.locator("[data-look-way]")).to_have_attribute("href", re.compile(r"page=3"))
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Slide 2 of 6")).to_be_visible()
    page.locator('input[name="q"]').first.press("ArrowRight")
    expect(page.get_by_role("heading", name="Slide 2 of 6")).to_be_visible()
    page.get_by_role("link", name="I used this").click()
    page.get_by_role("radio", name="Worked", exact=True).check()
    page.get_by_label("A tip for the next teacher").fill("Wait before anybody talks.")
    page.get_by_role("button", name="Share how it went").click()
    expect(page.locator(".tips")).to_contain_text("Wait before anybody talks.")


def test_the_same_with_the_keyboard_alone(person: Come) -> None:
    page = person("colleague").page
    mine, tip = f"Plots on the floor {uuid.uuid4().hex[:8]}", f"Begin outside {uuid.uuid4().hex[:8]}"
    until_read(page)
    tab_to(page, f"^{RESOURCE}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Slide 6 of 6")).to_be_visible()
    tab_to(page, f"^{RESOURCE}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How it went")).to_be_visible()
    tab_to(page, "^Adapt this")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Adapt this")).to_be_visible()
    tab_to(page, "^What did you change")
    page.keyboard.type("Tape on the floor in place of paper.")
    tab_to(page, "^Title")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(mine)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your copy is in the library")).to_be_visible()
    expect(page.locator(".lineage")).to_contain_text(RESOURCE)
    expect(page.get_by_role("heading", name=mine).first).to_be_attached()
    tab_to(page, f"^{RESOURCE}")
    page.keyboard.press("Enter")
    expect(page.locator(".lineage")).to_contain_text(mine)
    tab_to(page, "^I used this")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="I used this")).to_be_visible()
    tab_to(page, "^Worked")
    page.keyboard.press("Space")
    tab_to(page, "^A tip for the next teacher")
    page.keyboard.type(tip)
    expect(page.locator("[data-draft-state]")).to_have_text("Saved")
    page.reload()
    expect(page.get_by_label("A tip for the next teacher")).to_have_value(tip)
    expect(page.get_by_role("radio", name="Worked", exact=True)).to_be_checked()
    tab_to(page, "^Share how it went")
    page.keyboard.press("Enter")
    expect(page.locator(".tips")).to_contain_text(tip)
    expect(page.locator(".flashes [data-focus]")).to_be_focused()


def test_the_same_on_a_phone(person: Come) -> None:
    page = person("coach", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).page
    mine, tip = f"Plots with string {uuid.uuid4().hex[:8]}", f"Cut it before {uuid.uuid4().hex[:8]}"
    found = until_read(page)
    found.get_by_role("heading").get_by_role("link").tap()
    expect(page.get_by_role("heading", name="Slide 6 of 6")).to_be_visible()
    page.get_by_role("link", name=RESOURCE).tap()
    page.get_by_role("link", name="Adapt this").tap()
    page.get_by_label("What did you change?").fill("String in place of tape.")
    page.get_by_label("Title").fill(mine)
    page.get_by_role("button", name="Share my copy").tap()
    expect(page.get_by_text("Your copy is in the library")).to_be_visible()
    page.locator(".lineage").get_by_role("link", name=RESOURCE).tap()
    expect(page.locator(".lineage")).to_contain_text(mine)
    page.get_by_role("link", name="I used this").tap()
    page.locator(".outcome", has_text="Mixed").tap()
    page.get_by_label("A tip for the next teacher").fill(tip)
    page.get_by_role("button", name="Share how it went").tap()
    expect(page.get_by_text("Thank you. The next teacher starts")).to_be_in_viewport()
    expect(page.locator(".tips")).to_contain_text(tip)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide
