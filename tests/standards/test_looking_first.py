"""An import is looked at first, taken in parts or not at all; a list is put away without breaking any."""

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import name_standards
from app.core import doctor
from app.core.access import Forbidden
from app.core.files import files
from app.standards.actions import import_packages, retire_framework, use_again
from app.standards.models import Framework, FrameworkImport, Standard
from app.standards.queries import Pick, frameworks_of, pick_from, standards_of_code
from app.standards.queries.case import NotAPackage, read_packages
from app.standards.queries.case.narrowing import branches_of, grades_named, narrowed
from app.standards.queries.previewing import preview
from tests.standards.packages import ROWS, item, package, sent
from tests.standards.test_pages import take
from tests.support.factories import World, make_post

LATER = "2026-04-01T12:00:00+00:00"


def read(value: Any) -> Any:
    return read_packages(sent(value))[0]


def graded() -> dict[str, Any]:
    """Two grades and two branches: statistics of 6 and 7, ratios of 6."""
    made = package()
    for entry in made["CFItems"]:
        entry["educationLevel"] = ["07"] if entry["identifier"] == "sp5" else ["06"]
    return made


@pytest.fixture
def place(world: World) -> Any:
    return lambda rest: f"/n/{world.network.slug}/{rest}"


def test_a_part_of_a_list() -> None:
    whole = read(graded())
    assert grades_named(whole) == {6: 5, 7: 1}
    found = [(one.name, one.count) for one in branches_of(whole)]
    assert found == [("6.SP Statistics", 4), ("6.RP Ratios", 2)]
    assert set(narrowed(whole, [], ["ratios"]).items) == {"domain", "cluster-b", "sp4", "sp5"}
    assert set(narrowed(whole, [6], []).items) == {"domain", "cluster-b", "sp5"}, "with what stands above"
    assert set(narrowed(whole, [7], ["ratios"]).items) == {"domain", "cluster-b", "sp4"}
    assert narrowed(whole, [6, 7], []).items == {}
    ungraded = read(package([], CFItems=[item("x", "1", educationLevel=None)]))
    assert set(narrowed(ungraded, [6], []).items) == {"x"}


def test_the_preview_counts_what_is_in_use(world: World, bring: Any, standard: Any) -> None:
    post = make_post(world.teacher, world.commons)
    for code in ("6.SP.B.4", "6.SP.B.5"):
        name_standards(world.teacher, post, [Pick(standard(code), "addressing")])
    changed = [(each, code, f"{words}!", parent) for each, code, words, parent in ROWS if each != "sp5"]
    plan = preview(read(package([*changed, ("new", "6.NEW", "New", None)], dated=LATER)), world.network)
    assert (plan["added"], plan["changed"], plan["retired"], plan["same"]) == (1, 5, 1, 0)
    assert (plan["changed_used"], plan["retired_used"]) == (0, 1)
    assert plan["is_known"]
    assert preview(read(package(dated="2020-01-01T00:00:00+00:00")), world.network)["is_older"]


def test_only_what_is_ticked_comes_in(world: World, as_member: Any, place: Any, outbox: Any, db: Any) -> None:
    browser, address = as_member(world.facilitator), place("settings/standards/import")
    browser.post(address, data={"file": (BytesIO(sent(graded())), "list.json")})
    outbox.drain()
    page = browser.get(place("settings/standards")).text
    assert "Grades to take" in page
    assert "Branches to take" in page
    assert take(browser, place, db, **{"grade-0": ["7"], "branch-0": ["domain", "ratios"]}).status_code == 303
    outbox.drain()
    assert "3 new, 0 changed" in browser.get(place("settings/standards")).text
    assert standards_of_code(world.network.id, "6.SP.B.4") == []
    # the same file from elsewhere keeps to that; ticked again, it comes
    (report,) = import_packages(world.facilitator, read_packages(sent(graded())), world.network)
    assert (report.added, report.same) == (0, 3)
    browser.post(address, data={"file": (BytesIO(sent(graded())), "list.json")})
    outbox.drain()
    assert take(browser, place, db).status_code == 303
    outbox.drain()
    assert len(standards_of_code(world.network.id, "6.SP.B.4")) == 1
    assert doctor.examine() == []


