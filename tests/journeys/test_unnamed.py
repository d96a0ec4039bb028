"""Sharing without a name: offered, shared, shown without it, and still one's own to edit."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]


def test_a_question_without_a_name_is_still_ones_own(person: Come) -> None:
    author, reader = person("teacher", at=f"{FEED}share/question"), person("colleague")
    said = f"How do I ask for help? {uuid.uuid4().hex[:8]}"
    page = author.page
    page.get_by_label("What do you want to ask?").fill(said)
    page.get_by_label("Who sees this").select_option(label="The whole network")
    page.get_by_label("Share it without my name").check()
    page.get_by_role("button", name="Post without my name").click()
    page.wait_for_url(re.compile(r"/c/\d+$"))
    post = page.url.rsplit("/", 1)[1]
    reader.page.goto(f"{FEED}c/{post}")
    theirs = reader.page.locator(f"article[data-contribution='{post}']")
    expect(theirs).to_contain_text(said)
    expect(theirs).to_contain_text("A colleague, without their name")
    expect(theirs.locator("a[href*='/members/']")).to_have_count(0)
    page.goto(f"{FEED}unnamed/")
    page.get_by_role("link", name=said).click()
    page.get_by_label("More about this post").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("textbox", name="What do you want to ask?").fill(f"{said} Or whom?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. What it said before")).to_be_visible()
    reader.page.reload()
    expect(theirs).to_contain_text("Or whom?")
    expect(theirs).to_contain_text("A colleague, without their name")
