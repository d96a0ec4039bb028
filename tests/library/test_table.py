"""The table of several files is a draft: there after a reload, with and without scripts, until all are in."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from app.contributions.actions.drafts import find_draft, save_draft
from app.contributions.models import Contribution
from app.core.command import command
from app.core.files import StorageFull, files
from tests.library.conftest import upload
from tests.support.clients import Client
from tests.support.factories import World

Browser = Callable[[Any], Client]


@pytest.fixture
def place(world: World) -> str:
    return f"/n/{world.network.slug}/library/many"


def filled(world: World, key: str, **more: Any) -> dict[str, Any]:
    said = {"filled": "1", "file_keys": key, f"{key}.title": "Spinner cards", f"{key}.what": "task"}
    return {**said, "licence": "CC0-1.0", "language": "en", "space": str(world.commons.id), **more}


def titles(db: Any) -> list[str]:
    return list(db.session.scalars(select(Contribution.title).where(Contribution.kind == "resource")))


def test_files_of_a_plain_form_become_the_table(
    db: Any, world: World, as_member: Browser, place: str
) -> None:
    browser = as_member(world.teacher)
    page = browser.get(place).text
    assert 'enctype="multipart/form-data"' in page
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        bundle.writestr("week/two_dice.txt", "Roll twice.")
    sent = [
        (io.BytesIO(b"Cut the cards."), "spinner_cards.txt"),
        (io.BytesIO(packed.getvalue()), "week.zip"),
        (io.BytesIO(b"<html><script>"), "page.html"),
    ]
    answer = browser.post(place, data={"files": sent}, content_type="multipart/form-data")
    assert (answer.status_code, answer.location) == (303, place)
    table = browser.get(place).text
    assert 'value="Spinner cards"' in table
    assert 'value="Two dice"' in table
    assert "page.html: " in table
    assert titles(db) == []
    nothing = browser.post(place, data={"over": "1"}, follow_redirects=True).text
    assert "Choose files" in nothing
    assert find_draft(world.teacher, "table", "") is None


def test_a_plain_form_with_nothing_that_can_be_taken(
    world: World, as_member: Browser, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_member(world.teacher)
    said = browser.post(place, data={"files": (io.BytesIO(b"<html>"), "page.html")})
    assert (said.status_code, "page.html: " in said.text) == (422, True)
    assert browser.post(place, data={}).status_code == 422

    def full(*_given: Any, **_more: Any) -> None:
        raise StorageFull

    monkeypatch.setattr(files, "receive", full)
    said = browser.post(place, data={"files": (io.BytesIO(b"Plots"), "plots.txt")})
    assert (said.status_code, "no room left" in said.text) == (507, True)


def drawn_number(page: str) -> int:
    form = BeautifulSoup(page, "html.parser").select_one("form[data-many]")
    assert form is not None
    return int(str(form["data-draft-drawn"]))


def test_what_was_filled_in_is_there_after_a_reload(
    db: Any, world: World, as_member: Browser, place: str
) -> None:
    browser, key = as_member(world.teacher), upload(world, world.teacher, "spinner_cards.txt")
    assert browser.post(place, data={"file_keys": key}).status_code == 303
    drawn = browser.get(place).text
    assert f'data-draft="table:{key}"' in drawn
    number = drawn_number(drawn)
    assert "data-draft-state" in drawn
    # what the page's script saves while it is filled in
    body = {name: [value] for name, value in filled(world, key, subject="science").items()}
    body |= {f"{key}.minutes": ["25"], f"{key}.grades": ["6", "8"], "grades": ["3"], "stays": ["1"]}
    body |= {f"{key}.title": ["Spinner cards for two"], f"{key}.standards": ["half a co"]}
    save_draft(world.teacher, "table", "", body, sequence=number)
    again = browser.get(place).text
    assert drawn_number(again) == number + 1
    for kept in ('value="Spinner cards for two"', 'value="25"', '<option selected value="science"'):
        assert kept in again
    boxes = BeautifulSoup(again, "html.parser").select("form[data-many] input[checked]")
    ticked = [(box["name"], box["value"]) for box in boxes]
    wanted = [("grades", "3"), (f"{key}.grades", "6"), (f"{key}.grades", "8"), ("stays", "1")]
    assert sorted(ticked) == sorted(wanted)
    said = filled(world, key, **{f"{key}.title": "", f"{key}.minutes": "41"})
    refused = browser.post(place, data={**said, "draft": f"{number + 1}:table:"})
    assert refused.status_code == 422
    assert drawn_number(refused.text) == number + 2
    assert 'value="41"' in browser.get(place).text
    assert f'name="draft" value="{number + 2}:table:"' in refused.text
    sent = {**filled(world, key), "draft": f"{number + 2}:table:"}
    assert browser.post(place, data=sent).status_code == 303
    assert titles(db) == ["Spinner cards"]
    assert find_draft(world.teacher, "table", "") is None
    assert "Choose files" in browser.get(place).text


def test_a_table_that_was_saved_elsewhere_since_stays(
    db: Any, world: World, as_member: Browser, place: str
) -> None:
    browser, key = as_member(world.teacher), upload(world, world.teacher, "spinner_cards.txt")
    browser.post(place, data={"file_keys": key})
    number = drawn_number(browser.get(place).text)
    phone = {name: [value] for name, value in filled(world, key, **{f"{key}.title": "By phone"}).items()}
    save_draft(world.teacher, "table", "", phone, sequence=number)
    old = {"draft": f"{number}:table:"}
    refused = browser.post(place, data={**filled(world, key, **{f"{key}.title": ""}), **old})
    assert (refused.status_code, "A newer version of this table" in refused.text) == (422, True)
    assert drawn_number(refused.text) == number
    over = browser.post(place, data={"over": "1", **old}, follow_redirects=True).text
    assert "The table was changed elsewhere meanwhile" in over
    assert 'value="By phone"' in over
    browser.post(place, data={**filled(world, key), **old})
    assert titles(db) == ["Spinner cards"]
    kept = find_draft(world.teacher, "table", "")
    assert kept is not None
    assert kept.body == phone
    browser.post(place, data={"file_keys": upload(world, world.teacher, "two.txt")})
    begun = find_draft(world.teacher, "table", "")
    assert begun is not None
    assert list(begun.body) == ["file_keys"], "what was said of used files is no part of the next table"


def test_more_files_join_the_table_and_lost_ones_are_said(
    db: Any, world: World, as_member: Browser, place: str
) -> None:
    browser = as_member(world.teacher)
    one, two = upload(world, world.teacher, "one.txt"), upload(world, world.teacher, "two.txt")
    theirs = upload(world, world.colleague, "theirs.txt")
    save_draft(world.teacher, "many", "", {"file_keys": [one]}, sequence=0)
    save_draft(world.teacher, "resource", "", {"title": ["Half written"]}, sequence=0)
    browser.post(place, data={"file_keys": [one, theirs]})
    assert find_draft(world.teacher, "many", "") is None
    browser.post(place, data={"file_keys": [two, one]})
    page = browser.get(place).text
    assert page.count('name="file_keys"') == 2
    assert "theirs.txt" not in page
    stored = files.find(one)
    assert stored is not None
    command(files.discard)(stored)
    assert "One file is not here any more" in browser.get(place).text
    browser.post(place, data=filled(world, two))
    assert find_draft(world.teacher, "resource", "") is not None, "another form's words are not this one's"


def test_a_table_is_its_members_alone(world: World, as_member: Browser, place: str) -> None:
    key = upload(world, world.teacher, "spinner_cards.txt")
    as_member(world.teacher).post(place, data={"file_keys": key})
    assert "spinner_cards" not in as_member(world.colleague).get(place).text
    said = as_member(world.colleague).post(place, data=filled(world, key))
    assert said.status_code == 422
    odd = {"file_keys": "no list", "filled": [5, None], "stays": {"a": 1}}
    save_draft(world.colleague, "table", "", odd, sequence=0)
    assert "Choose files" in as_member(world.colleague).get(place).text


def test_a_row_is_folded_to_what_is_said_and_what_is_not(
    world: World, as_member: Browser, place: str
) -> None:
    browser = as_member(world.teacher)
    one, two = (
        upload(world, world.teacher, f"{name}.txt") for name in ("spinner_cards", "exit_ticket_20min")
    )
    browser.post(place, data={"file_keys": [one, two]})

    def rows(page: str) -> list[Any]:
        return list(BeautifulSoup(page, "html.parser").select("[data-many-row]"))

    def missing(row: Any) -> list[str]:
        return [word.text for word in row.select("[data-many-missing]") if not word.has_attr("hidden")]

    cards, ticket = rows(browser.get(place).text)
    assert (cards.summary.b.text, missing(cards)) == ("Spinner cards", ["Minutes"])
    assert (ticket.summary.select_one("[data-many-what]").text, missing(ticket)) == ("Assessment", [])
    assert not cards.details.has_attr("open")
    # A browser can point at nothing inside a fold: the server looks, and opens the row.
    assert cards.find_parent("form").has_attr("novalidate")
    said = filled(world, one, **{f"{one}.minutes": "15", f"{two}.title": "", f"{two}.what": "task"})
    answer = browser.post(place, data={**said, "file_keys": [one, two]})
    cards, ticket = rows(answer.text)
    assert (answer.status_code, missing(cards), missing(ticket)) == (422, [], ["Title", "Minutes"])
    assert (cards.details.has_attr("open"), ticket.details.has_attr("open")) == (False, True)
