"""Writing on a slow phone: scripts, drafts, frames and answers come late, or not at all.

No word is lost, doubled or put elsewhere.
"""

import re
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.sync_api import Error, Locator, Page, Route, expect

from tests.journeys.people import DRAFT, FEED, Person
from tests.journeys.test_threads import begin, ready

Come = Callable[..., Person]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
APP, EDITOR = "**/dist/app.*.js", "**/dist/editor.*.js"
LATE = """() => { const real = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = then => real(() => setTimeout(() => {
        then(performance.now()); document.documentElement.dataset.drawn = "late"; }, 1500)); }"""


class Held:
    """What a page asks for at these addresses stays on its way until it is let through."""

    def __init__(self, page: Page, address: str) -> None:
        self._waiting: list[Route] = []
        self._held = True
        page.route(address, self._come)

    def _come(self, route: Route) -> None:
        if self._held:
            self._waiting.append(route)
        else:
            route.fallback()

    def let_through(self) -> None:
        self._held = False
        for route in self._waiting:
            # what a page that is gone had asked for needs no answer
            with suppress(Error):
                route.continue_()


def at_end(box: Locator) -> None:
    """Put the caret behind the last word of a plain field."""
    box.focus()
    box.press("ControlOrMeta+End")


def test_words_wait_for_scripts_that_are_late(person: Come) -> None:
    page, draft = person("faye.littlebear", **PHONE).page, f"{FEED}drafts/question"
    box, editor = page.get_by_label("What do you want to ask?"), page.locator("trix-editor")
    saved = page.locator("[data-draft-state]")
    page.evaluate(DRAFT, [draft, None])
    late = Held(page, EDITOR)
    page.goto(f"{FEED}share/question")
    box.tap()
    page.keyboard.type("Who begins")
    expect(saved).to_have_text("Saved")
    page.reload(wait_until="domcontentloaded")
    expect(box).to_have_value("Who begins")
    at_end(box)
    page.keyboard.type(" with a picture")
    late.let_through()
    expect(editor).to_be_focused()
    page.keyboard.type("?")
    expect(editor).to_have_text("Who begins with a picture?")
    expect(saved).to_have_text("Saved")
    # rich by now: plain words stand for it, and what is typed behind them goes along
    late = Held(page, EDITOR)
    page.reload(wait_until="domcontentloaded")
    expect(box).to_have_value("Who begins with a picture?")
    at_end(box)
    page.keyboard.type(" Or a table.")
    late.let_through()
    expect(editor).to_contain_text(re.compile(r"^Who begins with a picture\?\s*Or a table\.$"))
    expect(saved).to_have_text("Saved")
    # before any script has come
    late = Held(page, APP)
    page.reload(wait_until="commit")
    box.tap()
    page.keyboard.type("In grade 6.")
    page.get_by_label("Add photos or files").set_input_files(
        {"name": "plots.csv", "mimeType": "text/csv", "buffer": b"grade,tries\n6,41\n"}
    )
    late.let_through()
    expect(page.locator("[data-uploads] input[name=file_keys]")).to_have_count(1)
    expect(editor).to_contain_text(re.compile(r"^Who begins with a picture\?\s*Or a table\.\s*In grade 6\.$"))
    page.get_by_role("button", name="Start over").tap()
    expect(editor).to_have_text("")
    # kept as plain words by a phone, brought to a desk whose editor is quick
    page.evaluate(DRAFT, [draft, {"body": ["Kept on the bus."]}])
    desk = person("faye.littlebear").page
    answer = Held(desk, f"**{draft}*")
    desk.goto(f"{FEED}share/question")
    desk.get_by_label("What do you want to ask?").click()
    expect(desk.locator("trix-editor")).to_be_focused()
    answer.let_through()
    expect(desk.locator("trix-editor")).to_have_text("Kept on the bus.")
    desk.get_by_role("button", name="Start over").click()
    expect(desk.locator("trix-editor")).to_have_text("")


