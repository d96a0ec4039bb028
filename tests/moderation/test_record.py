"""The record: complete, append-only, read by whom it concerns."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from app.moderation import actions
from app.moderation.models import RecordLine
from app.networks.actions import end_membership, give_hub_role
from app.networks.models import Network
from tests.house import tree
from tests.moderation.conftest import Scene
from tests.support.factories import make_group


def verbs(db: Any) -> list[str]:
    return list(db.session.scalars(select(RecordLine.verb).order_by(RecordLine.id)))


def test_every_change_of_rights_is_on_record(scene: Scene, db: Any) -> None:
    world = scene.world
    give_hub_role(world.director, world.colleague, facilitator=True, director=False)
    end_membership(world.facilitator, world.principal)
    actions.read_first_posts(world.facilitator, 1)
    actions.watch(world.facilitator, "word", "warn")
    lines = {line.verb: line for line in db.session.scalars(select(RecordLine))}
    assert lines["hub_role"].by_id == world.director.id
    assert (lines["hub_role"].member_id, lines["hub_role"].why) == (world.colleague.id, "facilitator")
    assert lines["membership_ended"].by_id == world.facilitator.id
    assert {"first_posts", "watch_list"} <= lines.keys()


@pytest.mark.durable
@pytest.mark.parametrize(
    "statement", [update(RecordLine).values(why="changed"), delete(RecordLine)], ids=["update", "delete"]
)
def test_the_database_refuses_to_change_it(scene: Scene, db: Any, statement: Any) -> None:
    scene.act(scene.report().case, "hide")
    with pytest.raises(DatabaseError, match="written once"):
        db.session.execute(statement)
    db.session.rollback()
    assert verbs(db) == ["hide"]


@pytest.mark.durable
def test_it_goes_with_its_network(scene: Scene, db: Any) -> None:
    """What takes a whole network out (the demo) takes its record along."""
    scene.act(scene.report().case, "hide")
    db.session.execute(text("DELETE FROM contribution"))
    db.session.execute(delete(Network).where(Network.id == scene.world.network.id))
    db.session.commit()
    assert verbs(db) == []


def test_no_verb_changes_or_deletes_a_line() -> None:
    """Nothing in the code but `record` names the table's class beside a change."""
    changing = []
    for path in tree.below("app"):
        if path.parts[1] != "moderation" or "RecordLine" not in tree.read(path):
            continue
        for node in ast.walk(ast.parse(tree.read(path))):
            called = node.func if isinstance(node, ast.Call) else None
            changes = isinstance(called, ast.Name) and called.id in ("update", "delete")
            if changes and "RecordLine" in ast.unparse(node):
                changing.append(str(path))
    assert changing == []
    assert Path("app/moderation/actions/recording.py") in tree.below("app")


def test_directors_read_and_export_all_of_it(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world = scene.world
    scene.act(scene.report().case, "hide", reason="=HYPERLINK(1)")
    here = f"/n/{world.network.slug}/settings/record"
    assert "Hide it" in as_member(world.director).get(here).text
    sheet = as_member(world.director).get(f"{here}.csv").text
    assert "Hide it,Fay Facilitator,Tess Teacher" in sheet
    assert ",'=HYPERLINK(1)" in sheet
    assert as_member(world.facilitator).get(here).status_code == 403


def test_a_member_reads_what_concerns_them(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world = scene.world
    case = scene.report().case
    actions.claim(world.facilitator, case)
    scene.act(case, "hide", reason="It hurt a class")
    here = f"/n/{world.network.slug}/reports/record"
    mine = as_member(world.teacher).get(here).text
    assert "It hurt a class" in mine
    assert "Took up a case" not in mine
    assert "It hurt a class" not in as_member(world.colleague).get(here).text
    assert make_group(world, world.teacher).id
