"""A report that ends well, and a pause that somebody else takes back: in a real browser."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from app.core import clock
from tests.journeys.people import FEED, Person

Come = Callable[..., Person]


def ask_to_look(someone: Person, post: int, norm: str, words: str) -> None:
    """Three taps: the menu, the norm, and it is sent."""
    someone.page.goto(f"{FEED}c/{post}")
    someone.page.get_by_label("More about this post").click()
    someone.page.get_by_role("link", name="Report", exact=True).click()
    someone.page.get_by_role("radio", name=norm).check()
    someone.page.get_by_label("What is wrong?").fill(words)
    someone.page.get_by_role("button", name="Send to the facilitators").click()
    expect(someone.page.get_by_text("Waiting for somebody to look").first).to_be_visible()


def open_case(judge: Person, words: str) -> None:
    judge.page.goto("/moderation")
    judge.page.locator("[data-cases] a").filter(has_text=words).click()
    expect(judge.page.get_by_role("heading", name="What would help?")).to_be_visible()


def test_a_report_is_claimed_edited_and_back(person: Come) -> None:
    author, reporter, judge = person("colleague"), person("teacher"), person("facilitator")
    title = f"A lively lesson {uuid.uuid4().hex[:6]}"
    post = author.share("My class was a zoo today.", kind="material", title=title)
    judge.page.goto("/moderation")
    judge.listen()
    reporter.page.goto(FEED)
    ask_to_look(reporter, post, "Students stay out of it", "A zoo is for animals")
    # The open queue says so by itself.
    row = judge.page.locator("[data-cases] a").filter(has_text=title)
    expect(row).to_have_count(1)
    row.click()
    judge.page.get_by_role("button", name="I will look at it").click()
    expect(judge.page.get_by_text("You are on it.")).to_be_visible()
    judge.page.get_by_role("link", name="Ask for an edit").click()
    reader = person("coach", at=f"{FEED}")
    reader.listen()
    expect(reader.card(post)).to_be_visible()
    judge.page.get_by_role("button", name="Send the letter, and do it").click()
    expect(judge.page.get_by_text("Done. It is on record")).to_be_visible()
    # An open page loses it.
    expect(reader.card(post)).to_have_count(0)
    # Its author finds the letter, and edits.
    author.page.goto(f"{FEED}c/{post}")
    author.page.get_by_role("link", name="Read the letter").click()
    expect(author.page.get_by_role("heading", name="A letter to you")).to_be_visible()
    author.page.get_by_role("link", name="Edit it").click()
    box = author.page.get_by_role("textbox", name="What is it, and how did you use it?")
    box.click()
    author.page.keyboard.press("ControlOrMeta+a")
    author.page.keyboard.type("My class was lively today.")
    author.page.get_by_role("button", name="Save", exact=True).click()
    expect(author.page.get_by_text("Everybody sees it again.")).to_be_visible()
    reader.page.goto(f"{FEED}c/{post}")
    expect(reader.page.get_by_text("My class was lively today.")).to_be_visible()
    # And the reporter reads how it ended.
    reporter.page.goto(f"{FEED}reports/")
    mine = reporter.page.locator("li").filter(has_text="A zoo is for animals")
    expect(mine.get_by_text("Its author edited it, and it is back")).to_be_visible()


def test_a_pause_is_appealed_and_overturned(person: Come) -> None:
    author, reporter = person("joanna.pike"), person("teacher")
    judge, other = person("facilitator"), person("director")
    title = f"A sharp word {uuid.uuid4().hex[:6]}"
    post = author.share("Nobody here reads the numbers.", kind="material", title=title)
    ask_to_look(reporter, post, "Listen first", "It reads as a verdict on all of us")
    open_case(judge, title)
    judge.page.get_by_role("link", name="Ask them to pause").click()
    day = (clock.now() + timedelta(days=30)).date().isoformat()
    judge.page.get_by_label("Until which day?").fill(day)
    judge.page.get_by_label("Why, in a sentence").fill("A third sharp word in a week")
    judge.page.get_by_role("button", name="Send the letter, and do it").click()
    expect(judge.page.get_by_text("Done. It is on record")).to_be_visible()
    # On the break the letter opens all the same, and says how to ask somebody else.
    author.page.goto("/notifications")
    author.page.locator(".notice").filter(has_text="wrote to you as a facilitator").first.click()
    author.page.get_by_label("How do you see it?").fill("I meant my own numbers, and said so below")
    author.page.get_by_role("button", name="Ask somebody else to look").click()
    expect(author.page.get_by_text("Somebody else looks at it, and answers you here.")).to_be_visible()
    letter = author.page.url
    other.page.goto("/moderation?why=appeal")
    other.page.locator("[data-cases] a").filter(has_text="Appeal").first.click()
    expect(other.page.get_by_text("I meant my own numbers")).to_be_visible()
    other.page.get_by_role("radio", name="Undo it").check()
    other.page.get_by_label("Your answer to them").fill("You did. I am sorry that we read it so.")
    other.page.get_by_role("button", name="Send the answer").click()
    other.page.wait_for_url(re.compile(r"/moderation$"))
    author.page.goto(letter)
    expect(author.page.get_by_text("You did. I am sorry that we read it so.")).to_be_visible()
    # Nothing of the pause is left: what is said now stands.
    author.page.goto(FEED)
    again = author.share("Back, and glad of it.", title=f"Glad {uuid.uuid4().hex[:6]}")
    author.page.goto(f"{FEED}c/{again}")
    expect(author.page.get_by_text("Back, and glad of it.")).to_be_visible()
