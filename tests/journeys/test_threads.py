"""A long talk, by two people: it opens where one stopped, and nothing is lost, doubled or moved."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import beside
from tests.journeys.conftest import NewLine
from tests.journeys.people import FEED, Person
from tests.support.servers import Server

Come = Callable[..., Person]
TRIES = """() => { const real = window.fetch; window.tries = 0; window.fetch = (at, how) => {
    const going = real(at, how), over = () => { window.tries += /reply$/.test(at) ? 1 : 0; };
    going.then(over, over); return going; }; }"""
"""Counts how often a reply was sent, and answered or lost."""


def begin(someone: Person, title: str = "Ratio tables or double number lines?") -> int:
    """Start a thread in the commons, in words of its own; its number."""
    body = f"What do you begin with? {uuid.uuid4().hex[:6]}"
    said = someone.send(f"{FEED}threads/new", title=title, body=body, space=someone.space())
    return int(said["id"])


def ready(someone: Person) -> None:
    """Wait until a thread's page does all that it does, and hears what is live."""
    expect(someone.page.locator("[data-thread]")).to_have_attribute("data-ready", "yes")
    someone.listen()


def order(page: Page) -> list[int]:
    """The positions of the replies on the page, from top to bottom."""
    return page.locator("[data-flat] > [data-reply]").evaluate_all(
        "all => all.map(e => Number(e.dataset.position))"
    )


def height(page: Page, reply: int) -> float:
    page.evaluate("() => document.fonts.ready.then(() => true)")
    box = page.locator(f"#reply-{reply}").bounding_box()
    assert box is not None
    return float(box["y"])


def test_a_thread_is_started_from_the_feed(person: Come) -> None:
    teacher = person("teacher")
    teacher.page.get_by_role("link", name="Start a thread").first.click()
    title = f"Exit slips that I read {uuid.uuid4().hex[:6]}"
    teacher.page.get_by_label("What is it about, in one line?").fill(title)
    teacher.page.get_by_label("How does it begin?").click()
    teacher.page.keyboard.type("Which ones changed your next lesson?")
    teacher.page.get_by_label("Who sees this").select_option(label="The whole network")
    teacher.page.get_by_role("button", name="Start the thread").click()
    teacher.page.wait_for_url(re.compile(r"/c/\d+$"))
    expect(teacher.page.locator(".card-title")).to_have_text(title)
    expect(teacher.page.get_by_text("Which ones changed your next lesson?")).to_be_visible()


@pytest.mark.parametrize("moment", ["before it is saved", "while it is saved"])
def test_what_was_posted_is_no_draft_any_more(moment: str, person: Come) -> None:
    page = person("teacher", at=f"{FEED}threads/new").page
    slow = """([name]) => { const real = window.fetch; window.fetch = async (at, how) => {
        if (how?.method === name) { document.documentElement.dataset.asked = name;
        await new Promise(done => setTimeout(done, 1500)); } return real(at, how); }; }"""
    page.evaluate(slow, ["POST" if moment == "before it is saved" else "PUT"])
    title = page.get_by_label("What is it about, in one line?")
    page.get_by_label("How does it begin?").click()
    page.keyboard.type("Which ones changed your next lesson?")
    expect(page.locator("trix-editor")).to_contain_text("next lesson?")
    title.fill(f"Exit slips, the second time {uuid.uuid4().hex[:6]}")
    if moment == "while it is saved":
        expect(page.locator("html")).to_have_attribute("data-asked", "PUT")
    page.get_by_role("button", name="Start the thread").click()
    page.wait_for_url(re.compile(r"/c/\d+$"))
    with page.expect_response("**/drafts/thread*"):
        page.goto(f"{FEED}threads/new")
    page.get_by_label("How does it begin?").click()
    expect(page.locator("trix-editor")).to_be_focused()
    expect(page.locator("trix-editor")).to_have_text("")
    expect(title).to_have_value("")
    assert page.request.get(f"{FEED}drafts/thread").json()["body"] is None


