"""Requests: needed by others too, looked for in place, told of, said differently, closed and opened."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import remove_contribution
from app.contributions.models import Contribution
from app.core import clock, doctor, personal
from app.core.access import Forbidden
from app.core.command import command
from app.library.actions import answer_request, ask_for, edit_request, need_too, say_met
from app.library.models import RequestNeed, ResourceRequest
from app.library.queries import fitting
from app.networks.models import Member
from app.notifications.queries import lines_of
from tests.library.conftest import Make
from tests.support.clients import Client
from tests.support.factories import World, make_group

Browser = Callable[[Any], Client]


@pytest.fixture
def asked(world: World) -> Contribution:
    return ask_for(
        world.colleague, world.commons, title="Box plots", html="<p>For Thursday</p>", needed_by=None
    )


def place(world: World, request: Contribution) -> str:
    return f"/n/{world.network.slug}/c/{request.id}"


def heard(member: Member) -> list[tuple[str, str]]:
    return [(line.verb, line.with_what) for line in lines_of([member]).items]


def titles(rows: Any) -> list[str]:
    return [row.title for row in rows]


def test_what_fits_is_looked_for_in_place(
    world: World, as_member: Browser, resource: Make, asked: Contribution
) -> None:
    group = make_group(world, world.teacher, world.colleague)
    resource("Sneaker box plots")
    resource("Dot plots", words="Not the box kind")
    resource("Hidden box plots", space=group)
    resource("Ratios", author=world.neighbour)
    assert titles(fitting(world.teacher, asked, "box PLOTS")) == ["Sneaker box plots", "Dot plots"]
    assert titles(fitting(world.teacher, asked, "100%")) == []
    assert titles(fitting(world.teacher, asked, "")) == ["Dot plots", "Sneaker box plots"]
    inside = ask_for(world.colleague, group, title="Plots", html="", needed_by=None)
    assert "Hidden box plots" in titles(fitting(world.teacher, inside, "hidden"))
    browser, here = as_member(world.teacher), place(world, asked)
    options = browser.get(f"{here}/fitting?q=sneaker").text
    assert 'role="option"' in options
    assert "with=" in options
    assert "Sneaker box plots" in browser.get(f"{here}?q=sneaker").text
    assert "Nothing in the library fits" in browser.get(f"{here}?q=hidden").text
    assert as_member(world.outsider).get(f"{here}/fitting?q=box").status_code == 404


def test_what_is_picked_is_shown_and_sent(
    world: World, as_member: Browser, resource: Make, asked: Contribution
) -> None:
    root = resource("Sneaker box plots")
    hidden = resource("Hidden", space=make_group(world, world.teacher))
    browser, here = as_member(world.teacher), place(world, asked)
    page = browser.get(f"{here}?with={root.id}").text
    assert f'name="resource" value="{root.id}"' in page
    assert "Answer with it" in page
    for wrong in (hidden.id, 999_999, "x"):
        assert 'name="resource"' not in browser.get(f"{here}?with={wrong}").text
    sent = browser.post(f"{here}/answer-request", data={"resource": root.id})
    assert "They are told right away" in browser.get(sent.headers["Location"]).text


def test_a_link_that_leads_nowhere_stays_in_its_field(
    world: World, as_member: Browser, asked: Contribution
) -> None:
    page = as_member(world.teacher).post(
        f"{place(world, asked)}/answer-request", data={"link": "https://elsewhere.example/thing"}
    )
    assert page.status_code == 422
    assert 'value="https://elsewhere.example/thing"' in page.text
    assert 'id="link-error"' in page.text


def test_who_asked_and_who_needs_it_too_are_told(
    db: Any, world: World, as_member: Browser, resource: Make, asked: Contribution, outbox: Any
) -> None:
    root, browser = resource("Sneaker box plots"), as_member(world.neighbour)
    assert browser.post(f"{place(world, asked)}/need").status_code == 303
    need_too(world.neighbour, asked, on=True)
    db.session.refresh(asked)
    assert asked.card["needs"] == 1
    assert "one colleague needs it too" in as_member(world.teacher).get(place(world, asked)).text
    reply = answer_request(world.teacher, asked, root)
    outbox.drain()
    assert heard(world.colleague) == [("answered", "Sneaker box plots")]
    assert heard(world.neighbour) == [("answered", "Sneaker box plots")]
    assert heard(world.principal) == []
    bell = as_member(world.colleague).get("/notifications").text
    assert "answered your request <b>Box plots</b> with <b>Sneaker box plots</b>" in bell
    assert "which you need too" in browser.get("/notifications").text
    say_met(world.colleague, asked, met=True)
    outbox.drain()
    assert ("met", "") in heard(world.neighbour)
    say_met(world.colleague, asked, met=False)
    remove_contribution(world.teacher, reply)
    outbox.drain()
    assert heard(world.neighbour) == heard(world.colleague) == []
    assert doctor.examine() == []


def test_who_needs_it_too_may_think_again(
    db: Any, world: World, as_member: Browser, asked: Contribution
) -> None:
    need_too(world.neighbour, asked, on=True)
    as_member(world.neighbour).post(f"{place(world, asked)}/need", data={"on": "0"})
    db.session.refresh(asked)
    assert "needs" not in asked.card
    with pytest.raises(Forbidden):
        need_too(world.colleague, asked, on=True)
    assert as_member(world.outsider).post(f"{place(world, asked)}/need").status_code == 404


def test_a_need_goes_with_its_person(db: Any, world: World, asked: Contribution) -> None:
    need_too(world.neighbour, asked, on=True)
    account = world.neighbour.account
    exported = dict(personal.everything_of(account))
    assert exported[f"library/{world.network.slug}/needed.json"][0]["request"] == asked.id

    @command
    def go() -> None:
        personal.erase(account, keep_contributions=True)

    go()
    assert db.session.scalars(select(RequestNeed)).all() == []
    db.session.refresh(asked)
    assert "needs" not in asked.card
    assert doctor.examine() == []


def test_who_asked_says_it_differently(
    db: Any, world: World, as_member: Browser, resource: Make, asked: Contribution
) -> None:
    answer_request(world.teacher, asked, resource())
    browser, here = as_member(world.colleague), place(world, asked)
    assert browser.get(f"{here}/edit").headers["Location"].endswith("/edit-request")
    assert "For Thursday" in browser.get(f"{here}/edit-request").text
    day = (clock.now() + timedelta(days=9)).date()
    said = {"title": "Dot plots", "html": "<p>For Friday</p>", "needed_by": day.isoformat(), "grades": ["6"]}
    assert browser.post(f"{here}/edit-request", data=said | {"title": ""}).status_code == 422
    assert browser.post(f"{here}/edit-request", data=said | {"seen": "first"}).status_code == 303
    db.session.refresh(asked)
    assert (asked.title, asked.text, asked.grades, asked.card["answers"]) == (
        "Dot plots",
        "For Friday",
        64,
        1,
    )
    assert db.session.get_one(ResourceRequest, asked.id).needed_by == day
    assert browser.post(f"{here}/edit-request", data=said | {"seen": "first"}).status_code == 409
    assert as_member(world.teacher).get(f"{here}/edit-request").status_code == 403
    assert as_member(world.outsider).get(f"{here}/edit-request").status_code == 404
    with clock.freeze(clock.now() + timedelta(days=12)):
        later = as_member(world.colleague).post(f"{here}/edit-request", data=said)
        assert later.status_code == 303, "its day may stay"
    edit_request(world.colleague, asked, title="Any plots", html="", needed_by=None)
    assert "needed_by" not in asked.card
    assert doctor.examine() == []


def test_it_is_closed_and_opened_again(world: World, as_member: Browser, asked: Contribution) -> None:
    browser, here = as_member(world.colleague), place(world, asked)
    for on, button in (("1", "I still need it"), ("0", "I have found it")):
        answer = browser.post(f"{here}/met", data={"on": on})
        assert button in browser.get(answer.headers["Location"]).text
