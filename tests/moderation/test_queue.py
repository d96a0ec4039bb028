"""The queue narrowed: by norm, by who is on it, by age; all of it in the address."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from app.moderation import actions
from app.moderation.models import CaseNote
from tests.moderation.conftest import Scene, as_read
from tests.support.factories import make_post

Browser = Callable[[Any], Any]


def heads(page: str) -> list[str]:
    return [head.get_text() for head in BeautifulSoup(page, "html.parser").select(".case-line > b")]


@pytest.fixture
def queue(scene: Scene, clock: Any) -> Scene:
    """An old report by a norm, and a new one of a student's privacy."""
    world = scene.world
    scene.report()
    clock.move(days=3)
    fresh = make_post(world.neighbour, world.commons, "Fresh words", title="A fresh one")
    actions.report_contribution(world.colleague, fresh, ref="privacy")
    return scene


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["A fresh one", "A day"]),
        ("norm=All+voices", ["A day"]),
        ("norm=Another", []),
        ("old=1", ["A day"]),
        ("why=privacy&old=1", []),
        ("old=yes&mine=maybe", ["A fresh one", "A day"]),
    ],
)
def test_what_each_filter_leaves(queue: Scene, as_member: Browser, asked: str, found: list[str]) -> None:
    assert heads(as_member(queue.world.facilitator).get(f"/moderation?{asked}").text) == found


def test_what_i_have_claimed(queue: Scene, as_member: Browser) -> None:
    world = queue.world
    cases = [report.case for report in _reports()]
    actions.claim(world.facilitator, cases[0])
    actions.claim(world.director, cases[1])
    browser = as_member(world.facilitator)
    assert len(heads(browser.get("/moderation?state=claimed").text)) == 2
    assert heads(browser.get("/moderation?state=claimed&mine=1").text) == ["A day"]
    assert heads(as_member(world.director).get("/moderation?state=claimed&mine=1").text) == ["A fresh one"]


def _reports() -> Any:
    from app.core.db import db
    from app.moderation.models import Report

    return db.session.query(Report).order_by(Report.id)


def test_filters_stay_in_the_address_of_every_other_one(queue: Scene, as_member: Browser) -> None:
    page = as_member(queue.world.facilitator).get("/moderation?norm=All+voices&old=1").text
    links = [unescape(link) for link in re.findall(r'class="filter" href="([^"]+)"', page)]
    assert links
    assert all("norm=All+voices" in link for link in links)
    form = BeautifulSoup(page, "html.parser").select_one("form[method=get]:has([name=norm])")
    assert form is not None
    assert [(field["name"], field["value"]) for field in form.select("input")] == [("old", "1")]
    assert form.select_one("option[selected]").get_text() == "All voices"  # type: ignore[union-attr]
    assert form.select_one("button") is not None


def test_an_empty_queue_says_why(queue: Scene, as_member: Browser) -> None:
    browser = as_member(queue.world.facilitator)
    assert "Nothing fits these filters" in browser.get("/moderation?norm=Another").text
    assert "Nobody is on anything" in browser.get("/moderation?state=claimed").text
    assert "Nothing done yet" in browser.get("/moderation?state=done").text
    for report in _reports():
        queue.act(report.case, "none", ref="", letter="")
    assert "Nothing waits" in browser.get("/moderation").text


def test_nothing_that_was_typed_is_lost_in_a_case(scene: Scene, as_member: Browser, db: Any) -> None:
    browser, case = as_member(scene.world.facilitator), scene.report().case
    here = f"/moderation/{case.id}"
    lines = "\r\n".join(["y" * 99] * 20)
    assert browser.post(f"{here}/note", data={"words": lines}).status_code == 303, (
        "a line's end is one character"
    )
    assert db.session.scalars(select(CaseNote.words)).one() == lines.replace("\r\n", "\n")
    too_long = browser.post(f"{here}/note", data={"words": "A long note. " * 200})
    assert too_long.status_code == 422
    assert (
        BeautifulSoup(too_long.text, "html.parser")
        .select_one("#note-words")
        .text.strip()
        .startswith("A long")
    )
    hidden = scene.act(case, "hide")
    form = {"reason": "A long reason. " * 40, **as_read(case)}
    refused = as_member(scene.world.director).post(f"{here}/undo/{hidden.id}", data=form)
    assert refused.status_code == 422
    assert "A long reason. A long" in refused.text


def test_nonsense_and_late_hands_do_no_harm(scene: Scene, as_member: Browser) -> None:
    browser, case = as_member(scene.world.facilitator), scene.report().case
    here = f"/moderation/{case.id}"
    assert browser.post(f"{here}/give_back").status_code == 303, "it was given back already, in another tab"
    sent = browser.post(f"{here}/act/none", data={"misuse": ["9" * 25, "x"], **as_read(case)})
    assert sent.status_code == 303
