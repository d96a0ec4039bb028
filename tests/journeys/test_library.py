"""One drop and two fields; a colleague says how it went, and the page counts it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]


def test_a_file_becomes_a_resource_and_a_colleague_uses_it(person: Come) -> None:
    author = person("teacher")
    page = author.page
    page.goto(f"{FEED}library/new")
    words = b"Sort the shoes by size, then draw the box."
    file = {"name": "exit_ticket_grade_6_15_minutes.txt", "mimeType": "text/plain", "buffer": words}
    page.locator('input[type="file"]').set_input_files([file])
    expect(page.get_by_label("Title")).to_have_value("Exit ticket grade 6 15 minutes")
    expect(page.get_by_label("What is it?")).to_have_value("assessment")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page).to_have_url(re.compile(r"/c/\d+$"))
    expect(page.get_by_role("heading", name="How it went")).to_be_visible()
    expect(page.get_by_text("Nobody has said yet how it went.")).to_be_visible()

    colleague = person("colleague")
    colleague.page.goto(page.url)
    colleague.page.get_by_role("link", name="I used this").click()
    colleague.page.get_by_role("radio", name="Mixed").check()
    colleague.page.get_by_label("A tip for the next teacher").fill("Fewer shoes.")
    colleague.page.get_by_role("button", name="Share how it went").click()
    expect(colleague.page.get_by_text("Used by one colleague").first).to_be_visible()
    expect(colleague.page.locator(".tips")).to_contain_text("Fewer shoes.")
