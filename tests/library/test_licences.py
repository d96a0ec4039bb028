"""The licence rule, and the copies that it allows."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.core import doctor
from app.core.files.models import StoredFile
from app.library.models import LICENCES, what_fits
from app.library.models.licences import unchangeable
from tests.library.conftest import Make, upload
from tests.support.clients import Client
from tests.support.factories import World, make_group

Browser = Callable[[Any], Client]
BY, SA, NC, NCSA, ND = "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0"


@pytest.mark.parametrize(
    ("sources", "allowed"),
    [
        ([SA], {SA}),
        ([NCSA], {NCSA}),
        (["NETWORK"], {"NETWORK"}),
        ([ND], set()),
        ([BY, ND], set()),
        ([SA, NCSA], set()),
        ([SA, NC], set()),
        ([BY, SA], {SA}),
        ([NC, NCSA], {NCSA}),
        (["CC0-1.0", SA], {SA}),
        (["nobody-knows-it"], {"NETWORK"}),
    ],
)
def test_what_fits(sources: list[str], allowed: set[str]) -> None:
    assert set(what_fits(sources)) == allowed


def test_what_is_free_stays_named_and_what_takes_no_money_keeps_to_it() -> None:
    assert "CC0-1.0" not in what_fits([BY])
    assert set(what_fits(["CC0-1.0"])) == set(LICENCES)
    free = what_fits([NC])
    assert BY not in free
    assert {NC, NCSA} <= set(free)
    assert unchangeable([BY, ND]) == ND
    assert unchangeable([BY, SA]) is None


def fields(world: World, **more: Any) -> dict[str, Any]:
    usual = {"title": "My box plots", "changed": "Shorter.", "language": "en", "authors": "Cole"}
    return {**usual, "licence": SA, "space": world.commons.id, "body": "Sort.", **more}


def test_a_copy_knows_its_line(db: Any, world: World, as_member: Browser, resource: Make) -> None:
    root = resource(licence=SA, files=2)
    browser, place = as_member(world.colleague), f"/n/{world.network.slug}/c/{root.id}"
    form = browser.get(f"{place}/adapt").text
    assert 'value="CC-BY-SA-4.0"' in form
    assert 'value="CC-BY-4.0"' not in form
    old = [file["key"] for file in root.card["files"]]
    fresh = upload(world, world.colleague, "mine.txt")
    answer = browser.post(
        f"{place}/adapt", data=fields(world, keep=old[0], file_keys=fresh, key="copy-key-1")
    )
    assert answer.status_code == 303, answer.text
    copy = browser.get(answer.headers["Location"]).text
    assert "Where it came from" in copy
    assert "Shorter." in copy
    assert "plots-0.txt" in copy
    assert "plots-1.txt" not in copy
    assert old[0] not in copy
    assert f"Adapted from “{root.title}”, Tess Teacher" in copy
    assert "Tess Teacher, adapted by " in form
    assert "My box plots" in as_member(world.teacher).get(place).text
    acts = copy.split('class="resource-acts"')[1].split("</div>")[0]
    assert acts.index("edit-resource") < acts.index("/used"), "one's own fresh copy is edited first"
    shelf = as_member(world.teacher).get(f"/n/{world.network.slug}/library/?tab=all").text
    assert shelf.count("Adapted by") == 1
    again = browser.post(f"{place}/adapt", data=fields(world, keep=old[0], file_keys=fresh, key="copy-key-1"))
    assert again.headers["Location"] == answer.headers["Location"]
    assert doctor.examine() == []


def test_a_file_that_is_kept_closed_is_not_copied(
    db: Any, world: World, as_member: Browser, resource: Make
) -> None:
    root = resource(licence=SA, files=1)
    key = root.card["files"][0]["key"]
    db.session.execute(update(StoredFile).where(StoredFile.key == key).values(state="quarantined"))
    db.session.commit()
    place = f"/n/{world.network.slug}/c/{root.id}/adapt"
    assert as_member(world.teacher).post(place, data=fields(world, keep=key)).status_code == 507
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1


def test_what_may_not_be_changed_is_refused_with_the_reason(
    world: World, as_member: Browser, resource: Make
) -> None:
    root = resource(licence=ND)
    browser, place = as_member(world.colleague), f"/n/{world.network.slug}/c/{root.id}/adapt"
    assert "not change it" in browser.get(place).text
    assert browser.post(place, data=fields(world)).status_code == 422


def test_two_that_do_not_go_together_are_refused(world: World, as_member: Browser, resource: Make) -> None:
    one, other = resource(licence=SA), resource("Other", licence=NCSA)
    browser, place = as_member(world.colleague), f"/n/{world.network.slug}/c/{one.id}/adapt"
    link = f"https://example.org/n/{world.network.slug}/c/{other.id}"
    refused = browser.post(place, data=fields(world, also=link))
    assert refused.status_code == 422
    assert "nothing can be made of both" in refused.text
    assert 'id="also-error"' in refused.text
    assert f'value="{link}"' in refused.text
    said = browser.post(place, data=fields(world, also=link), headers={"Accept": "application/json"})
    assert "nothing can be made of both" in said.json["fields"]["also"][0]
    assert browser.post(place, data=fields(world, also="nowhere")).status_code == 422
    fits = resource("Third", licence=BY)
    link = f"/n/{world.network.slug}/c/{fits.id}"
    assert browser.post(place, data=fields(world, also=link)).status_code == 303
    assert browser.post(place, data=fields(world, licence=BY)).status_code == 422


def test_a_copy_does_not_leave_a_closed_space(world: World, as_member: Browser, resource: Make) -> None:
    group = make_group(world, world.teacher, world.colleague)
    root = resource(licence=SA, space=group)
    browser, place = as_member(world.colleague), f"/n/{world.network.slug}/c/{root.id}/adapt"
    assert browser.post(place, data=fields(world)).status_code == 422
    assert browser.post(place, data=fields(world, space=group.id)).status_code == 303
    assert as_member(world.neighbour).get(place).status_code == 404


def test_a_refused_copy_leaves_no_bytes(
    db: Any, world: World, as_member: Browser, resource: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = make_group(world, world.teacher, world.colleague)
    root = resource(licence=SA, space=group, files=1)
    key = root.card["files"][0]["key"]
    browser, place = as_member(world.colleague), f"/n/{world.network.slug}/c/{root.id}/adapt"

    def kept() -> int:
        return int(db.session.scalar(select(func.count()).select_from(StoredFile)) or 0)

    with monkeypatch.context() as watching:
        watching.setattr("app.library.actions.copy_files", None)
        assert browser.post(place, data=fields(world, keep=key)).status_code == 422
    asked = fields(world, keep=key, space=group.id, body="Tyrese got 4/10 on the quiz.")
    assert browser.post(place, data=asked).status_code == 422
    assert kept() == 1
    assert browser.post(place, data=fields(world, keep=key, space=group.id)).status_code == 303
    assert kept() == 2
