"""The composer inside the feed: opens in place, keeps words when the kind changes, says who will see it."""

import re
import uuid
from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.people import DRAFT, FEED, Person

Come = Callable[..., Person]


def open_composer(page: Page) -> None:
    page.get_by_role("button", name="What did you try this week").click()
    expect(page.get_by_label("What did you try?")).to_be_focused()


def test_words_go_along_when_the_kind_changes_and_stay_when_it_closes(person: Come) -> None:
    # whose draft stays, for no other journey to find
    page = person("wesley.tran").page
    for kind in ("tried_it", "question"):
        page.evaluate(DRAFT, [f"{FEED}drafts/{kind}", None])
    open_composer(page)
    page.keyboard.type("Sorting cards before the formula")
    page.get_by_role("link", name="Question", exact=True).click()
    box = page.get_by_label("What do you want to ask?")
    expect(box).to_have_text("Sorting cards before the formula")
    expect(box).to_be_focused()
    page.get_by_role("button", name="Close. What you wrote is kept.").click()
    expect(page.get_by_role("button", name="What did you try this week")).to_be_focused()
    page.get_by_role("button", name="Question", exact=True).click()
    expect(box).to_have_text("Sorting cards before the formula")


def test_the_audience_is_said_beside_the_choice(person: Come) -> None:
    page = person("teacher").page
    open_composer(page)
    choice, hint = page.get_by_label("Who sees this"), page.locator("#audience-hint")
    choice.select_option(label="My school")
    expect(hint).to_contain_text(re.compile(r"Cedar Street: \d+ people, your principal"))
    choice.select_option(label="Teachers at my school")
    expect(hint).to_contain_text("not your principal")


def test_a_post_that_the_filtered_feed_does_not_show_is_next(person: Come) -> None:
    page = person("teacher", at=f"{FEED}?kind=material").page
    open_composer(page)
    said = f"Folded paper for fractions. {uuid.uuid4().hex}"
    page.keyboard.type(said)
    page.get_by_label("Mixed").check()
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url(re.compile(r"/c/\d+$"))
    expect(page.locator("article").filter(has_text=said)).to_have_count(1)


def test_a_refused_post_comes_back_into_the_form(person: Come) -> None:
    page = person("teacher").page
    open_composer(page)
    said = f"Without saying how it went. {uuid.uuid4().hex}"
    page.keyboard.type(said)
    page.locator("form[data-post='card']").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Post", exact=True).click()
    row = page.locator("[data-feed] > article").filter(has_text=said)
    expect(row).to_contain_text("Choose one: worked, mixed, or didn't work.")
    row.get_by_role("button", name="Edit").click()
    expect(page.get_by_label("What did you try?")).to_have_text(said)
    page.get_by_label("Worked").check()
    page.get_by_role("button", name="Post", exact=True).click()
    expect(row).to_have_attribute("data-contribution", re.compile(r"\d+"))
    expect(row).to_have_count(1)


def test_a_post_from_one_device_leaves_the_words_that_another_has_saved(person: Come) -> None:
    desk, phone = person("abby.sorensen").page, person("abby.sorensen").page
    long, quick = (f"{words} {uuid.uuid4().hex}" for words in ("Ten minutes of thought.", "A quick note."))
    desk.evaluate(DRAFT, [f"{FEED}drafts/tried_it", None])
    # else it may come only once the phone has written, and brings that
    with desk.expect_response("**/drafts/tried_it"):
        open_composer(desk)
    open_composer(phone)
    phone.keyboard.type(long)
    expect(phone.locator("[data-draft-state]")).to_have_text("Saved")
    desk.keyboard.type(quick)
    told = "A newer version of this draft was saved in another tab or on another device."
    expect(desk.locator("[data-draft-state]")).to_contain_text(told)
    desk.get_by_label("Worked").check()
    desk.get_by_role("button", name="Post", exact=True).click()
    row = desk.locator("[data-feed] > article").filter(has_text=quick)
    expect(row).to_have_attribute("data-contribution", re.compile(r"\d+"))
    expect(desk.get_by_label("What did you try?")).to_have_text(long)
    phone.goto(f"{FEED}share/tried_it")
    expect(phone.locator("[data-draft-state]")).to_contain_text("What you wrote before is back.")
    phone.get_by_label("Mixed").check()
    phone.get_by_role("button", name="Post", exact=True).click()
    phone.wait_for_url(re.compile(r"/c/\d+$"))
    expect(phone.locator("article").filter(has_text=long)).to_have_count(1)
    assert phone.request.get(f"{FEED}drafts/tried_it").json()["body"] is None


def test_a_photo_of_a_draft_comes_back_as_a_picture(person: Come) -> None:
    page = person("teacher", at=f"{FEED}share/update").page
    photo = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(photo, "JPEG")
    said = f"The number line on the floor. {uuid.uuid4().hex}"
    page.get_by_label("What's new?").fill(said)
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.get_by_label("Add photos or files").set_input_files(
            {"name": "floor.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
        )
        expect(page.locator("[data-uploads] input[name=file_keys]")).to_have_count(1, timeout=20_000)
    page.reload()
    picture = page.locator("[data-uploads] img")
    expect(picture).to_have_js_property("naturalWidth", 64)
    page.get_by_role("button", name="Remove floor.jpg").click()
    expect(picture).to_have_count(0)


def test_a_file_goes_again_after_a_lost_line_without_being_chosen_again(person: Come) -> None:
    page = person("teacher").page
    open_composer(page)
    page.route("**/uploads", lambda route: route.abort())
    name = f"{uuid.uuid4().hex}.csv"
    composer = page.locator("form:has([data-uploader])").first
    chosen = {"name": name, "mimeType": "text/csv", "buffer": b"grade,tries\n6,41\n"}
    composer.locator("input[type=file]").set_input_files([chosen])  # type: ignore[list-item]
    again = composer.get_by_role("button", name=f"Try again: {name}")
    expect(again).to_be_visible()
    page.unroute("**/uploads")
    again.click()
    expect(composer.locator("input[name=file_keys]")).to_have_count(1)
    expect(again).to_have_count(0)


# A phone that is busy draws late: what the editor still has to draw then comes after its writer went on.
LATE = """() => { const real = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = then => real(() => setTimeout(() => {
        then(performance.now()); document.documentElement.dataset.drawn = "late"; }, 700)); }"""


def test_a_late_frame_of_the_editor_does_not_take_the_words_of_another_field(person: Come) -> None:
    page = person("wesley.tran").page
    page.evaluate(DRAFT, [f"{FEED}drafts/thread", None])
    page.goto(f"{FEED}threads/new")
    title, editor = page.get_by_label("What is it about, in one line?"), page.locator("trix-editor")
    page.get_by_label("How does it begin?").click()
    expect(editor).to_be_focused()
    page.evaluate(LATE)
    words = f"Which ones helped? {uuid.uuid4().hex[:6]}"
    page.keyboard.type(words)
    title.click()
    page.keyboard.type("Exit ")
    expect(page.locator("html")).to_have_attribute("data-drawn", "late")
    page.keyboard.type("slips")
    expect(title).to_be_focused()
    expect(title).to_have_value("Exit slips")
    expect(editor).to_have_text(words)
    # nor does it take the focus from a button that is about to be pressed
    page.evaluate("() => { delete document.documentElement.dataset.drawn; }")
    editor.focus()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" And why?")
    start = page.get_by_role("button", name="Start the thread")
    start.focus()
    expect(page.locator("html")).to_have_attribute("data-drawn", "late")
    expect(start).to_be_focused()
    expect(editor).to_have_text(f"{words} And why?")
