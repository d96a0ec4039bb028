"""What a person sees of a fault: their words, what happened to them, and a way to go on."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as BrowserError

from tests.faults.conftest import Rows, in_good_health
from tests.faults.visitors import Visitor
from tests.journeys.people import FEED, sign_in
from tests.support.browser import launch_arguments
from tests.support.servers import Server

pytestmark = [pytest.mark.durable, pytest.mark.browser]
Visit = Callable[[str], Visitor]
WAIT = 60_000
TRIED_TWICE = """() => Object.keys(localStorage).some(
  (key) => key.includes(":outbox:") && JSON.parse(localStorage[key]).lost > 1)"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_arguments()}


def write(page: Page, words: str) -> None:
    page.get_by_label("Write a reply").click()
    page.keyboard.type(words)
    page.locator("form[data-post='reply']").get_by_role("button", name="Reply", exact=True).click()


def test_a_reply_during_a_restart_is_kept_and_sent_once(
    own_server: Server, visit: Visit, browser: Browser, rows: Rows
) -> None:
    own_server.start()
    root = visit("colleague").share("What do you hang on the wall?")
    page = sign_in(browser, own_server.url, "teacher").page
    page.goto(f"{FEED}c/{root}")

    def row(words: str) -> Any:
        return page.locator(f"[data-replies='{root}'] > li").filter(has_text=words)

    write(page, "Before it all.")
    expect(row("Before it all.")).to_have_attribute("data-position", "1", timeout=WAIT)
    own_server.kill("web")
    write(page, "Student work.")
    page.wait_for_function(TRIED_TWICE, timeout=WAIT)
    expect(row("Student work.")).to_contain_text("Not sent yet")
    own_server.start("web")
    row("Student work.").get_by_role("button", name="Try again").click()
    expect(row("Student work.")).to_have_attribute("data-position", "2", timeout=WAIT)

    own_server.kill("web")
    write(page, "And questions.")
    page.wait_for_function(TRIED_TWICE, timeout=WAIT)
    with pytest.raises(BrowserError):
        page.reload()
    own_server.start("web")
    page.goto(f"{FEED}c/{root}")
    row("And questions.").get_by_role("button", name="Try again").click()
    expect(row("And questions.")).to_have_attribute("data-position", "3", timeout=WAIT)
    page.reload()
    for words in ("Student work.", "And questions."):
        expect(row(words)).to_have_count(1)
        assert rows.one("SELECT count(*) FROM contribution WHERE text = :words", words=words) == 1
    in_good_health(own_server)


def test_two_browsers_edit_one_post(own_server: Server, visit: Visit, browser: Browser, rows: Rows) -> None:
    own_server.start("web")
    teacher = visit("teacher")
    made = teacher.post(
        f"{FEED}share/tried_it",
        body="Box plots with shoes",
        outcome="mixed",
        happened="They argued",
        space=teacher.spaces()["The whole network"],
    )
    post = made.json()["id"]
    desk, phone = (sign_in(browser, own_server.url, "teacher").page for _ in range(2))
    for page in (desk, phone):
        page.goto(f"{FEED}c/{post}/edit-post")
    desk.get_by_label("What did you try?").fill("Box plots with shoes, at the desk")
    desk.get_by_label("What happened?").fill("They argued well")
    desk.get_by_role("button", name="Save").click()
    desk.wait_for_url(f"**/c/{post}")
    phone.get_by_label("What did you try?").fill("Box plots with shoes, on the phone")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("This was edited meanwhile")).to_be_visible(timeout=WAIT)
    stands = phone.get_by_label("What stands now")
    expect(stands).to_contain_text("Box plots with shoes, at the desk")
    expect(stands).to_contain_text("They argued well")
    kept = phone.get_by_label("What did you try?").evaluate("box => box.value ?? box.innerText")
    assert "Box plots with shoes, on the phone" in kept
    phone.get_by_role("button", name="Save").click()
    phone.wait_for_url(f"**/c/{post}")
    assert rows.one("SELECT html FROM contribution WHERE id = :id", id=post).count("on the phone") == 1
    before = rows.all("SELECT html FROM revision WHERE contribution_id = :id ORDER BY version", id=post)
    assert [("at the desk" in html) for (html,) in before] == [False, True]
