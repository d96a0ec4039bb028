"""Conversations and check-ins in a real browser: begun from a profile, talked live, and left."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.people import FEED, Person
from tests.journeys.test_axe import LOOKS, look_at
from tests.journeys.test_threads import ready

Come = Callable[..., Person]
PHONE = {"width": 390, "height": 844}
LIST = f"{FEED}conversations/"


def rows(someone: Person, words: str) -> Any:
    return someone.page.locator("[data-flat] > [data-reply]").filter(has_text=words)


def say(someone: Person, words: str) -> None:
    someone.page.get_by_label("Write a message").click()
    someone.page.keyboard.type(words)
    someone.page.get_by_role("button", name="Send", exact=True).click()


def test_two_teachers_talk_on_their_phones(person: Come) -> None:
    teacher, colleague = person("teacher", viewport=PHONE), person("colleague", viewport=PHONE)
    first = f"Could we trade exit slips {uuid.uuid4().hex[:6]}?"
    colleague.page.goto(LIST)
    colleague.listen()
    teacher.page.goto(f"{FEED}members/?q=hector")
    teacher.page.get_by_role("link", name="Hector Salinas").first.click()
    teacher.page.get_by_role("link", name="Message", exact=True).click()
    teacher.page.get_by_label("Find colleagues by name").press_sequentially("tomas")
    teacher.page.get_by_role("checkbox", name="Tomas Nguyen").check()
    teacher.page.get_by_role("textbox", name="Message").click()
    teacher.page.keyboard.type(first)
    teacher.page.get_by_role("button", name="Send").click()
    teacher.page.wait_for_url(re.compile(r"/c/\d+"))
    expect(rows(teacher, first)).to_have_count(1)
    ready(teacher)
    # The other one's list and badge say so by themselves.
    line = colleague.page.locator(".talk-list").get_by_role("link").filter(has_text=first)
    expect(line).to_have_count(1)
    expect(line).to_contain_text("one new")
    badge = colleague.page.locator('.bar [data-count="conversations.index"]')
    expect(badge).to_be_visible()
    before = int(badge.locator("[aria-hidden]").inner_text())
    line.click()
    ready(colleague)
    expect(rows(colleague, first)).to_have_count(1)
    say(colleague, "Gladly. Mine are on Thursday.")
    expect(rows(teacher, "Mine are on Thursday.")).to_have_count(1)
    say(teacher, "Then Thursday it is.")
    expect(rows(colleague, "Then Thursday it is.")).to_have_count(1)
    expect(rows(colleague, "Mine are on Thursday.")).to_have_count(1)
    # What was read counts no more, on a page that was opened before.
    if before > 1:
        expect(badge.locator("[aria-hidden]")).to_have_text(str(before - 1))
    else:
        expect(badge).to_be_hidden()


def test_who_leaves_is_named_and_reads_no_more(person: Come) -> None:
    teacher, coach = person("teacher", viewport=PHONE), person("coach")
    words = f"Between us {uuid.uuid4().hex[:6]}"
    teacher.page.goto(f"{FEED}members/?q=imani")
    teacher.page.get_by_role("link", name="Imani Brooks").first.click()
    teacher.page.get_by_role("link", name="Message", exact=True).click()
    teacher.page.get_by_label("Find colleagues by name").press_sequentially("lena")
    teacher.page.get_by_role("checkbox", name="Lena Ortiz").check()
    teacher.page.get_by_role("textbox", name="Message").click()
    teacher.page.keyboard.type(words)
    teacher.page.get_by_role("button", name="Send").click()
    teacher.page.wait_for_url(re.compile(r"/c/\d+"))
    ready(teacher)
    coach.page.goto(teacher.page.url.split("#")[0])
    ready(coach)
    coach.page.get_by_label("More about this conversation").click()
    coach.page.get_by_role("button", name="Leave", exact=True).click()
    coach.page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    coach.page.wait_for_url(re.compile(r"/conversations/$"))
    expect(coach.page.get_by_text(words)).to_have_count(0)
    expect(teacher.page.get_by_text("Imani Brooks left")).to_be_visible()


def test_a_check_in_is_answered_on_a_phone(person: Come) -> None:
    """`principal` is in the group and has not answered its latest round."""
    principal, coach = person("principal", viewport=PHONE), person("coach")
    coach.page.goto(f"{FEED}groups/number-talks-every-day/check-in")
    expect(coach.page.get_by_role("button", name="Let it rest")).to_be_visible()
    coach.page.locator(".check-in-rounds a").first.click()
    expect(coach.page.locator(".check-in-unheard")).to_contain_text("Helen Okafor")
    principal.page.goto(f"{FEED}groups/number-talks-every-day/check-in")
    principal.page.locator(".check-in-rounds a").first.click()
    ready(principal)
    principal.page.get_by_label("What are you trying?").fill("Staying in the room for all ten minutes.")
    principal.page.get_by_label("What next?").fill("The same, on a Monday.")
    principal.page.get_by_role("button", name="Share my answer").click()
    expect(rows(principal, "Staying in the room for all ten minutes.")).to_have_count(1)
    expect(principal.page.get_by_text("Your answer is there. Thank you.")).to_be_visible()
    expect(principal.page.locator(".check-in-unheard")).to_have_count(0)
    coach.page.reload()
    expect(coach.page.locator(".check-in-unheard")).not_to_contain_text("Helen Okafor")


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_the_new_pages_are_for_everybody(theme: str, width: int, person: Come) -> None:
    coach = person("coach", color_scheme=theme, viewport={"width": width, "height": 850}, bypass_csp=True)
    coach.page.goto(LIST)
    talk = coach.page.locator(".talk-list a").first.get_attribute("href")
    coach.page.goto(f"{FEED}groups/number-talks-every-day/check-in")
    check_in = coach.page.locator(".check-in-rounds a").first.get_attribute("href")
    paths = [LIST, f"{LIST}new?q=ana", f"{LIST}wish", f"{FEED}groups/number-talks-every-day/check-in"]
    assert look_at(coach.page, [*paths, str(talk), str(check_in)]) == []
