"""Adding: what is filled in, what is said of licences, and answering a request in the same breath."""

import io
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.core import previews
from app.library.models import RequestAnswer, Resource
from app.networks.models import grade_bit
from tests.library.test_requests import ask
from tests.support.clients import Client
from tests.support.factories import World, make_group

Browser = Callable[[Any], Client]


def page_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_the_licence_is_one_line_and_grades_are_those_that_one_teaches(
    db: Any, world: World, as_member: Browser
) -> None:
    world.teacher.grades = grade_bit(6) | grade_bit(8)
    db.session.commit()
    place = f"/n/{world.network.slug}/library"
    page = page_of(as_member(world.teacher).get(f"{place}/new").text)
    line = page.select_one(".licence-line > summary")
    assert line is not None
    assert line.get_text(" ", strip=True) == "Licence: CC BY 4.0 · change"
    assert len(page.select("select[name=licence]")) == 1
    checked = [box["value"] for box in page.select("input[name=grades][checked]")]
    assert checked == ["6", "8"]
    found = as_member(world.teacher).get(f"{place}/guess?title=Plots").json
    assert (found["grades"], found["own_grades"]) == ([6, 8], False)
    found = as_member(world.teacher).get(f"{place}/guess?title=Plots+grade+3").json
    assert (found["grades"], found["own_grades"]) == ([3], True)


def test_what_the_file_says_inside_counts(world: World, as_member: Browser, db: Any) -> None:
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}"
    words = b"Exit ticket for Grade 5, 10 minutes." + b" More words." * 300 + b" Grade 9 comes later."
    key = browser.post(f"{place}/uploads", data={"file": (io.BytesIO(words), "plots.txt")}).json["key"]
    asked = f"{place}/library/guess?name=plots.txt&key={key}"
    assert browser.get(asked).json["waiting"] is True
    previews.catch_up()
    found = browser.get(asked).json
    assert (found["grades"], found["minutes"], found["waiting"]) == ([5], 10, False)
    assert as_member(world.colleague).get(asked).json["minutes"] is None


def test_a_resource_and_its_answer_are_one(db: Any, world: World, as_member: Browser) -> None:
    group = make_group(world, world.teacher)
    place = ask(as_member(world.colleague), world)
    said = {"title": "Fresh plots", "body": "Here.", "language": "en", "licence": "CC0-1.0"}
    said |= {"for": place.rsplit("/", 1)[1], "space": str(group.id)}
    new = f"/n/{world.network.slug}/library/new"
    refused = as_member(world.teacher).post(new, data=said, headers={"Accept": "text/html"})
    assert refused.status_code == 422
    assert "could not open it there" in refused.text
    assert db.session.scalar(select(func.count()).select_from(Resource)) == 0
    kinds = select(func.count()).where(Contribution.kind == "resource")
    assert db.session.scalar(kinds) == 0
    said |= {"space": str(world.commons.id), "key": "k" * 22}
    for _twice in range(2):
        assert as_member(world.teacher).post(new, data=said).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(RequestAnswer)) == 1
    assert db.session.scalar(select(func.count()).select_from(Resource)) == 1
