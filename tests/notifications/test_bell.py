"""The bell's pages: words, places, reading; a GET changes nothing; nobody sees another's."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from app.contributions.actions import commit_to, react, remove_contribution
from app.contributions.actions.editing import hold
from app.core.db import db
from app.networks.models import Member
from app.notifications.models import Notification
from app.notifications.queries import unread_count
from app.spaces.actions import take_from_space
from tests.notifications import world as making
from tests.notifications.world import World, mention, post, reply
from tests.support.clients import Client

Browsers = Callable[[Member], Client]


def page(client: Client, address: str = "/notifications") -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status
    return BeautifulSoup(answer.text, "html.parser")


def sentences(soup: BeautifulSoup) -> list[str]:
    """What the lines say, without the time."""
    found = []
    for line in soup.select("a.notice p"):
        for small in line.select("small, .visually-hidden"):
            small.extract()
        found.append(" ".join(line.get_text().split()))
    return found


def badge(soup: BeautifulSoup) -> str:
    count = soup.select_one('[data-count="notifications.index"]')
    assert count is not None
    return "" if count.has_attr("hidden") else count.select_one("[aria-hidden]").get_text()  # type: ignore[union-attr]


def test_each_verb_has_its_words(net: World, outbox: Any, browser_of: Browsers, clock: Any) -> None:
    root = post(net.ana, "Number lines on the floor", title="Walking the number line", kind="material")
    own = reply(net.ana, root, "My own two cents about tape")

    def then(act: Callable[[], Any]) -> None:
        clock.move(seconds=1)
        act()
        outbox.drain()

    then(lambda: react(net.ben, own, "thanks"))
    then(lambda: react(net.ben, root, "learned"))
    then(lambda: commit_to(net.ben, root))
    then(lambda: post(net.ben, kind="tried_it", outcome="mixed", reports_on_id=root.id))
    for member in (net.ben, net.cleo, net.dev):
        then(lambda member=member: reply(member, root))
    other = post(net.cleo, "Mine", title="Ratios")
    then(lambda: reply(net.ben, other, html=f"<p>{mention(net.ana)}</p>"))
    assert sentences(page(browser_of(net.ana))) == [
        "Ben Ode mentioned you in Ratios",
        "Dev Rao and 2 others replied to Walking the number line",
        "Ben Ode tried Walking the number line and told how it went",
        "Ben Ode will try Walking the number line",
        "Ben Ode learned from Walking the number line",
        "Ben Ode thanked you for your reply My own two cents about tape",
    ]


def test_a_reply_to_my_reply_in_the_post_of_another(net: World, outbox: Any, browser_of: Browsers) -> None:
    root = post(net.ana, title="Walking the number line")
    mine = reply(net.ben, root)
    reply(net.cleo, root, parent_id=mine.id)
    outbox.drain()
    assert sentences(page(browser_of(net.ben))) == ["Cleo Park replied to you in Walking the number line"]


def test_the_badge_counts_lines_and_the_panel_shows_them(
    net: World, outbox: Any, browser_of: Browsers
) -> None:
    root = post(net.ana, title="Walking")
    for member in (net.ben, net.cleo):
        reply(member, root)
        react(member, root, "thanks")
    outbox.drain()
    client = browser_of(net.ana)
    assert badge(page(client)) == "2"
    panel = page(client, "/notifications/panel")
    assert sorted(sentences(panel)) == [
        "Cleo Park and Ben Ode replied to Walking",
        "Cleo Park and Ben Ode thanked you for Walking",
    ]
    assert badge(page(browser_of(net.ben))) == ""


def test_a_get_reads_nothing(net: World, outbox: Any, browser_of: Browsers) -> None:
    root = post(net.ana)
    reply(net.ben, root)
    outbox.drain()
    client = browser_of(net.ana)
    line = page(client).select_one("a.notice")
    assert line is not None
    for address in ("/notifications", "/notifications/panel", "/notifications/unread", str(line["href"])):
        client.get(address)
    assert unread_count([net.ana]) == 1
    for address in ("/notifications/read", f"/n/cedar/c/{root.id}/seen"):
        assert client.get(address).status_code in (404, 405)
    assert unread_count([net.ana]) == 1


def test_opening_the_page_reads_what_leads_there_and_nothing_else(
    net: World, outbox: Any, browser_of: Browsers
) -> None:
    first, second = post(net.ana), post(net.ana)
    reply(net.ben, first)
    react(net.ben, first, "thanks")
    reply(net.ben, second)
    outbox.drain()
    client = browser_of(net.ana)
    assert client.post(f"/n/cedar/c/{first.id}/seen").status_code == 204
    assert badge(page(client)) == "1"
    assert client.post(f"/n/cedar/c/{first.id}/seen").status_code == 204
    assert client.post("/n/cedar/c/999999999/seen").status_code == 204, "the answer tells nothing"


def test_reading_one_line_by_its_button_and_all_up_to_what_was_shown(
    net: World, outbox: Any, browser_of: Browsers, clock: Any
) -> None:
    roots = [post(net.ana), post(net.ana)]
    for root in roots:
        reply(net.ben, root)
    outbox.drain()
    client = browser_of(net.ana)
    shown = page(client)
    button = shown.select_one('button[form="read-one"]')
    assert button is not None
    assert client.post("/notifications/read", data={"id": button["value"]}).status_code == 303
    assert unread_count([net.ana]) == 1
    clock.move(seconds=5)
    reply(net.ben, post(net.ana))
    outbox.drain()
    until = shown.select_one('input[name="until"]')
    assert until is not None
    client.post("/notifications/read", data={"until": until["value"]})
    assert unread_count([net.ana]) == 1, "what came after the page was made is still new"
    client.post("/notifications/read")
    assert unread_count([net.ana]) == 0


def test_nobody_reads_or_marks_the_line_of_another(net: World, outbox: Any, browser_of: Browsers) -> None:
    reply(net.ben, post(net.ana))
    outbox.drain()
    line = db.session.query(Notification).one()
    thief = browser_of(net.cleo)
    assert sentences(page(thief)) == []
    for given in (str(line.id), "0", "-1", "x" * 40, "9" * 18, "١"):
        assert thief.post("/notifications/read", data={"id": given}).status_code == 404
    assert unread_count([net.ana]) == 1


@pytest.mark.parametrize("address", ["/notifications", "/notifications/panel", "/notifications/settings"])
def test_signed_out_people_see_nothing(app: Any, client: Client, address: str) -> None:
    assert client.get(address, headers={"Accept": "text/html"}).status_code == 302


def test_what_does_not_show_any_more_is_neither_shown_nor_counted(
    net: World, outbox: Any, browser_of: Browsers
) -> None:
    """Without the outbox having run: the page itself asks again."""
    group = net.group("Quiet room", net.ana, net.ben)
    held, removed, left = post(net.ana), post(net.ana), post(net.ana, space=group)
    answers = [reply(net.ben, root) for root in (held, removed, left)]
    outbox.drain()
    client = browser_of(net.ana)
    assert badge(page(client)) == "3"
    hold(answers[0], reason="reports")
    remove_contribution(net.ben, answers[1])
    take_from_space(group.id, net.ana.id)
    assert (badge(page(client)), sentences(page(client))) == ("", [])


def test_a_person_in_two_networks_has_one_bell_that_says_where(
    net: World, outbox: Any, browser_of: Browsers
) -> None:
    maple = making.network("Maple")
    ana = maple.person("Ana Ruiz", of=net.ana.account)
    eve = maple.person("Eve Moss")
    reply(net.ben, post(net.ana))
    reply(eve, post(ana))
    outbox.drain()
    shown = page(browser_of(net.ana))
    assert badge(shown) == "2"
    places = [place.get_text() for place in shown.select("a.notice small span")]
    assert sorted(places) == ["Cedar", "Maple"]
    assert badge(page(browser_of(eve))) == ""


def test_pages_follow_one_another_by_keyset(net: World, outbox: Any, browser_of: Browsers) -> None:
    for _number in range(23):
        react(net.ben, post(net.ana), "thanks")
    outbox.drain()
    client = browser_of(net.ana)
    first = page(client)
    following = first.select_one("a[rel=next]")
    assert following is not None
    second = page(client, str(following["href"]))
    ids = [line["id"] for soup in (first, second) for line in soup.select("ul.notices > li")]
    assert (len(ids), len(set(ids))) == (23, 23)
    assert second.select_one("a[rel=next]") is None
    assert len(page(client, "/notifications?after=nonsense").select("a.notice")) == 20


def test_names_and_titles_are_text_and_never_markup(net: World, outbox: Any, browser_of: Browsers) -> None:
    evil = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    mallory = net.person(evil)
    reply(mallory, post(net.ana, title=evil))
    outbox.drain()
    shown = page(browser_of(net.ana))
    assert shown.select("a.notice img") == []
    assert sentences(shown) == [f"{evil} replied to {evil}"]
