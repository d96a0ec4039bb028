"""Imports: added, changed, retired and back; the same again changes nothing; nothing in use is ever lost."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, func, select

from app.core import doctor
from app.core.access import Forbidden
from app.networks.policy import OPERATOR
from app.standards.actions import AlreadyShared, Report, choose_frameworks, import_packages
from app.standards.models import Framework, Standard, StandardLink
from app.standards.queries import frameworks_of, pick_from, standards_in, standards_of_code
from app.standards.queries.case import read_packages
from tests.standards.packages import ROWS, item, package, sent
from tests.support.factories import World

Bring = Callable[..., Report]


@pytest.fixture
def bring(world: World) -> Bring:
    def run(value: Any = None, network: Any = world.network, actor: Any = OPERATOR) -> Report:
        (report,) = import_packages(actor, read_packages(sent(value or package())), network)
        assert doctor.examine() == []
        return report

    return run


def numbers(report: Report) -> tuple[int, int, int, int, int]:
    return report.added, report.changed, report.same, report.retired, report.returned


def of_code(db: Any, code: str) -> Standard:
    return db.session.scalars(select(Standard).where(Standard.code == code)).one()


def test_the_first_import(bring: Bring, world: World, db: Any) -> None:
    report = bring()
    assert numbers(report) == (6, 0, 0, 0, 0)
    framework = db.session.get(Framework, report.framework_id)
    assert (framework.title, framework.version, framework.network_id) == (
        "Sixth grade",
        "1",
        world.network.id,
    )
    standard = of_code(db, "6.SP.B.4")
    assert (standard.code_key, standard.short_key, standard.depth) == ("6spb4", "6sp4", 2)
    assert of_code(db, "6.SP.B").id == standard.parent_id
    assert frameworks_of(world.teacher) == [framework]


def test_the_same_again_changes_nothing(bring: Bring, db: Any) -> None:
    bring()
    db.session.expire_all()
    wrote: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if " standard" in statement and not statement.lstrip().startswith("SELECT"):
            wrote.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        assert numbers(bring()) == (0, 0, 6, 0, 0)
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    assert wrote == []
    assert db.session.scalar(select(func.count(Framework.id))) == 1


def test_new_words_move_and_retire(bring: Bring, db: Any) -> None:
    bring()
    before = {each.identifier: each.id for each in db.session.scalars(select(Standard))}
    rows = [row for row in ROWS if row[0] != "sp5"]
    rows = [("sp4", "6.SP.B.4", "Draw plots", "ratios") if row[0] == "sp4" else row for row in rows]
    assert numbers(bring(package([*rows, ("new", "6.SP.C.1", "More", "domain")]))) == (1, 1, 4, 1, 0)
    moved, retired = of_code(db, "6.SP.B.4"), of_code(db, "6.SP.B.5")
    assert moved.id == before["sp4"]
    assert moved.statement == "Draw plots"
    assert moved.parent_id == before["ratios"]
    assert retired.id == before["sp5"]
    assert retired.retired_at is not None
    assert retired.statement == "Sum up a set of numbers"
    assert numbers(bring()) == (0, 1, 4, 1, 1)
    assert of_code(db, "6.SP.B.5").retired_at is None


def test_a_retired_one_is_not_offered_and_still_found_by_its_code(bring: Bring, world: World) -> None:
    bring()
    bring(package([row for row in ROWS if row[0] != "sp5"]))
    assert pick_from(world.teacher, "6.SP.B.5") == []
    assert standards_in(world.network.id, "6.SP.B.5") == []
    assert len(standards_of_code(world.network.id, "6.SP.B.5")) == 1


def test_an_older_package_changes_and_retires_nothing(bring: Bring, db: Any) -> None:
    bring()
    older = package(ROWS[:2], dated="2020-01-01T00:00:00Z")
    report = bring(older)
    assert numbers(report) == (0, 0, 0, 0, 0)
    assert [each["kind"] for each in report.problems] == ["older_package"]
    mixed = package(dated="2026-09-01T00:00:00Z")
    mixed["CFItems"][0].update(fullStatement="Old words", lastChangeDateTime="2020-01-01T00:00:00Z")
    report = bring(mixed)
    assert numbers(report) == (0, 0, 6, 0, 0)
    assert [each["kind"] for each in report.problems] == ["older_item"]
    assert of_code(db, "6.SP").statement == "Statistics"
    assert db.session.scalar(select(func.count()).where(Standard.retired_at.is_not(None))) == 0


def test_other_links_are_kept_and_follow_the_package(bring: Bring, db: Any) -> None:
    bare = package()
    same = {
        "identifier": "same",
        "associationType": "exactMatchOf",
        "originNodeURI": {"identifier": "sp4"},
        "destinationNodeURI": {"identifier": "elsewhere-4", "title": "Another state's"},
    }
    lost = {**same, "identifier": "lost", "originNodeURI": {"identifier": "ghost"}}
    bare["CFAssociations"] += [same, lost]
    report = bring(bare)
    link = db.session.scalars(select(StandardLink)).one()
    assert (link.kind, link.other_identifier, link.other_title) == (
        "exactMatchOf",
        "elsewhere-4",
        "Another state's",
    )
    assert [each["kind"] for each in report.problems] == ["unknown_origin"]
    bring()
    assert db.session.scalars(select(StandardLink)).all() == []


def test_only_the_hub_imports_and_only_for_its_own_network(bring: Bring, world: World) -> None:
    for actor in (world.teacher, world.principal, world.outsider):
        with pytest.raises(Forbidden):
            bring(actor=actor)
    for actor in (world.facilitator, world.director, world.teacher):
        with pytest.raises(Forbidden):
            bring(network=None, actor=actor)
    with pytest.raises(Forbidden):
        bring(network=world.outsider.network, actor=world.director)
    assert numbers(bring(actor=world.facilitator)) == (6, 0, 0, 0, 0)


def test_one_network_knows_nothing_of_anothers_list(bring: Bring, world: World, db: Any) -> None:
    bring()
    other = world.outsider.network
    mine = db.session.scalars(select(Framework.id)).all()
    choose_frameworks(OPERATOR, other, mine)
    assert frameworks_of(world.outsider) == []
    assert standards_of_code(other.id, "6.SP.B.4") == []
    assert numbers(bring(package(ROWS[:3]), network=other)) == (3, 0, 0, 0, 0)
    assert len(standards_of_code(world.network.id, "6.SP.B.5")) == 1


def test_a_list_for_all_is_chosen_by_each(bring: Bring, world: World) -> None:
    report = bring(network=None)
    assert frameworks_of(world.teacher) == []
    choose_frameworks(world.director, world.network, [report.framework_id])
    assert [each.id for each in frameworks_of(world.teacher)] == [report.framework_id]
    assert world.network.settings["standards"] is True
    with pytest.raises(AlreadyShared):
        bring(actor=world.director)
    choose_frameworks(world.director, world.network, [])
    assert frameworks_of(world.teacher) == []


def test_picking(bring: Bring, world: World) -> None:
    bring()
    for typed in ("6.SP.B.4", "6sp4", "6.sp.4", "ccss.math.content.6.sp.b.4", "show plots"):
        assert [each.code for each in pick_from(world.teacher, typed)] == ["6.SP.B.4"], typed
    assert [each.code for each in pick_from(world.teacher, "6.SP")][:2] == ["6.SP", "6.SP.B"]
    for nothing in ("", "%", "_", "\\", "zzz", "\x00"):
        assert pick_from(world.teacher, nothing) == []
    assert pick_from(world.outsider, "6.SP") == []


def test_a_full_code_wins_over_a_short_one(bring: Bring, world: World) -> None:
    rows = [("a", "6.SP.4", "Exactly so", None), ("b", "6.SP.B.4", "With a cluster", None)]
    bring(package(rows))
    assert [each.code for each in standards_of_code(world.network.id, "6sp4")] == ["6.SP.4"]


def test_the_command_line(bring: Bring, app: Any, tmp_path: Any, world: World) -> None:
    file = tmp_path / "list.json"
    file.write_bytes(sent(package([*ROWS, ("lost", "6.X", "Lost", "nowhere")])))
    run = app.test_cli_runner().invoke
    told = run(args=["standards", "import", str(file), "--network", world.network.slug])
    assert told.exit_code == 0, told.output
    assert "Sixth grade: 7 new, 0 changed" in told.output
    assert "6.X" in told.output
    file.write_bytes(sent({"hello": "world"}))
    told = run(args=["standards", "import", str(file)])
    assert told.exit_code == 1
    assert "no list of standards" in told.output
    assert "hello" in told.output
    assert run(args=["standards", "import", "nothing.json"]).exit_code == 1
    assert run(args=["standards", "import", str(file), "--network", "nowhere"]).exit_code == 1


def test_text_is_kept_as_text(bring: Bring, db: Any) -> None:
    bring(package([], CFItems=[item("x", "<b>6</b>", "<script>alert(1)</script> & more")]))
    assert db.session.scalars(select(Standard)).one().statement == "<script>alert(1)</script> & more"
