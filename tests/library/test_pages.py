"""Adding, the shelves, the page: what is taken, what is shown, what is refused with a sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.core import doctor
from app.library.models import Resource, ResourceVersion
from tests.library.conftest import Make, upload
from tests.support.clients import Client
from tests.support.factories import World, make_group

Browser = Callable[[Any], Client]
SCRIPT = {"Accept": "application/json"}


def fields(world: World, **more: Any) -> dict[str, Any]:
    usual = {"language": "en", "licence": "CC-BY-4.0", "authors": "Tess"}
    return {"title": "Exit ticket, grade 7, 10 minutes", "space": world.commons.id, **usual, **more}


def add(browser: Client, world: World, headers: dict[str, str] | None = None, **more: Any) -> Any:
    place = f"/n/{world.network.slug}/library/new"
    return browser.post(place, data=fields(world, **more), headers=headers or SCRIPT)


def resources(db: Any) -> int:
    return db.session.scalar(select(func.count()).where(Contribution.kind == "resource")) or 0


def test_a_file_and_a_title_are_enough(db: Any, world: World, as_member: Browser) -> None:
    browser = as_member(world.teacher)
    key = upload(world, world.teacher)
    answer = add(browser, world, {**SCRIPT, "Idempotency-Key": "resource-key-1"}, file_keys=key)
    assert answer.status_code == 200, answer.text
    body = db.session.get_one(Resource, answer.json["id"])
    assert (body.what, body.form, body.minutes, body.version) == ("assessment", "file", 10, 1)
    assert db.session.get_one(Contribution, body.contribution_id).grades == 1 << 7
    again = add(browser, world, {**SCRIPT, "Idempotency-Key": "resource-key-1"}, file_keys=key)
    assert again.json["id"] == answer.json["id"]
    assert resources(db) == 1
    page = browser.get(answer.json["address"]).text
    assert "plots.txt" in page
    assert "CC BY 4.0" in page
    assert f"/files/{key}" in page
    assert doctor.examine() == []


def test_a_link_and_a_page_are_resources_too(world: World, as_member: Browser) -> None:
    browser = as_member(world.teacher)
    link = add(browser, world, link_url="example.org/task", title="A video about ratios")
    assert 'href="https://example.org/task"' in browser.get(link.json["address"]).text
    page = add(
        browser, world, {"Accept": "text/html"}, html="<p>Ask <strong>first</strong>.</p>", title="Talk moves"
    )
    assert page.status_code == 303
    assert "<strong>first</strong>" in browser.get(page.headers["Location"]).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 141, "body": "y"},
        {},
        {"link_url": "javascript:alert(1)"},
        {"link_url": "not a link"},
        {"body": "y", "what": "poem"},
        {"body": "y", "licence": "GPL"},
        {"body": "y", "space": "999999"},
        {"body": "y", "minutes": "-3"},
        {"body": "y", "grades": "13"},
        {"body": "y", "driver": "999"},
        {"file_keys": "nobody-s-file"},
        {"body": "y", "key": "short"},
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(
    wrong: dict[str, str], db: Any, world: World, as_member: Browser
) -> None:
    answer = add(as_member(world.teacher), world, **wrong)
    assert answer.status_code in (400, 404, 422)
    assert answer.json["error"]
    page = add(as_member(world.teacher), world, {"Accept": "text/html"}, **wrong)
    assert page.status_code in (400, 404, 422)
    assert resources(db) == 0


def test_nobody_adds_where_they_may_not(db: Any, world: World, as_member: Browser) -> None:
    group = make_group(world, world.teacher, access="secret")
    assert add(as_member(world.colleague), world, body="y", space=group.id).status_code == 404
    assert add(as_member(world.outsider), world, body="y").status_code == 404
    world.colleague.standing = "paused"
    db.session.commit()
    assert add(as_member(world.colleague), world, body="y").status_code == 403
    assert as_member(world.colleague).get(f"/n/{world.network.slug}/library/new").status_code == 403
    assert resources(db) == 0


def test_the_shelves_are_narrowed(world: World, as_member: Browser, resource: Make) -> None:
    resource("Shoe sizes", grades=(7,))
    resource("Plant growth", what="lesson", grades=(6,), subject="science", licence="CC0-1.0")
    browser, place = as_member(world.colleague), f"/n/{world.network.slug}/library/"
    both = browser.get(place).text
    assert "Shoe sizes" in both
    assert "Plant growth" in both
    for asked in ("what=lesson", "grade=6", "subject=science", "licence=CC0-1.0"):
        page = browser.get(f"{place}?{asked}").text
        assert "Plant growth" in page, asked
        assert "Shoe sizes" not in page, asked
    assert "Shoe sizes" in browser.get(f"{place}?what=poem&grade=99&tab=no&after=x").text
    assert "Shoe sizes" not in browser.get(f"{place}?tab=recent").text
    assert (
        "Shoe sizes" not in as_member(world.outsider).get(f"/n/{world.outsider.network.slug}/library/").text
    )


def test_a_long_shelf_has_pages(world: World, as_member: Browser, resource: Make) -> None:
    for number in range(26):
        resource(f"Number {number:02}")
    browser, place = as_member(world.colleague), f"/n/{world.network.slug}/library/"
    first = browser.get(place).text
    after = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(after).text
    assert ("Number 25" in first, "Number 00" in first) == (True, False)
    assert ("Number 25" in second, "Number 00" in second) == (False, True)


def test_a_group_sees_its_own_materials(world: World, as_member: Browser, resource: Make) -> None:
    group = make_group(world, world.teacher, world.colleague)
    resource("For the group", space=group)
    resource("For everybody")
    place = f"/n/{world.network.slug}/groups/{group.slug}/materials"
    page = as_member(world.colleague).get(place).text
    assert "For the group" in page
    assert "For everybody" not in page
    assert as_member(world.neighbour).get(place).status_code == 404
    assert "For the group" not in as_member(world.neighbour).get(f"/n/{world.network.slug}/library/").text


def test_the_author_says_it_differently(db: Any, world: World, as_member: Browser, resource: Make) -> None:
    root = resource(files=1)
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/c/{root.id}"
    assert browser.get(f"{place}/edit").headers["Location"].endswith("/edit-resource")
    assert 'value="Box plots with' in browser.get(f"{place}/edit-resource").text
    said = fields(
        world, title="Dot plots", body="Walk.", needs="String", tags="data, plots, data", seen="first"
    )
    assert browser.post(f"{place}/edit-resource", data=said).status_code == 303
    page = browser.get(place).text
    assert "Dot plots" in page
    assert "String" in page
    assert "plots-0.txt" in page
    body = db.session.get_one(Resource, root.id)
    assert (body.tags, body.form) == (["data", "plots"], "file")
    stale = browser.post(f"{place}/edit-resource", data={**said, "title": "Mine"})
    assert (stale.status_code, "Mine" in stale.text) == (409, True)
    assert as_member(world.colleague).get(f"{place}/edit-resource").status_code == 403


def test_versions_open_and_come_back(db: Any, world: World, as_member: Browser, resource: Make) -> None:
    root = resource(files=2)
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/c/{root.id}"
    old = [file["key"] for file in root.card["files"]]
    fresh = upload(world, world.teacher, "better.txt")
    said = {"note": "Clearer axis", "keep": old[0], "file_keys": fresh, "body": "Sort them."}
    assert browser.post(f"{place}/versions/new", data=said).status_code == 303
    db.session.expire_all()
    assert [file["key"] for file in root.card["files"]] == [old[0], fresh]
    page = as_member(world.colleague).get(place).text
    assert "Clearer axis" in page
    assert "plots-1.txt" not in page
    first = as_member(world.colleague).get(f"{place}/versions/1").text
    assert "plots-1.txt" in first
    assert as_member(world.colleague).get(f"/files/{old[1]}").status_code == 200
    assert as_member(world.outsider).get(f"/files/{old[1]}").status_code == 404
    assert as_member(world.colleague).post(f"{place}/versions/1/restore").status_code == 403
    assert browser.post(f"{place}/versions/1/restore").status_code == 303
    db.session.expire_all()
    assert [file["key"] for file in root.card["files"]] == old
    assert db.session.scalar(select(func.count(ResourceVersion.id))) == 3
    assert browser.post(f"{place}/versions/new", data={"note": ""}).status_code == 422
    assert browser.get(f"{place}/versions/9").status_code == 404
    assert doctor.examine() == []


def test_what_was_taken_back_shows_nothing(world: World, as_member: Browser, resource: Make) -> None:
    from app.contributions.actions import remove_contribution
    from tests.support.factories import make_reply

    root = resource("Secret plan", needs="Glue", authors="Ada")
    make_reply(world.colleague, root)
    remove_contribution(world.teacher, root)
    place = f"/n/{world.network.slug}/c/{root.id}"
    page = as_member(world.colleague).get(place)
    assert page.status_code == 200
    assert not any(word in page.text for word in ("Secret plan", "Glue", "CC BY"))
    for rest in ("/versions/1", "/used", "/edit-resource"):
        assert as_member(world.colleague).get(place + rest).status_code == 404


def test_the_own_shelf_says_how_much_room_is_taken(world: World, as_member: Browser, resource: Make) -> None:
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/library/?tab=mine"
    assert "Nothing of yours is here yet" in browser.get(place).text
    resource(files=2)
    page = browser.get(place).text
    assert "take up 46 Bytes of 2.1 GB" in page
    assert "take up" not in browser.get(place.replace("mine", "all")).text
