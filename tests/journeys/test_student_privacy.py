"""What looks like a student's is pointed out while one writes, and asked about as it is sent."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]


def test_the_author_takes_it_out_or_keeps_it(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = colleague.share("What did your exit ticket ask?", "question")
    page = teacher.page
    page.goto(f"{FEED}c/{root}")
    teacher.listen()
    page.get_by_label("Write a reply").first.click()
    expect(page.locator("form[data-post='reply'] trix-editor")).to_be_focused()
    page.keyboard.type("Two plots. Tyrese got 4/10, Ahmed got 9/10.")
    box = page.get_by_role("group", name="Before it goes out")
    expect(box.locator("[data-finding]")).to_have_count(2)
    expect(box).to_contain_text("This looks like a student’s name with a grade or a score.")
    box.get_by_role("button", name="Take it out").first.click()
    expect(page.locator("form[data-post='reply'] trix-editor")).to_have_text(
        "Two plots. A student got 4/10, Ahmed got 9/10."
    )
    expect(box.locator("[data-finding]")).to_have_count(1)
    page.locator("form[data-post='reply']").get_by_role("button", name="Reply", exact=True).click()
    row = page.locator(f"[data-replies='{root}'] > li")
    expect(row).to_contain_text("Nothing was sent; it is all here.")
    row.get_by_role("button", name="It is fine, send it").click()
    expect(row).to_have_attribute("data-reply", re.compile(r"^\d+$"))
    expect(row).to_have_count(1)
    expect(row).to_contain_text("A student got 4/10, Ahmed got 9/10.")
