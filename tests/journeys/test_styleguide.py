"""The style guide in a real browser: readable for everyone, and working by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import axe

PAGES = ["", "/feed", "/plain", "/error/404"]
OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def browser_context_args(browser_context_args):
    """axe is a script that our own policy would rightly refuse."""
    return {**browser_context_args, "bypass_csp": True}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(page, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(f"/styleguide{path}")
        assert (path, axe(page)) == (path, [])


def test_axe_would_find_something(page):
    page.goto("/styleguide/plain")
    page.evaluate("document.querySelector('label').remove()")
    assert "label" in {rule for _, rule, _ in axe(page)}


def test_axe_would_find_a_target_that_is_too_small(page):
    page.goto("/styleguide/plain")
    page.evaluate(
        """() => {
          const twice = '<button style="all: revert; font-size: 9px; padding: 0; margin: 0">x</button>';
          document.querySelector("main").insertAdjacentHTML("beforeend", twice + twice);
        }"""
    )
    assert "target-size" in {rule for _, rule, _ in axe(page)}


def test_axe_finds_nothing_in_what_opens(page):
    page.goto("/styleguide")
    page.get_by_role("button", name="Open a dialog").click()
    assert page.get_by_role("dialog").is_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.locator("summary[aria-label='A menu']").click()
    page.get_by_role("button", name="Show a toast").evaluate("button => button.click()")
    page.get_by_label("What did you try?").first.focus()
    page.wait_for_selector("trix-editor")
    assert axe(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways(page, path):
    page.goto(f"/styleguide{path}")
    for width in (320, 360, 1000):
        page.set_viewport_size({"width": width, "height": 700})
        assert (width, page.evaluate(OVERFLOW)) == (width, False)


def test_what_comes_by_itself_leaves_the_way_free(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/styleguide/feed")
    page.evaluate(
        """() => {
          const banner = '<div class="banner" role="status">Only you see this now.</div>';
          document.querySelector(".stream").insertAdjacentHTML("afterbegin", banner);
          document.querySelector(".card > .in").insertAdjacentHTML("beforeend", banner);
          document.dispatchEvent(new CustomEvent("toast", { detail: "Kept. Only you see that." }));
        }"""
    )
    expect(page.locator(".toast")).to_be_visible()
    sides = "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"
    assert page.locator(".banner").evaluate_all(sides) == [[16, 374], [16, 374]]
    assert page.locator("#toasts").evaluate("one => one.getBoundingClientRect().bottom") < 120
    page.set_viewport_size({"width": 1280, "height": 844})
    beside = page.locator("#toasts, .middle").evaluate_all(sides)
    assert sorted(beside)[0][1] < sorted(beside)[1][0]


def test_the_editor_keeps_the_fields_name(page):
    page.goto("/styleguide")
    page.get_by_label("What did you try?").first.focus()
    page.wait_for_selector("trix-editor")
    editor = page.get_by_role("textbox", name="What did you try?")
    assert editor.evaluate("element => element.tagName") == "TRIX-EDITOR"
    editor.press_sequentially("Two plots")
    expect(page.locator("input[name=html]")).to_have_value("<div>Two plots</div>")


def test_what_is_sent_has_the_last_letter(page):
    page.goto("/styleguide")
    page.get_by_label("What did you try?").first.focus()
    editor = page.locator("trix-editor").first
    editor.wait_for()
    editor.focus()
    sent = editor.evaluate(
        """(editor) => {
            const typed = { inputType: "insertText", data: "Two plots", bubbles: true, cancelable: true };
            editor.dispatchEvent(new InputEvent("beforeinput", typed));
            return new FormData(editor.inputElement.form).get("html");
        }"""
    )
    assert sent == "<div>Two plots</div>"


def test_a_menu_by_keyboard(page):
    page.goto("/styleguide")
    summary = page.locator("summary[aria-label='A menu']")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent").strip() == "Edit"
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.textContent").strip() == "Delete"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not page.get_by_role("link", name="See the history").is_visible()


def test_pictures_by_keyboard(page):
    page.goto("/styleguide")
    first = page.get_by_role("link", name="Wide")
    first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    box = page.get_by_role("dialog", name=re.compile("Picture 2 of 3"))
    assert box.is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.querySelector('img').alt") == "Left"


def test_the_theme_is_chosen_and_stays(page):
    page.goto("/styleguide/feed")
    page.locator("summary[aria-label='Your account']").click()
    page.get_by_role("radio", name="Dark").check()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
