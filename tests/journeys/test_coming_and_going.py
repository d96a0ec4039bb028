"""Coming in and going out: without scripts, with a forgotten password, and out of a page left open."""

import re

from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.journeys.people import FEED, PASSWORD, sign_in
from tests.support.browser import launch_arguments
from tests.support.servers import Server

NEW_PASSWORD = "seven loud magpies"


def test_somebody_of_the_demo_comes_in_without_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(FEED)
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()
    page.get_by_role("button", name="Coach").click()
    expect(page.get_by_label("Email")).to_have_value("coach@demo.example")
    expect(page.get_by_label("Password", exact=True)).to_have_value(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile(FEED))
    page.goto("/account/")
    page.get_by_role("button", name="Sign out: ").first.click()
    page.goto(FEED)
    expect(page).to_have_url(re.compile("/sign-in"))
    context.close()


def test_a_forgotten_password_and_a_page_left_open(browser: Browser, own_server: Server) -> None:
    own_server.start()
    left_open = sign_in(browser, own_server.url, "coach")
    left_open.page.goto(FEED)
    left_open.listen()
    page = browser.new_context(base_url=own_server.url).new_page()
    page.goto("/sign-in")
    page.get_by_role("link", name="I forgot my password").click()
    page.get_by_label("Email").fill("coach@demo.example")
    page.get_by_role("button", name="Mail me a link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.goto(_mailed_link(page))
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Save the new password").click()
    expect(page.get_by_text("Your new password is set")).to_be_visible()
    expect(left_open.page.locator("html")).not_to_have_attribute("data-live", "open")
    left_open.page.goto(FEED)
    expect(left_open.page).to_have_url(re.compile("/sign-in"))
    page.get_by_label("Email").fill("coach@demo.example")
    page.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/n/"))


def test_the_way_back_shows_nothing_of_whoever_signed_out(browser_type: BrowserType, base_url: str) -> None:
    # the driver switches off what people's browsers do: keep a whole page for the way back
    keeps_pages = browser_type.launch(
        **launch_arguments(), ignore_default_args=["--disable-back-forward-cache"]
    )
    teacher = sign_in(keeps_pages, base_url, "teacher")
    page = teacher.page
    page.goto(f"{FEED}members/")
    expect(page.locator("#main")).to_contain_text("Kofi Mensah")
    page.evaluate("window.kept = 'as it was left'")
    page.goto(FEED)
    page.go_back(wait_until="commit")
    expect(page.locator("#main")).to_contain_text("Kofi Mensah")
    assert page.evaluate("window.kept") == "as it was left"
    page.evaluate("document.querySelector('form[action$=\"/sign-out\"]').requestSubmit()")
    page.wait_for_url("**/sign-in")
    page.go_back(wait_until="commit")
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    expect(page.locator("#main")).not_to_contain_text("Kofi Mensah")
    keeps_pages.close()


def _mailed_link(page: Page) -> str:
    """The link to set a new password, once the worker has mailed it."""
    letter = page.get_by_role("link", name="Set a new password")
    for _second in range(30):
        page.goto("/dev/mail/")
        if letter.count():
            break
        page.wait_for_timeout(1000)
    letter.first.click()
    link = page.locator("a[href*='/reset/']")
    return str(link.get_attribute("href"))
