"""Arriving: a facilitator's link, a new teacher on a phone without JavaScript, the welcome, the directory."""

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Browser, expect

from tests.journeys.people import FEED, Person

Come = Callable[..., Person]


def test_a_new_teacher_arrives_on_a_phone_without_javascript(
    person: Come, browser: Browser, base_url: str
) -> None:
    facilitator = person("facilitator", at=f"{FEED}invitations/")
    facilitator.page.get_by_label("Good for").select_option("7 days")
    facilitator.page.get_by_role("button", name="Make the link").click()
    link = facilitator.page.get_by_role("textbox", name="Here is the link").input_value()

    phone = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, base_url=base_url
    )
    page, name = phone.new_page(), f"Nell {uuid4().hex[:6]}"
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email").fill(f"{uuid4().hex[:8]}@example.org")
    page.get_by_label("Password").fill("seven quiet rivers")
    page.get_by_role("button", name="Join").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome to Middle Grades Math")
    page.get_by_role("button", name="I'll keep to these").click()
    page.get_by_label("Your school").select_option(
        label="\N{NO-BREAK SPACE}" * 3 + "Cedar Street Middle School"
    )
    page.get_by_label("Your role").select_option("Teacher")
    page.get_by_role("checkbox", name="7", exact=True).check()
    page.get_by_label("What brought you to teaching?").fill("My aunt.")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One small first step")
    page.get_by_role("link", name="To the feed").click()
    expect(page).to_have_url(f"{base_url}{FEED}")

    facilitator.page.goto(f"{FEED}members/?q={name.split()[1]}")
    found = facilitator.page.locator(".people-list li").filter(has_text=name)
    expect(found).to_contain_text(re.compile(r"Teacher.*Grade 7\s.*at Cedar Street", re.DOTALL))
    phone.close()


def test_invitations_are_looked_at_before_they_are_sent(person: Come) -> None:
    facilitator = person("facilitator", at=f"{FEED}invitations/mail")
    page, address = facilitator.page, f"{uuid4().hex[:8]}@example.org"
    page.get_by_label("Names and addresses").fill(f"Ana Ruiz <{address}>\nteacher@demo.example\nnobody")
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_role("row", name=address)).to_contain_text("New: gets an invitation")
    expect(page.get_by_role("row", name="teacher@demo.example")).to_contain_text("Already a member")
    expect(page.get_by_role("row", name="nobody")).to_contain_text("No email address here.")
    page.get_by_role("button", name="Send 1 invitation").click()
    expect(page.get_by_role("row", name=address)).to_be_visible()
