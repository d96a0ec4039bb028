"""Needed by Friday, collections, and posts that are taken in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import remove_contribution
from app.contributions.models import Contribution
from app.contributions.queries import get_root
from app.core import clock, doctor
from app.core.access import Forbidden
from app.library.actions import answer_request, collect, start_collection
from app.library.models import Collection, CollectionItem, RequestAnswer, Resource, ResourceRequest
from tests.library.conftest import Make, upload
from tests.support.clients import Client
from tests.support.factories import World, make_group, make_post, make_reply

Browser = Callable[[Any], Client]


def ask(browser: Client, world: World, **more: Any) -> str:
    said = {
        "title": "Box plots for Thursday",
        "needed_by": (clock.now() + timedelta(days=5)).date().isoformat(),
        "space": world.commons.id,
        **more,
    }
    answer = browser.post(f"/n/{world.network.slug}/library/ask", data=said)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_a_request_is_answered_with_a_resource(
    db: Any, world: World, as_member: Browser, resource: Make
) -> None:
    place = ask(as_member(world.colleague), world, grades=["7"])
    needed = f"/n/{world.network.slug}/library/needed"
    assert "Box plots for Thursday" in as_member(world.teacher).get(needed).text
    assert "Box plots for Thursday" not in as_member(world.outsider).get(needed).text
    root, browser = resource("My plots"), as_member(world.teacher)
    assert "My plots" in browser.get(place).text
    assert browser.post(f"{place}/answer-request", data={"link": "nowhere"}).status_code == 422
    for _twice in range(2):
        assert browser.post(f"{place}/answer-request", data={"resource": root.id}).status_code == 303
    assert len(db.session.scalars(select(RequestAnswer)).all()) == 1
    page = as_member(world.colleague).get(place).text
    assert "Answered with a resource" in page
    assert f'/c/{root.id}" rel=' in page or f'/c/{root.id}"' in page.split("data-replies")[1]
    assert "My plots" in page
    assert "answered with one resource" in page
    request = db.session.scalars(select(ResourceRequest)).one()
    assert request.met_at is None, "who asked says whether it is found"
    assert as_member(world.teacher).post(f"{place}/met", data={"on": "1"}).status_code == 403
    as_member(world.colleague).post(f"{place}/met", data={"on": "1"})
    db.session.refresh(request)
    assert request.met_at is not None
    reply = db.session.get_one(Contribution, db.session.scalar(select(RequestAnswer.reply_id)))
    remove_contribution(world.teacher, reply)
    assert "answered with" not in as_member(world.colleague).get(place).text
    assert doctor.examine() == []


def test_a_new_resource_answers_the_request_that_it_was_made_for(
    db: Any, world: World, as_member: Browser
) -> None:
    place = ask(as_member(world.colleague), world)
    number = place.rsplit("/", 1)[1]
    browser, new = as_member(world.teacher), f"/n/{world.network.slug}/library/new"
    assert "Box plots for Thursday" in browser.get(f"{new}?for={number}").text
    said = {"title": "Fresh plots", "body": "Here.", "language": "en", "licence": "CC0-1.0", "for": number}
    assert browser.post(new, data={**said, "space": world.commons.id}).status_code == 303
    assert "Fresh plots" in as_member(world.colleague).get(place).text
    assert as_member(world.outsider).get(f"{new}?for={number}").status_code == 404


def test_a_request_in_a_group_and_a_wrong_day(world: World, as_member: Browser, resource: Make) -> None:
    group = make_group(world, world.teacher)
    place = ask(as_member(world.teacher), world, space=group.id)
    hidden = resource("Inside", space=group)
    assert as_member(world.colleague).get(place).status_code == 404
    open_one = ask(as_member(world.teacher), world)
    answer = as_member(world.teacher).post(f"{open_one}/answer-request", data={"resource": hidden.id})
    assert answer.status_code == 422
    assert "Not everybody who reads this request" in answer.text
    with pytest.raises(Forbidden):
        answer_request(world.teacher, get_root(world.teacher, int(open_one.rsplit("/", 1)[1])), hidden)
    page = as_member(world.colleague).get(open_one).text
    assert "Inside" not in page
    assert "answered with" not in page
    for day in ("never", "2001-01-01"):
        wrong = {"title": "x", "needed_by": day, "space": world.commons.id}
        answer = as_member(world.teacher).post(f"/n/{world.network.slug}/library/ask", data=wrong)
        assert answer.status_code == 422


def test_collections_are_ones_own_or_of_a_space(
    db: Any, world: World, as_member: Browser, resource: Make
) -> None:
    group = make_group(world, world.teacher, world.colleague)
    inside, outside = resource("Inside", space=group), resource("Outside")
    own = start_collection(world.teacher, title="Only mine", about="", space=None)
    shared = start_collection(world.teacher, title="For everybody", about="", space=world.commons)
    of_group = start_collection(world.teacher, title="For the group", about="", space=group)
    for one in (inside, outside):
        collect(world.teacher, shared, one, note="Begin here")
    place = f"/n/{world.network.slug}/library/collections/"
    names = {"Only mine": world.teacher, "For the group": world.colleague, "For everybody": world.neighbour}
    for member in (world.teacher, world.colleague, world.neighbour):
        page = as_member(member).get(place).text
        seen = {name for name in names if name in page}
        assert len(seen) == {world.teacher: 3, world.colleague: 2, world.neighbour: 1}[member]
    assert as_member(world.colleague).get(f"{place}{own.id}").status_code == 404
    assert as_member(world.neighbour).get(f"{place}{of_group.id}").status_code == 404
    assert as_member(world.outsider).get(f"{place}{shared.id}").status_code == 404
    page = as_member(world.neighbour).get(f"{place}{shared.id}").text
    assert "Outside" in page
    assert "Begin here" in page
    assert "Inside" not in page


def test_a_collection_is_put_in_order(db: Any, world: World, as_member: Browser, resource: Make) -> None:
    one, two, three = (resource(title) for title in ("One", "Two", "Three"))
    browser, base = as_member(world.teacher), f"/n/{world.network.slug}"
    said = {"title": "Week 1", "space": str(world.commons.id)}
    made = browser.post(f"{base}/library/collections/new", data=said)
    place = made.headers["Location"]
    number = place.rsplit("/", 1)[1]
    for each in (one, two, three):
        assert browser.post(f"{base}/c/{each.id}/collect", data={"collection": number}).status_code == 303
    assert browser.post(f"{base}/c/{one.id}/collect", data={}).status_code == 422
    changed = {"title": "Week one", f"place-{one.id}": "3", f"place-{two.id}": "1", f"gone-{three.id}": "1"}
    assert browser.post(f"{place}/edit", data={**changed, f"note-{one.id}": "Last"}).status_code == 303
    items = db.session.scalars(select(CollectionItem).order_by(CollectionItem.position)).all()
    assert [(item.contribution_id, item.note) for item in items] == [(two.id, ""), (one.id, "Last")]
    assert as_member(world.colleague).post(f"{place}/edit", data=changed).status_code == 403
    assert as_member(world.colleague).post(f"{place}/drop").status_code == 403
    added = as_member(world.colleague).post(f"{base}/c/{three.id}/collect", data={"collection": number})
    assert added.status_code == 303
    assert browser.post(f"{place}/drop").status_code == 303
    assert db.session.scalars(select(Collection)).all() == []
    assert browser.post(f"{base}/c/{one.id}/collect", data={"title": "Mine"}).status_code == 303


def test_a_collection_is_saved_whole_or_not_at_all(
    db: Any, world: World, as_member: Browser, resource: Make
) -> None:
    one, two = resource("One"), resource("Two")
    held = start_collection(world.teacher, title="Week 1", about="", space=world.commons)
    for each in (one, two):
        collect(world.teacher, held, each)
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/library/collections/{held.id}/edit"

    def now() -> tuple[str, list[tuple[int, str]]]:
        db.session.expire_all()
        items = db.session.scalars(select(CollectionItem).order_by(CollectionItem.position))
        return held.title, [(item.contribution_id, item.note) for item in items]

    before = now()
    said = {"title": "Week one", f"place-{one.id}": "2", f"place-{two.id}": "1"}
    asked = browser.post(place, data={**said, f"note-{one.id}": "Tyrese got 4/10 on the quiz."})
    assert (asked.status_code, now()) == (422, before), "nothing of it, not even the name"
    unnamed = browser.post(place, data={**said, "title": "", f"note-{one.id}": "Begin with the cards"})
    assert (unnamed.status_code, "Begin with the cards" in unnamed.text, now()) == (422, True, before)
    for _twice in range(2):
        assert browser.post(place, data={**said, f"note-{one.id}": "Last"}).status_code == 303
        assert now() == ("Week one", [(two.id, ""), (one.id, "Last")])


def test_a_material_is_taken_in_with_its_replies(db: Any, world: World, as_member: Browser) -> None:
    key = upload(world, world.teacher, "exit ticket grade 7.txt")
    post = make_post(
        world.teacher, world.commons, "Ten minutes at the end", kind="material", title="", file_keys=[key]
    )
    make_reply(world.colleague, post, "Used it today")
    browser, place = as_member(world.teacher), f"/n/{world.network.slug}/c/{post.id}"
    assert "/take-in" in browser.get(f"{place}/menu").text
    assert "/take-in" not in as_member(world.colleague).get(f"{place}/menu").text
    assert as_member(world.colleague).post(f"{place}/take-in").status_code == 403
    assert browser.get(f"{place}/take-in").status_code == 200
    assert browser.post(f"{place}/take-in").status_code == 303
    page = as_member(world.colleague).get(place).text
    assert "Used it today" in page
    assert "I used this" in page
    body = db.session.get_one(Resource, post.id)
    assert (body.what, body.form, db.session.get_one(Contribution, post.id).grades) == (
        "assessment",
        "file",
        128,
    )
    assert as_member(world.colleague).get(f"/files/{key}").status_code == 200
    assert browser.post(f"{place}/take-in").status_code == 403
    assert doctor.examine() == []
