"""What is missed while a line is cut comes once and in order; a proxy of a school does not matter."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import NewLine
from tests.journeys.people import FEED, Person
from tests.support.line import WebSockets

Come = Callable[..., Person]


def rows(person: Person) -> list[str]:
    """The replies that the page shows, from top to bottom."""
    found: list[str] = person.page.locator("#replies [data-reply]").evaluate_all(
        "rows => rows.map(row => row.id)"
    )
    return found


def test_a_cut_line_loses_nothing_and_doubles_nothing(person: Come, line: NewLine) -> None:
    colleague = person("colleague")
    root = colleague.share("How do you launch a number talk?", "question")
    wire = line()
    teacher = person("teacher", at=f"{wire.url}{FEED}c/{root}")
    teacher.listen()
    before = colleague.reply(root, "With a picture.")
    expect(teacher.reply_row(before)).to_be_visible()
    wire.cut()
    missed = [colleague.reply(root, f"While you were away, {number}.") for number in range(4)]
    gone = missed.pop(1)
    colleague.send(f"{FEED}c/{gone}/remove")
    expect(teacher.page.locator("html")).to_have_attribute("data-live", "away")
    wire.mend()
    after = colleague.reply(root, "And now you are back.")
    expect(teacher.reply_row(after)).to_be_visible(timeout=30_000)
    assert rows(teacher) == [f"reply-{number}" for number in (before, *missed, after)]


@pytest.mark.parametrize("web_sockets", ["refused", "swallowed"])
def test_without_web_sockets_everything_still_arrives(
    person: Come, line: NewLine, web_sockets: WebSockets
) -> None:
    colleague = person("colleague")
    wire = line(web_sockets)
    teacher = person("teacher", at=f"{wire.url}{FEED}")
    teacher.listen()
    new = colleague.share(f"Through a proxy of the school: {web_sockets}.")
    expect(teacher.page.locator("[data-new-posts]")).to_be_visible()
    teacher.page.locator("[data-new-posts]").click()
    answer = colleague.reply(new, "It arrived.")
    expect(teacher.reply_row(answer)).to_be_visible()
    assert wire.sockets_seen


def test_a_page_that_missed_too_much_asks_for_itself_again(person: Come) -> None:
    colleague, teacher = person("colleague"), person("teacher")
    root = colleague.share("Which task begins your year?", "question")
    stream = f"contribution:{root}"
    missed: list[int] = []

    def an_old_page(route: Route) -> None:
        """What came after it is too much to tell: here, its number is one that the server does not know."""
        answer = route.fetch()
        if not missed:
            missed.append(colleague.reply(root, "The one about buses."))
        route.fulfill(response=answer, body=answer.text().replace(f'"{stream}": 0', f'"{stream}": 999'))

    teacher.page.route(f"**/c/{root}", an_old_page)
    teacher.page.goto(f"{FEED}c/{root}")
    teacher.page.get_by_label("Write a reply").click()
    teacher.page.keyboard.type("Half a thought")
    expect(teacher.reply_row(missed[0])).to_be_visible()
    expect(teacher.page.get_by_label("Write a reply")).to_have_text("Half a thought")
    expect(teacher.page.get_by_label("Write a reply")).to_be_focused()