def test_nothing_ticked_is_no_success(world: World, as_member: Any, place: Any, outbox: Any, db: Any) -> None:
    browser = as_member(world.facilitator)
    sent_file = {"file": (BytesIO(sent(graded())), "list.json")}
    browser.post(place("settings/standards/import"), data=sent_file)
    outbox.drain()
    take(browser, place, db, **{"grade-0": [], "branch-0": []})
    outbox.drain()
    page = browser.get(place("settings/standards")).text
    assert "Everything was left out" in page
    assert db.session.scalars(select(Framework)).all() == []


def test_what_is_not_wanted_leaves_nothing(
    world: World, as_member: Any, place: Any, outbox: Any, db: Any
) -> None:
    browser = as_member(world.director)
    sent_file = {"file": (BytesIO(sent(package())), "list.json")}
    browser.post(place("settings/standards/import"), data=sent_file)
    outbox.drain()
    asked = db.session.scalars(select(FrameworkImport)).one()
    key, here = asked.blob_key, place(f"settings/standards/import/{asked.id}")
    assert as_member(world.teacher).post(here).status_code == 403
    assert as_member(world.outsider).post(here).status_code == 404
    assert browser.post(here, data={"drop": "1"}).status_code == 303
    outbox.drain()
    assert not files.store.exists(key)
    assert "Not taken" in browser.get(place("settings/standards")).text
    assert browser.post(here).status_code == 404, "it waits for nothing any more"
    assert db.session.scalars(select(Standard)).all() == []


def test_a_list_that_is_named_is_put_away(
    world: World, as_member: Any, place: Any, standard: Any, db: Any
) -> None:
    post = make_post(world.teacher, world.commons, "Plots")
    name_standards(world.teacher, post, [Pick(standard("6.SP.B.4"), "addressing")])
    framework = db.session.scalars(select(Framework)).one()
    here = place(f"settings/standards/lists/{framework.id}")
    assert as_member(world.teacher).post(here).status_code == 403
    browser = as_member(world.facilitator)
    assert "What names it goes on naming it" in browser.get(browser.post(here).headers["Location"]).text
    db.session.refresh(framework)
    assert framework.retired_at is not None
    assert frameworks_of(world.teacher) == []
    assert pick_from(world.teacher, "6.SP") == []
    assert "6.SP.B.4" in as_member(world.colleague).get(place(f"c/{post.id}")).text
    assert "Put away" in browser.get(place("settings/standards")).text
    browser.post(place("settings/standards"), data={"framework": framework.id})
    assert frameworks_of(world.teacher) == [], "what is put away cannot be ticked"
    assert browser.post(here, data={"again": "1"}).status_code == 303
    assert frameworks_of(world.teacher) == [framework]
    assert doctor.examine() == []


def test_a_list_that_nothing_names_is_gone(world: World, bring: Any, db: Any) -> None:
    bring()
    framework = db.session.scalars(select(Framework)).one()
    assert retire_framework(world.director, world.network, framework)
    assert db.session.scalars(select(Standard)).all() == []
    assert doctor.examine() == []


def test_a_list_for_everybody_is_the_operators(world: World, bring: Any, db: Any) -> None:
    bring(network=None)
    framework = db.session.scalars(select(Framework)).one()
    for verb in (retire_framework, use_again):
        with pytest.raises(Forbidden):
            verb(world.director, world.network, framework)


def test_it_comes_back_with_its_file(world: World, bring: Any, standard: Any, db: Any) -> None:
    name_standards(
        world.teacher, make_post(world.teacher, world.commons), [Pick(standard("6.RP.A.3"), "addressing")]
    )
    framework = db.session.scalars(select(Framework)).one()
    assert not retire_framework(world.director, world.network, framework)
    bring()
    assert frameworks_of(world.teacher) == [framework]


def test_nothing_left_is_refused(world: World) -> None:
    with pytest.raises(NotAPackage, match="nothing_taken"):
        import_packages(
            world.director,
            read_packages(sent(graded())),
            world.network,
            {"list-1": {"grades": [6, 7], "branches": []}},
        )
