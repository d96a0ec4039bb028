"""The whole main job without a mouse, and without a script."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import FEED, PASSWORD, Person

Come = Callable[..., Person]
STEPS = 120
"""Presses of Tab after which something cannot be reached."""


def tab_to(page: Page, name: str, role: str = "") -> None:
    """Press Tab until the focus is on what has this accessible name, and see that it shows."""
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => { const one = document.activeElement;
              const label = one.labels && one.labels[0] ? one.labels[0].innerText : "";
              return (one.getAttribute("aria-label") || label || one.innerText || "").trim(); }"""
        )
        if re.search(name, focused):
            outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            ring = page.evaluate("() => document.activeElement.matches(':focus-visible')")
            assert ring, f"{name} has no visible focus ({outline})"
            return
    raise AssertionError(f"{name} was not reached with {STEPS} presses of Tab")


def test_the_main_job_by_keyboard_alone(browser: Browser, base_url: str, person: Come) -> None:
    colleague = person("colleague")
    idea = colleague.share(f"Number lines on the floor {uuid.uuid4().hex[:8]}", "tried_it", outcome="worked")
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    page.goto("/sign-in")
    tab_to(page, "^Email")
    page.keyboard.type("teacher@demo.example")
    tab_to(page, "^Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/n/**")
    page.goto(FEED)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "What did you try this week")
    page.keyboard.press("Enter")
    box = page.get_by_label("What did you try?")
    expect(box).to_be_focused()
    words = f"Exit slips in two colours {uuid.uuid4().hex[:8]}"
    page.keyboard.type(words)
    tab_to(page, "^(Worked|Mixed|Didn't work)")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Didn't work")).to_be_checked()
    tab_to(page, "^Post$")
    page.keyboard.press("Enter")
    expect(page.locator("article[data-contribution]").filter(has_text=words)).to_have_count(1)

    page.goto(f"{FEED}c/{idea}")
    tab_to(page, "^Thank you")
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-sum='{idea}']")).to_contain_text("1 thank you")
    tab_to(page, "^I'll try this")
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-sum='{idea}']")).to_contain_text("1 will try it")
    page.goto(f"{FEED}c/{idea}")
    tab_to(page, "^Write a reply")
    page.keyboard.type("Mine stood on it too.")
    tab_to(page, "^Reply$")
    page.keyboard.press("Enter")
    expect(page.locator("#replies")).to_contain_text("Mine stood on it too.")
    context.close()


def test_the_main_job_without_a_script(browser: Browser, base_url: str, person: Come) -> None:
    colleague = person("colleague")
    idea = colleague.share(f"Ratio tables with soup {uuid.uuid4().hex[:8]}", "tried_it", outcome="worked")
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Email").fill("coach@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(FEED)
    page.get_by_role("link", name=re.compile("Show older")).first.click()
    assert page.locator("article[data-contribution]").count() > 0
    page.goto(f"{FEED}share/tried_it")
    words = f"Two plots first {uuid.uuid4().hex[:8]}"
    page.get_by_label("What did you try?").fill(words)
    page.get_by_label("Mixed").check()
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_text(words).first).to_be_visible()
    page.goto(f"{FEED}c/{idea}")
    page.get_by_role("button", name="Same here").first.click()
    expect(page.locator(f"[data-sum='{idea}']")).to_contain_text("same here")
    page.get_by_role("button", name="I'll try this").click()
    expect(page.locator(f"[data-sum='{idea}']")).to_contain_text("1 will try it")
    page.get_by_label("Write a reply").fill("Plain words.")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_text("Plain words.")).to_be_visible()
    context.close()
