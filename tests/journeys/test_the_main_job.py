"""The journey that the product is for: a test that did not work reaches another school.

A teacher signs in, shares what she tried with her worksheet; a colleague at another school sees
it appear, says thank you, replies, and says that he'll try it; she is told.
"""

import re
import uuid
from collections.abc import Callable
from pathlib import Path

import docx
from playwright.sync_api import Browser, expect

from tests.journeys.people import FEED, Person, sign_in

Come = Callable[..., Person]


def worksheet(place: Path) -> Path:
    """A real exit slip."""
    document = docx.Document()
    document.add_heading("Exit slip: which box has more students?", 1)
    document.add_paragraph("Two box plots, 12 students each. Circle the one that holds more students.")
    path = place / "exit slip, box plots.docx"
    document.save(str(path))
    return path


def test_a_test_that_did_not_work_reaches_another_school(
    browser: Browser, base_url: str, person: Come, tmp_path: Path
) -> None:
    words = f"Shoe-size box plots, and 15 of 26 think a longer box holds more people. {uuid.uuid4().hex[:8]}"
    teacher, colleague = person("teacher"), person("colleague")
    colleague.listen()

    page = teacher.page
    teacher.listen()
    page.get_by_role("button", name=re.compile("What did you try this week")).click()
    box = page.get_by_label("What did you try?")
    expect(box).to_be_focused()
    box.fill(words)
    page.get_by_label("Didn't work").check()
    page.get_by_label("Add photos or files").set_input_files(worksheet(tmp_path))
    expect(page.locator("[data-uploads] input[name=file_keys]")).to_have_count(1, timeout=20_000)
    page.get_by_label("Who sees this").select_option(label="The whole network")
    expect(page.locator("#audience-hint")).to_contain_text("at 13 schools")
    page.get_by_role("button", name="Post", exact=True).click()
    mine = page.locator("article[data-contribution]").filter(has_text=words)
    expect(mine).to_have_count(1)
    expect(mine).to_contain_text("didn't work")
    expect(mine.get_by_role("link", name=re.compile("exit slip, box plots"))).to_be_visible()

    other = colleague.page
    other.locator("[data-new-posts]").click()
    card = other.locator("article[data-contribution]").filter(has_text=words)
    expect(card).to_have_count(1)
    expect(card).to_contain_text("Cedar Street")
    card.get_by_role("button", name="Thank you", exact=True).first.click()
    expect(card.get_by_role("button", name="Thank you", exact=True).first).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(mine).to_contain_text("1 thank you")

    card.get_by_role("button", name="Write a reply").click()
    reply = card.get_by_label("Write a reply")
    expect(reply).to_be_focused()
    reply.fill("That misreading is in my class too. I'll bring the slips.")
    card.get_by_role("button", name="Reply", exact=True).last.click()
    expect(mine).to_contain_text("That misreading is in my class too.")

    card.get_by_role("button", name="I'll try this").click()
    expect(mine).to_contain_text("1 will try it")
    other.goto(f"{FEED}trying/")
    expect(other.get_by_role("main")).to_contain_text("Shoe-size box plots")
    expect(page.locator("[data-count='notifications.index']").first).to_be_visible(timeout=20_000)

    file = mine.get_by_role("link", name=re.compile("exit slip")).get_attribute("href")
    assert other.request.get(f"{base_url}{file}").ok
    outsider = sign_in(browser, base_url, "outsider")
    assert outsider.page.request.get(f"{base_url}{file}").status == 404
    assert outsider.page.request.get(f"{base_url}{FEED}").status == 404
    outsider.context.close()


def test_how_did_it_go_names_the_idea_and_ends_the_commitment(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    words = f"Integer chips on the floor {uuid.uuid4().hex[:8]}"
    idea = teacher.share(words, "tried_it", outcome="mixed")
    page = colleague.page
    page.goto(f"{FEED}c/{idea}")
    page.get_by_role("button", name="I'll try this").click()
    expect(page.locator(f"[data-sum='{idea}']")).to_contain_text("1 will try it")
    page.goto(f"{FEED}trying/")
    page.locator("article").filter(has_text=words).get_by_role("link", name="How did it go?").click()
    expect(page.get_by_role("main")).to_contain_text("You tell how it went with")
    page.get_by_label("What did you try?").fill("The same chips, in pairs.")
    page.get_by_label("Worked", exact=True).check()
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url(re.compile(r"/c/\d+$"))
    expect(page.get_by_text("The same chips, in pairs.").first).to_be_visible()
    page.goto(f"{FEED}c/{idea}")
    expect(page.get_by_role("main")).to_contain_text("told how it went")
    page.goto(f"{FEED}trying/")
    expect(page.locator("article").filter(has_text=words)).to_have_count(0)
