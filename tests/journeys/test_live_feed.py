"""What others share arrives on an open feed, once, and without moving it."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.people import Person

Come = Callable[..., Person]


def test_a_post_waits_behind_the_pill_and_comes_in_once(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    teacher.listen()
    before = teacher.page.locator("article[data-contribution]").first.get_attribute("id")
    first, second = colleague.share("Two in a row, one."), colleague.share("Two in a row, two.")
    pill = teacher.page.locator("[data-new-posts]")
    expect(pill).to_have_text("2 new posts")
    expect(teacher.page.locator("#announce")).to_contain_text("2 new posts")
    assert teacher.page.locator("article[data-contribution]").first.get_attribute("id") == before
    pill.click()
    expect(pill).to_be_hidden()
    shown = teacher.page.locator("article[data-contribution]")
    assert [shown.nth(n).get_attribute("id") for n in (0, 1)] == [f"c-{second}", f"c-{first}"]
    expect(teacher.card(second)).to_be_focused()
    expect(teacher.card(first)).to_have_count(1)


def test_one_s_own_post_appears_at_once_and_only_once(person: Come) -> None:
    teacher = person("teacher")
    teacher.listen()
    teacher.page.get_by_role("button", name="What did you try this week").click()
    said = f"Cut the number lines into strips. {uuid.uuid4().hex}"
    words = teacher.page.get_by_label("What did you try?")
    expect(words).to_be_focused()
    words.fill(said)
    teacher.page.get_by_label("Didn't work").check()
    teacher.page.get_by_label("Who sees this").select_option(label="The whole network")
    teacher.page.get_by_role("button", name="Post", exact=True).click()
    mine = teacher.page.locator("[data-feed] > article").filter(has_text=said)
    expect(mine).to_have_count(1)
    expect(mine).to_have_attribute("data-contribution", re.compile(r"\d+"))
    expect(mine.get_by_role("button", name="I'll try this")).to_be_hidden()
    teacher.page.wait_for_timeout(5000)
    expect(mine).to_have_count(1)
    expect(teacher.page.locator("[data-new-posts]")).to_be_hidden()


def test_replies_come_at_their_place_with_counts_and_typing(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = colleague.share("Where do you begin with box plots?", "question")
    teacher.page.reload()
    teacher.listen()
    colleague.page.goto(f"/n/middle-grades-math/c/{root}")
    colleague.listen()
    first = teacher.reply(root, "With their own heights.")
    expect(colleague.reply_row(first)).to_be_visible()
    answer = colleague.reply(root, "How long does that take?", first)
    beneath = teacher.page.locator(f"[data-children='{first}'] > #reply-{answer}")
    expect(beneath).to_be_visible()
    expect(beneath).to_have_class("reply-new")
    colleague.page.get_by_label("Write a reply").click()
    colleague.page.keyboard.type("I have been wond")
    expect(teacher.page.locator(f"[data-typing='{root}']")).to_have_text("Tomas is writing…")
    expect(teacher.page.locator(f"[data-typing='{root}']")).to_be_hidden(timeout=9000)


def test_counts_edits_and_removals_show_where_they_happen(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = colleague.share("Two truths and a lie about fractions.", "material")
    teacher.page.reload()
    teacher.listen()
    reply = teacher.reply(root, "Mine argued for ten minutes.")
    expect(teacher.reply_row(reply)).to_be_visible()
    colleague.react(reply)
    expect(teacher.page.locator(f"[data-thanks='{reply}']")).to_contain_text("1")
    teacher.react(root, "learned")
    expect(teacher.page.locator(f"[data-sum='{root}']")).to_have_text("1 learned from this")
    teacher.card(root).get_by_role("button", name="Write a reply").click()
    box = teacher.card(root).get_by_label("Write a reply")
    expect(box).to_be_focused()
    teacher.page.keyboard.type("And with decimals")
    colleague.send(
        f"/n/middle-grades-math/c/{root}/edit-post", body="Three truths about fractions.", title="Truths"
    )
    expect(teacher.card(root)).to_contain_text("Three truths")
    expect(box).to_be_focused()
    expect(box).to_have_text("And with decimals")
    teacher.send(f"/n/middle-grades-math/c/{reply}/remove")
    expect(teacher.reply_row(reply)).to_have_count(0)
    colleague.send(f"/n/middle-grades-math/c/{root}/remove")
    expect(teacher.card(root)).to_have_count(0)
