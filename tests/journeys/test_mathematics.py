"""A formula by somebody who knows no TeX, with the keyboard alone; the others see mathematics."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]


def test_a_formula_without_knowing_tex(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = colleague.share("How do you write a square here?", "question")
    colleague.page.goto(f"{FEED}c/{root}")
    colleague.listen()
    page = teacher.page
    page.goto(f"{FEED}c/{root}")
    teacher.listen()
    page.get_by_label("Write a reply").focus()
    editor = page.locator("trix-editor")
    expect(editor).to_be_focused()
    page.keyboard.type("It is ")
    page.get_by_role("button", name="Mathematics").press("Enter")
    expect(page.get_by_label("Top number").first).to_be_focused()
    page.get_by_role("button", name="Exponent").press("Enter")
    expect(page.get_by_label("Number or letter")).to_be_focused()
    page.keyboard.type("x")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    expect(page.locator("[data-maths-seen] msup")).to_be_visible()
    page.keyboard.press("Enter")
    expect(editor).to_be_focused()
    expect(editor).to_have_text("It is $x^{2}$")
    page.keyboard.type(" of course")
    page.locator("form[data-post='reply']").get_by_role("button", name="Reply", exact=True).click()
    reply = colleague.page.locator("[data-reply]").filter(has_text="of course")
    expect(reply.locator("math msup")).to_be_visible()
    expect(reply.locator("math")).to_have_attribute("alttext", "x²")
