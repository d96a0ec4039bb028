"""What ends: one's own sign-in, a post under one's eyes. Calmly, and nothing typed is lost."""

from collections.abc import Callable

from playwright.sync_api import Browser, Route, expect

from tests.journeys.beside import add_to_group, replies, take_from_group
from tests.journeys.people import FEED, Person, sign_in
from tests.support.servers import Server

Come = Callable[..., Person]


def test_signing_out_elsewhere_ends_what_is_live_here(browser: Browser, base_url: str) -> None:
    coach = sign_in(browser, base_url, "coach")
    coach.listen()
    elsewhere = coach.context.new_page()
    elsewhere.goto(FEED)
    elsewhere.get_by_label("Your account").click()
    elsewhere.get_by_role("button", name="Sign out").click(no_wait_after=True)
    expect(coach.page.locator("#toasts")).to_contain_text("You are signed out in this browser")
    expect(coach.page.locator("html")).to_have_attribute("data-live", "signed-out")
    elsewhere.wait_for_url("**/sign-in**")
    coach.context.close()


def test_losing_a_group_takes_its_posts_off_the_open_pages(browser: Browser, server: Server) -> None:
    teacher = sign_in(browser, server.url, "teacher")
    teacher.page.goto(f"{FEED}spaces/math-identity/")
    teacher.listen()
    post = teacher.page.locator("article[data-contribution]").first.get_attribute("id")
    one = teacher.context.new_page()
    one.goto(f"{FEED}c/{str(post).removeprefix('c-')}")
    expect(one.locator("html")).to_have_attribute("data-live", "open")
    take_from_group(server, "teacher", "math-identity")
    try:
        for page in (teacher.page, one):
            expect(page.get_by_role("main")).to_contain_text("no longer shared with you")
            expect(page.locator(f"#{post}")).to_have_count(0)
    finally:
        add_to_group(server, "teacher", "math-identity")
    teacher.context.close()


def test_a_post_that_is_taken_back_leaves_a_sentence_on_its_page(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    alone, answered = (colleague.share(f"For a little while, {number}.") for number in range(2))
    reply = teacher.reply(answered, "I answered this.")
    pages = {}
    for root in (alone, answered):
        pages[root] = teacher.context.new_page()
        pages[root].goto(f"{FEED}c/{root}")
        expect(pages[root].locator("html")).to_have_attribute("data-live", "open")
        colleague.send(f"{FEED}c/{root}/remove")
    expect(pages[alone].get_by_role("main")).to_contain_text("This is not here any more")
    expect(pages[answered].get_by_role("main")).to_contain_text("This was taken back")
    expect(pages[answered].locator(f"#reply-{reply}")).to_be_visible()


def test_the_live_event_may_come_before_the_answer(person: Come) -> None:
    teacher, colleague = person("teacher"), person("colleague")
    root = colleague.share("What do you do with early finishers?", "question")
    teacher.page.goto(f"{FEED}c/{root}")
    teacher.listen()

    answers: list[Callable[[], None]] = []

    def slowly(route: Route) -> None:
        answer = route.fetch()
        answers.append(lambda: route.fulfill(response=answer))

    teacher.page.route(f"**/c/{root}/reply", slowly)
    teacher.page.get_by_label("Write a reply").click()
    teacher.page.keyboard.type("A second question, harder.")
    teacher.page.get_by_role("button", name="Reply", exact=True).click()
    rows = teacher.page.locator(f"[data-replies='{root}'] > li")
    expect(rows).to_have_count(1)
    # the server has answered, which may take it a while: from then on the live event is on its way
    for _ in range(400):
        if answers:
            break
        teacher.page.wait_for_timeout(100)
    # longer than the page waits for an answer before it shows what was told
    teacher.page.wait_for_timeout(6500)
    expect(rows).to_have_count(1)
    answers[0]()
    expect(rows).to_have_attribute("data-position", "1")
    expect(rows).to_have_count(1)


def test_earlier_replies_come_above_and_stay_in_order(browser: Browser, server: Server) -> None:
    teacher, colleague = (sign_in(browser, server.url, who) for who in ("teacher", "colleague"))
    root = colleague.share("Everything about warm-ups.", "question")
    made = replies(server, "colleague", root, 56)
    teacher.page.goto(f"{FEED}c/{root}")
    teacher.listen()
    teacher.page.get_by_role("link", name="Show earlier replies").click()
    expect(teacher.reply_row(made[0])).to_be_visible()
    made.append(colleague.reply(root, "And one more."))
    expect(teacher.reply_row(made[-1])).to_be_visible()
    rows = teacher.page.locator("#replies [data-reply]").evaluate_all("rows => rows.map(row => row.id)")
    assert rows == [f"reply-{number}" for number in made]
    assert not teacher.trouble
    for each in (teacher, colleague):
        each.context.close()


def test_the_bell_rings_once_for_a_reply_and_is_quiet_for_what_one_sees(person: Come) -> None:
    # somebody of whom no other journey tells the bell anything, which the worker might be late with
    asker, colleague = person("ana.sousa"), person("colleague")
    root = asker.share("Do you let them use calculators?", "question")
    asker.page.goto(f"{FEED}members/")
    asker.listen()
    badge = asker.page.locator("[data-count='notifications.index']").first
    before = int(str(badge.text_content()).split(",")[0]) if badge.is_visible() else 0
    colleague.reply(root, "From October on.")
    expect(badge).to_contain_text(f"{before + 1},")
    asker.page.goto(f"{FEED}c/{root}")
    expect(badge).to_contain_text(f"{before},") if before else expect(badge).to_be_hidden()