@pytest.mark.parametrize("width", [1280, 390])
def test_two_people_talk(width: int, person: Come) -> None:
    teacher = person("teacher", viewport={"width": width, "height": 850})
    colleague = person("colleague", viewport={"width": width, "height": 850})
    root = begin(teacher)
    for one in (teacher, colleague):
        one.page.goto(f"{FEED}c/{root}")
        ready(one)
    expect(teacher.page.locator("[data-here-words]")).to_have_text("Tomas is here")
    teacher.page.get_by_label("Write a reply").click()
    teacher.page.keyboard.type("I begin with tables.")
    expect(colleague.page.locator(f"[data-typing='{root}']")).to_have_text("Dana is writing…")
    teacher.page.get_by_role("button", name="Reply", exact=True).click()
    own = teacher.page.locator("[data-flat] > li").filter(has_text="I begin with tables.")
    expect(own).to_be_in_viewport()
    words = colleague.page.locator("[data-flat] > [data-reply]").filter(has_text="I begin with tables.")
    expect(words).to_have_count(1)
    expect(teacher.page.locator("[data-flat] > li").filter(has_text="I begin with tables.")).to_have_count(1)
    words.get_by_role("link", name="Reply", exact=True).click()
    expect(colleague.page.locator("[data-reply-about]")).to_contain_text("In reply to Dana")
    colleague.page.keyboard.type("So do I.")
    colleague.page.get_by_role("button", name="Reply", exact=True).click()
    answer = teacher.page.locator("[data-flat] > [data-reply]").filter(has_text="So do I.")
    expect(answer).to_have_count(1)
    expect(answer.locator(".re")).to_contain_text("In reply to Dana")
    expect(teacher.page.locator("[data-reply-count]")).to_have_text("2 replies")
    assert order(teacher.page) == order(colleague.page) == [1, 2]