def test_a_draft_takes_the_place_of_what_the_page_came_with(person: Come) -> None:
    asker = person("faye.littlebear")
    title = f"Box plots for Thursday {uuid.uuid4().hex[:8]}"
    asked = asker.send(f"{FEED}library/ask", title=title, body="For grade 6.", space=asker.space())["id"]
    page, draft = asker.page, f"{FEED}drafts/request?target=edit:{asked}"
    # changed on the phone, not sent; the editor of the desk is quicker than the draft
    body = {"title": [title], "html": ["<div>For grade 6, and two of grade 7.</div>"]}
    page.evaluate(DRAFT, [draft, body])
    answer = Held(page, "**/drafts/request*")
    page.goto(f"{FEED}c/{asked}/edit-request")
    editor = page.locator("trix-editor")
    expect(editor).to_have_text("For grade 6.")
    answer.let_through()
    expect(page.locator("[data-draft-state]")).to_contain_text("What you wrote before is back.")
    expect(editor).to_have_text("For grade 6, and two of grade 7.")
    page.evaluate(DRAFT, [draft, None])


def test_what_is_posted_on_a_bad_line_is_posted_once(person: Come) -> None:
    writer = person("faye.littlebear", **PHONE)
    writer.page.evaluate(DRAFT, [f"{FEED}drafts/question", None])
    writer.page.goto(f"{FEED}share/question")
    page, words = writer.page, f"Which plot first? {uuid.uuid4().hex[:8]}"
    box = page.get_by_label("What do you want to ask?")
    box.tap()
    expect(page.locator("trix-editor")).to_be_focused()
    page.keyboard.type(words)

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    post = page.get_by_role("button", name="Post", exact=True)
    page.route("**/share/question", lost, times=1)
    post.tap()
    expect(page.locator("#toasts")).to_contain_text("Not sent yet")
    expect(page.locator("trix-editor")).to_have_text(words)
    page.reload()
    expect(page.locator("trix-editor")).to_have_text(words)
    post.dblclick()
    expect(page).to_have_url(re.compile(r"/c/\d+$"))
    page.goto(FEED)
    expect(page.locator("article[data-contribution]").filter(has_text=words)).to_have_count(1)
    # a form that the browser sends: without a line its page stays
    page.evaluate(DRAFT, [f"{FEED}drafts/norms", None])
    page.goto(f"{FEED}norms/propose")
    page.get_by_label("In one line").fill(words)
    page.get_by_label("Why?").tap()
    expect(page.locator("trix-editor")).to_be_focused()
    page.keyboard.type("Nine at night is late.")
    writer.context.set_offline(True)
    page.get_by_role("button", name="Propose it").tap()
    expect(page.locator("#toasts")).to_contain_text("No connection")
    # as the line comes back they are saved, and the answer is lost: they are not somebody else's newer ones
    page.route("**/drafts/norms*", lost, times=1)
    with page.expect_event("requestfailed", lambda request: "/drafts/norms" in request.url):
        writer.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("In one line")).to_have_value(words)
    expect(page.locator("trix-editor")).to_have_text("Nine at night is late.")
    page.get_by_role("button", name="Start over").tap()
    expect(page.get_by_label("In one line")).to_have_value("")
    # and one that keeps no draft
    page.goto(f"{FEED}conversations/new")
    page.get_by_role("textbox", name="Message").tap()
    expect(page.locator("trix-editor")).to_be_focused()
    page.keyboard.type("Between us")
    writer.context.set_offline(True)
    page.get_by_role("button", name="Send").tap()
    expect(page.locator("#toasts")).to_contain_text("No connection")
    expect(page.locator("trix-editor")).to_have_text("Between us")
    writer.context.set_offline(False)


def answering(person: Come, question: str) -> tuple[Page, int, Locator, Locator, Locator]:
    """A phone on a new question's page, about to answer: the page, the question, the editor, the line below
    it that tells of the draft, the button."""
    writer = person("faye.littlebear", **PHONE)
    page, root = writer.page, writer.share(f"{question} {uuid.uuid4().hex[:8]}", "question")
    page.goto(f"{FEED}c/{root}")
    writer.listen()
    form = page.locator("#reply-form")
    page.get_by_label("Write a reply").tap()
    expect(form.locator("trix-editor")).to_be_focused()
    said = form.locator("[data-draft-state]")
    return page, root, form.locator("trix-editor"), said, form.locator(".button-primary")


