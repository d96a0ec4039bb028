"""A word that stands on a slide and nowhere else leads to the slide, the resource, and a use of it."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]
LOOKS, BETWEEN_MS = 120, 2_000
"""The worker reads the demo's files one by one; a journey that runs first waits for it."""


def until_read(page: Page, word: str, section: str) -> Locator:
    """Ask until the search knows what is inside the file; the line that leads there."""
    found = page.locator(".result", has_text=section)
    for _ in range(LOOKS):
        page.goto(f"{FEED}search?q={word}&tab=resources")
        if found.count():
            break
        page.wait_for_timeout(BETWEEN_MS)
    return found


def test_a_word_inside_a_slide_leads_to_the_resource(person: Come) -> None:
    page = person("teacher").page
    found = until_read(page, "reporters", "slide 6 of Two plots first.pptx")
    found.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Slide 6 of 6")).to_be_visible()
    expect(page.locator("#look")).to_contain_text("Data reporters read out the numbers")
    page.get_by_role("link", name="Two plots first: comparing before computing").click()
    expect(page.get_by_role("heading", name="Slide 1 of 6")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", name="Slide 2 of 6")).to_be_visible()
    page.get_by_role("link", name="I used this").click()
    page.get_by_role("radio", name="Worked", exact=True).check()
    page.get_by_label("A tip for the next teacher").fill("Wait before anybody talks.")
    page.get_by_role("button", name="Share how it went").click()
    expect(page.locator(".tips")).to_contain_text("Wait before anybody talks.")