def test_selected_words_are_quoted_by_reference(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = begin(teacher)
    first = colleague.reply(root, "Tables first. Then  the double number line, then the rule.")
    teacher.page.goto(f"{FEED}c/{root}")
    ready(teacher)
    teacher.page.locator(f"#reply-{first} .prose").evaluate(
        """prose => { const text = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT).nextNode();
        const at = text.data.indexOf("double"); const range = document.createRange();
        range.setStart(text, at); range.setEnd(text, at + "double number line".length);
        const chosen = document.getSelection(); chosen.removeAllRanges(); chosen.addRange(range); }"""
    )
    teacher.page.get_by_role("button", name="Quote what you selected").click()
    expect(teacher.page.locator("[data-quoting-words]")).to_have_text("double number line")
    box = teacher.page.get_by_label("Write a reply")
    expect(box).to_be_focused()
    teacher.page.keyboard.type("This is the step that I skip.")
    teacher.page.get_by_role("button", name="Reply", exact=True).click()
    mine = teacher.page.locator("[data-flat] > [data-reply]").filter(has_text="This is the step")
    expect(mine.locator("blockquote")).to_have_text("double number line")
    expect(teacher.page.locator("[data-quoting]")).to_be_hidden()
    colleague.send(f"{FEED}c/{first}/edit", text="Pictures first.")
    expect(mine.locator("blockquote")).to_have_count(0)
    expect(mine.locator(".quoted")).to_contain_text("were changed since")


def test_a_lost_connection_misses_nothing(person: Come, line: NewLine) -> None:
    colleague, wire = person("colleague"), line()
    root = begin(colleague)
    first = colleague.reply(root, "Before the line was cut.")
    teacher = person("teacher", at=f"{wire.url}{FEED}c/{root}")
    ready(teacher)
    expect(teacher.reply_row(first)).to_be_visible()
    teacher.page.get_by_label("Write a reply").click()
    teacher.page.keyboard.type("Said in the")
    expect(teacher.page.locator("trix-editor")).to_contain_text("Said in the")
    wire.cut()
    teacher.page.evaluate(TRIES)
    teacher.page.keyboard.type(" tunnel.")
    teacher.page.get_by_role("button", name="Reply", exact=True).click()
    said = teacher.page.locator("[data-flat] > li").filter(has_text="Said in the tunnel.")
    expect(said).to_contain_text("Not sent yet")
    meanwhile = [colleague.reply(root, f"Meanwhile {number}.") for number in range(5)]
    expect(teacher.page.locator("html")).to_have_attribute("data-live", "away")
    # it tries once more by itself; after that its person decides
    teacher.page.wait_for_function("() => window.tries === 2")
    expect(said).to_contain_text("Not sent yet")
    wire.mend()
    for reply in meanwhile:
        expect(teacher.reply_row(reply)).to_have_count(1, timeout=40_000)
    said.get_by_role("button", name="Try again").click()
    expect(said).to_have_attribute("data-position", "7")
    expect(teacher.page.locator("[data-flat] > [data-reply]")).to_have_count(7)
    colleague.page.goto(f"{FEED}c/{root}")
    ready(colleague)
    assert order(colleague.page) == order(teacher.page) == list(range(1, 8))


def test_ten_thousand_replies_open_at_the_first_unread_one(person: Come, server: Server) -> None:
    teacher = person("teacher")
    root = begin(teacher)
    beside.long_talk(server, "colleague", root, 10_000)
    teacher.send(f"{FEED}c/{root}/place", position="7000")
    teacher.page.goto(f"{FEED}c/{root}")
    ready(teacher)
    line = teacher.page.locator("[data-unread-line]")
    expect(line).to_be_in_viewport()
    expect(line).to_have_text("New since you were here")
    after = line.locator("xpath=following-sibling::li[1]")
    expect(after).to_have_attribute("data-position", "7001")
    assert teacher.page.locator("[data-flat] > [data-reply]").count() < 400
    teacher.page.get_by_role("link", name="Newest").click()
    last = teacher.page.locator('[data-position="10000"]')
    expect(last).to_be_in_viewport()
    teacher.page.get_by_role("link", name="First unread").click()
    # What was looked at for a moment before the jump is read; the rest is not.
    first = teacher.page.locator(".reply-marked")
    expect(first).to_have_attribute("data-position", re.compile(r"^70[0-3]\d$"))
    expect(first).to_be_in_viewport()


def test_what_comes_does_not_move_what_is_read(person: Come, server: Server) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = begin(teacher)
    ids = beside.replies(server, "colleague", root, 40)
    teacher.send(f"{FEED}c/{root}/place", position="20")
    teacher.page.goto(f"{FEED}c/{root}")
    ready(teacher)
    expect(teacher.page.locator("[data-unread-line]")).to_be_in_viewport()
    reading = ids[22]
    expect(teacher.reply_row(reading)).to_be_in_viewport()
    before = height(teacher.page, reading)
    new = [colleague.reply(root, f"New below {number}.") for number in range(3)]
    colleague.send(f"{FEED}c/{ids[2]}/edit", text="Longer. " * 200)
    expect(teacher.reply_row(ids[2])).to_contain_text("Longer. Longer.")
    expect(teacher.reply_row(new[-1])).to_have_count(1)
    assert abs(height(teacher.page, reading) - before) < 2
    pill = teacher.page.locator("[data-new-replies]")
    expect(pill).to_have_text("3 new replies")
    expect(teacher.page.locator("#announce")).to_contain_text("3 new replies")
    pill.click()
    expect(teacher.reply_row(new[0])).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_the_place_follows_from_phone_to_desk(person: Come, server: Server) -> None:
    phone = person("teacher", viewport={"width": 390, "height": 800})
    desk = person("teacher")
    root = begin(phone)
    beside.replies(server, "colleague", root, 30)
    phone.send(f"{FEED}c/{root}/place", position="2")
    desk.page.goto(f"{FEED}threads/")
    desk.listen()
    chip = desk.page.locator(f'[data-unread="{root}"]')
    expect(chip).to_have_text("28 new")
    phone.page.goto(f"{FEED}c/{root}")
    ready(phone)
    phone.page.get_by_role("link", name="Newest").click()
    phone.page.locator("form[data-mark-read] button").click()
    expect(chip).to_be_hidden()
    reply = phone.page.locator('[data-position="25"]')
    reply.get_by_label("More about this reply").click()
    phone.page.get_by_role("button", name="Mark unread from here").click()
    expect(chip).to_have_text("6 new")
    desk.page.goto(f"{FEED}c/{root}")
    ready(desk)
    expect(desk.page.locator("[data-unread-line] + li")).to_have_attribute("data-position", "25")


def test_a_gap_too_long_is_asked_for_again_in_place(person: Come, server: Server, line: NewLine) -> None:
    colleague, wire = person("colleague"), line()
    root = begin(colleague)
    ids = beside.replies(server, "colleague", root, 60)
    teacher = person("teacher", at=f"{wire.url}{FEED}")
    teacher.send(f"{FEED}c/{root}/place", position="30")
    teacher.page.goto(f"{wire.url}{FEED}c/{root}")
    ready(teacher)
    teacher.page.get_by_label("Write a reply").click()
    teacher.page.keyboard.type("Half a thought")
    expect(teacher.page.locator("trix-editor")).to_have_text("Half a thought")
    reading = teacher.reply_row(ids[31])
    expect(reading).to_be_in_viewport()
    wire.cut()
    beside.replies(server, "colleague", root, 320)
    expect(teacher.page.locator("html")).to_have_attribute("data-live", "away")
    before = height(teacher.page, ids[31])
    wire.mend()
    expect(teacher.page.locator("[data-window]")).to_have_attribute("data-newest", "380", timeout=40_000)
    expect(teacher.page.locator("trix-editor")).to_have_text("Half a thought")
    assert abs(height(teacher.page, ids[31]) - before) < 2
    teacher.page.get_by_role("link", name="Newest").click()
    expect(teacher.page.locator('[data-position="380"]')).to_be_in_viewport()


def test_by_keyboard(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = begin(teacher)
    theirs = colleague.reply(root, "One thought.")
    mine = teacher.reply(root, "Another thought.")
    teacher.page.goto(f"{FEED}c/{root}")
    ready(teacher)
    teacher.reply_row(theirs).evaluate("row => { row.tabIndex = -1; row.focus(); }")
    teacher.page.keyboard.press("j")
    expect(teacher.reply_row(mine)).to_be_focused()
    teacher.page.keyboard.press("k")
    expect(teacher.reply_row(theirs)).to_be_focused()
    teacher.page.keyboard.press("?")
    expect(teacher.page.get_by_role("dialog", name="Keys")).to_be_visible()
    teacher.page.keyboard.press("Escape")
    expect(teacher.page.get_by_role("dialog", name="Keys")).to_be_hidden()
    teacher.reply_row(theirs).focus()
    teacher.page.keyboard.press("q")
    expect(teacher.page.locator("[data-quoting-words]")).to_have_text("One thought.")
    teacher.page.get_by_role("button", name="Do not quote").click()
    teacher.reply_row(theirs).focus()
    teacher.page.keyboard.press("r")
    expect(teacher.page.locator("[data-reply-about]")).to_contain_text("In reply to Tomas")
    teacher.page.keyboard.press("Escape")
    teacher.reply_row(mine).evaluate("row => { row.tabIndex = -1; row.focus(); }")
    teacher.page.keyboard.press("e")
    teacher.page.wait_for_url(f"**/c/{mine}/edit")


def test_what_a_lead_does_shows_at_once(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = begin(teacher)
    reply = colleague.reply(root, "Item 14 of the sample test.")
    for one in (teacher, colleague):
        one.page.goto(f"{FEED}c/{root}")
        ready(one)
    teacher.reply_row(reply).get_by_label("More about this reply").click()
    teacher.page.get_by_role("button", name="Mark as the answer").click()
    expect(colleague.page.get_by_text("Answered: see the answer")).to_be_visible()
    expect(colleague.reply_row(reply)).to_contain_text("The answer")
    ready(teacher)
    teacher.page.get_by_label("More about this post").click()
    teacher.page.get_by_role("button", name="Close to new replies").click()
    expect(colleague.page.get_by_text("This talk is closed to new replies.")).to_be_visible()
    expect(colleague.page.get_by_label("Write a reply")).to_be_hidden()
    teacher.page.goto(f"{FEED}c/{root}/summary")
    teacher.page.get_by_label("What came out of it so far?").click()
    teacher.page.keyboard.type("Show the table, then item 14.")
    teacher.page.get_by_role("button", name="Save").click()
    expect(colleague.page.locator(".summary")).to_contain_text("Show the table, then item 14.")


def test_behind_a_proxy_without_web_sockets(person: Come, line: NewLine) -> None:
    colleague, wire = person("colleague"), line("refused")
    root = begin(colleague)
    teacher = person("teacher", at=f"{wire.url}{FEED}c/{root}")
    ready(teacher)
    colleague.page.goto(f"{FEED}c/{root}")
    ready(colleague)
    expect(teacher.page.locator("[data-here-words]")).to_have_text("Tomas is here")
    reply = colleague.reply(root, "It came the long way.")
    expect(teacher.reply_row(reply)).to_be_visible()
    assert wire.sockets_seen


def test_the_foot_opens_when_one_writes_and_keeps_what_is_there(person: Come) -> None:
    teacher = person("teacher", viewport={"width": 390, "height": 800})
    root = begin(teacher)
    teacher.page.goto(f"{FEED}c/{root}")
    ready(teacher)
    files = teacher.page.locator("[data-dock]").get_by_text("Add photos or files")
    expect(files).to_be_hidden()
    teacher.page.get_by_label("Write a reply").click()
    expect(files).to_be_visible()
    with teacher.page.expect_file_chooser():
        files.click()
    teacher.page.locator(".card-title").click(position={"x": 2, "y": 2}, force=True)
    teacher.page.goto(f"{FEED}c/{root}")
    ready(teacher)
    teacher.page.get_by_label("Write a reply").click()
    teacher.page.keyboard.type("Half a thought")
    expect(teacher.page.locator("[data-dock] [data-draft-state]")).to_have_text("Saved")
    teacher.page.reload()
    expect(teacher.page.locator("[data-dock] trix-editor")).to_have_text("Half a thought")
    expect(files).to_be_visible()
