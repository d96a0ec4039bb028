"""An archive becomes resources and comes back as one; what a colleague suggests is taken with one tap."""

import io
import re
import zipfile
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"
"""A word without a gap to break at, as a language may have it."""


def week() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as bundle:
        bundle.writestr("week/spinner_cards.txt", "Cut the cards. Spin twice.")
        bundle.writestr("week/spinner_sheet.txt", "Write both numbers down.")
        bundle.writestr("inner.zip", b"PK")
    return made.getvalue()


def test_a_zip_becomes_resources_and_they_come_back_as_one(person: Come) -> None:
    page = person("coach").page
    page.goto(f"{FEED}library/many")
    sent = {"name": "week.zip", "mimeType": "application/zip", "buffer": week()}
    page.locator('input[type="file"]').set_input_files([sent])
    expect(page.locator(".upload")).to_have_count(3)
    expect(page.locator(".upload-state").filter(has_text="It is an archive inside")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    cards = page.get_by_role("group", name="spinner_cards.txt")
    expect(cards.get_by_label("Title")).to_have_value("Spinner cards")
    cards.get_by_label("Title").fill("Spinner cards for two")
    cards.get_by_label("Minutes").fill("20")
    expect(page.locator("form[data-many] [data-draft-state]")).to_have_text("Saved")
    expect(cards.locator("summary")).to_contain_text("Spinner cards for two")
    expect(cards.locator("[data-many-missing]").filter(has_text="Minutes")).to_have_attribute("hidden", "")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    expect(cards.get_by_label("Title")).to_be_hidden()
    cards.locator("summary").click()
    expect(cards.get_by_label("Title")).to_have_value("Spinner cards for two")
    expect(cards.get_by_label("Minutes")).to_have_value("20")
    page.get_by_role("button", name="Add them all").click()
    expect(page.get_by_text("2 resources are in the library now.")).to_be_visible()
    page.goto(f"{FEED}library/?tab=mine")
    expect(page.get_by_role("link", name="Spinner cards for two")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download all of them").click()
    with zipfile.ZipFile(coming.value.path()) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert names[-1] == "index.html"
    assert any(re.search(r"\d\d Spinner cards for two/spinner_cards\.txt$", name) for name in names)


def test_a_suggestion_is_taken_with_one_tap(person: Come) -> None:
    owner, colleague = person("teacher"), person("colleague")
    page = owner.page
    page.goto(f"{FEED}library/new")
    page.get_by_label("Or a link").fill("https://example.org/spinners")
    page.get_by_label("Title").fill(f"Spinners to borrow {LONG}")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page).to_have_url(re.compile(r"/c/\d+$"))
    theirs = colleague.page
    theirs.goto(page.url)
    theirs.get_by_role("link", name="Suggest a change").click()
    theirs.get_by_label("Minutes").fill("35")
    theirs.get_by_label("A word with it").fill("The second round is worth it.")
    theirs.get_by_role("button", name="Send it to the owner").click()
    expect(theirs.get_by_role("heading", name="What you suggested")).to_be_visible()
    page.reload()
    waiting = page.locator("#suggestions")
    expect(waiting).to_contain_text("The second round is worth it.")
    waiting.get_by_role("button", name="Take it over").click()
    expect(page.locator(".facts").first).to_contain_text("35 min")
    expect(page.get_by_text("for what they suggested")).to_be_visible()
    expect(waiting).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 844})
    here = page.url.split("#")[0]
    for rest in ("", "/edit-resource", "/adapt", "/versions/new"):
        page.goto(f"{here}{rest}")
        expect(page.locator("main h1")).to_be_attached()
        assert (rest, page.evaluate("document.documentElement.scrollWidth")) == (rest, 390)
    theirs.goto(f"{FEED}library/ask")
    tap = theirs.get_by_role("button", name="Next Friday")
    tap.press("Enter")
    expect(theirs.get_by_label("By when")).to_have_value(tap.get_attribute("value") or "")
    expect(tap).to_have_attribute("aria-pressed", "true")