def test_words_on_their_way_are_not_somebody_elses_newer_ones(person: Come) -> None:
    page, root, editor, saved, reply = answering(person, "Tables or graphs?")
    rows = page.locator(f"[data-replies='{root}'] > li")
    page.keyboard.type("Tables.")
    expect(saved).to_have_text("Saved")
    slow = Held(page, "**/reply")
    reply.tap()
    expect(rows).to_have_count(1)
    # the server still has those as a draft while the next ones are begun
    editor.tap()
    page.keyboard.type("Then graphs")
    expect(saved).to_have_text("Saved")
    slow.let_through()
    expect(rows).to_have_attribute("data-position", "1")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.keyboard.type(", side by side.")
    page.reload()
    expect(editor).to_have_text("Then graphs, side by side.")
    expect(rows).to_have_count(1)


def test_what_was_refused_is_a_draft_again_or_nobodys(person: Come) -> None:
    page, _root, editor, saved, reply = answering(person, "Paper or screen?")
    row = page.locator("[data-outbox]")
    no = {"status": 422, "json": {"error": "Not like this."}}
    page.route("**/reply", lambda route: route.fulfill(**no), times=2)
    page.keyboard.type("Paper")
    expect(saved).to_have_text("Saved")
    # the server has the first word alone
    page.keyboard.type(" on Mondays")
    reply.tap()
    row.get_by_role("button", name="Edit").tap()
    expect(editor).to_have_text("Paper on Mondays")
    expect(saved).to_have_text("Saved")
    editor.press("ControlOrMeta+End")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.keyboard.type(".")
    page.reload()
    expect(editor).to_have_text("Paper on Mondays.")
    expect(saved).to_contain_text("What you wrote before is back.")
    reply.tap()
    with page.expect_response(lambda answer: answer.request.method == "DELETE" and answer.ok):
        row.get_by_role("button", name="Discard").tap()
    expect(row).to_have_count(0)
    page.reload()
    page.get_by_label("Write a reply").tap()
    expect(editor).to_be_focused()
    expect(editor).to_have_text("")


def test_a_reply_stays_where_it_belongs(person: Come) -> None:
    teacher, colleague = person("faye.littlebear", **PHONE), person("colleague")
    page, root = teacher.page, begin(colleague)
    for number in range(8):
        colleague.reply(root, f"Thought {number}.")
    teacher.send(f"{FEED}c/{root}/place", position="2")
    box, editor = page.get_by_label("Write a reply"), page.locator("[data-dock] trix-editor")
    # the script finds somebody who writes already: the page stays
    late = Held(page, APP)
    page.goto(f"{FEED}c/{root}", wait_until="commit")
    box.tap()
    page.keyboard.type("Half")
    before = page.evaluate("() => window.scrollY")
    late.let_through()
    ready(teacher)
    assert abs(page.evaluate("() => window.scrollY") - before) < 24
    expect(box).to_have_value("Half")
    page.reload()
    ready(teacher)
    answered = page.locator("[data-flat] > [data-reply]").last
    answered.get_by_role("link", name="Reply", exact=True).tap()
    about = page.locator("[data-reply-about]")
    expect(about).to_contain_text("In reply to Tomas")
    expect(editor).to_be_focused()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" a thought")
    expect(page.locator("[data-dock] [data-draft-state]")).to_have_text("Saved")
    page.reload()
    ready(teacher)
    expect(about).to_contain_text("In reply to Tomas")
    expect(editor).to_have_text("Half a thought")
    # refused, while the next one is begun: both are there
    page.route("**/reply", lambda route: route.fulfill(status=422, json={"error": "Not like this."}), times=1)
    page.get_by_role("button", name="Reply", exact=True).tap()
    row = page.locator("[data-flat] > [data-outbox]")
    expect(row).to_contain_text("Not like this.")
    editor.tap()
    page.evaluate(LATE)
    page.keyboard.type("Next.")
    row.get_by_role("button", name="Edit").tap()
    expect(editor).to_contain_text(re.compile(r"Half a thought\s*Next\."))
    # sent before a frame has drawn the last words
    page.keyboard.type(" More.")
    page.get_by_role("button", name="Reply", exact=True).tap()
    own = page.locator("[data-flat] > [data-reply]").filter(has_text="More.")
    expect(own).to_have_count(1)
    expect(own).to_contain_text(re.compile(r"Half a thought\s*Next\."))
    expect(own.locator(".re")).to_contain_text("In reply to Tomas")
