"""The record: complete, append-only, read by whom it concerns."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from app.contributions.actions.opening import agree_to_open, ask_to_open, see_author
from app.core import personal
from app.core.command import command
from app.core.db import on_sqlite
from app.moderation import actions
from app.moderation.actions.recording import record
from app.moderation.models import RecordLine
from app.networks.actions import end_membership, give_hub_role, join, leave, make_invitation, set_sealing
from app.networks.models import Network
from app.spaces.actions import (
    add_to_space,
    leave_group,
    make_lead,
    remove_from_group,
    start_group,
    step_down,
    step_up,
)
from app.spaces.actions.groups import Words
from tests.house import tree
from tests.moderation.conftest import Scene
from tests.support.factories import make_account, make_group, make_post


def verbs(scene: Scene, db: Any) -> list[str]:
    """Of the scene's network, without the hub that it began with."""
    here = (RecordLine.network_id == scene.world.network.id, RecordLine.verb != "hub_role")
    return list(db.session.scalars(select(RecordLine.verb).where(*here).order_by(RecordLine.id)))


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


def lines_of(db: Any, member: Any, *verbs: str) -> list[tuple[str, str, int | None]]:
    mine = (RecordLine.member_id == member.id, RecordLine.verb.in_(verbs))
    query = select(RecordLine).where(*mine).order_by(RecordLine.id)
    return [(line.verb, line.why, line.by_id) for line in db.session.scalars(query)]


def test_hub_roles_however_they_come_and_go(scene: Scene, db: Any) -> None:
    """By hand, by a director's link, by leaving, and by the end of a membership."""
    world = scene.world
    link = make_invitation(world.director, world.network, makes_facilitator=True)
    new = join(make_account("Nel New"), link.token)
    give_hub_role(world.director, new, facilitator=True, director=True)
    leave(new, new)
    give_hub_role(world.director, world.colleague, facilitator=True, director=False)
    end_membership(world.director, world.colleague)
    assert lines_of(db, new, "hub_role") == [
        ("hub_role", "facilitator", world.director.id),
        ("hub_role", "facilitator, director", world.director.id),
        ("hub_role", "none", new.id),
    ]
    assert lines_of(db, world.colleague, "hub_role")[-1] == ("hub_role", "none", world.director.id)
    assert lines_of(db, world.facilitator, "hub_role") == [("hub_role", "facilitator", None)]


def test_leads_however_they_come_and_go(scene: Scene, db: Any) -> None:
    world = scene.world
    group = start_group(world.teacher, Words("Ratios", access="request")).space
    for member in (world.colleague, world.neighbour):
        add_to_space(group, member)
    make_lead(world.teacher, group, world.colleague.id)
    make_lead(world.teacher, group, world.neighbour.id)
    remove_from_group(world.teacher, group, world.neighbour.id)
    step_down(world.colleague, group)
    leave_group(world.teacher, group, without=True)
    step_up(world.colleague, group)
    why, both = f"group:{group.id}", ("lead_named", "lead_ended")
    teacher, colleague = world.teacher.id, world.colleague.id
    assert lines_of(db, world.teacher, *both) == [("lead_named", why, teacher), ("lead_ended", why, teacher)]
    assert lines_of(db, world.neighbour, *both) == [
        ("lead_named", why, teacher),
        ("lead_ended", why, teacher),
    ]
    assert lines_of(db, world.colleague, *both) == [
        ("lead_named", why, teacher),
        ("lead_ended", why, colleague),
        ("lead_named", why, colleague),
    ]


@pytest.mark.durable
@pytest.mark.parametrize(
    "statement", [update(RecordLine).values(why="changed"), delete(RecordLine)], ids=["update", "delete"]
)
def test_the_database_refuses_to_change_it(scene: Scene, db: Any, statement: Any) -> None:
    scene.act(scene.report().case, "hide")
    with pytest.raises(DatabaseError, match="written once"):
        db.session.execute(statement)
    db.session.rollback()
    assert verbs(scene, db) == ["hide"]


@pytest.mark.durable
def test_it_goes_with_its_network(scene: Scene, db: Any) -> None:
    """What takes a whole network out (the demo) takes its record along."""
    scene.act(scene.report().case, "hide")
    db.session.execute(text("DELETE FROM contribution"))
    number = scene.world.network.id
    db.session.execute(delete(Network).where(Network.id == number))
    db.session.commit()
    assert db.session.scalars(select(RecordLine.id).where(RecordLine.network_id == number)).all() == []


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
    scene.act(scene.report().case, "hide", reason="=HYPERLINK(1); ＋2|fair enough - yes;no")
    here = f"/n/{world.network.slug}/settings/record"
    assert "Hide it" in as_member(world.director).get(here).text
    sheet = as_member(world.director).get(f"{here}.csv").text
    assert "Hide it,Fay Facilitator,Tess Teacher" in sheet
    assert ",'=HYPERLINK(1);' ＋2|fair enough - yes;no" in sheet
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


def test_opening_a_seal_is_on_record_and_who_is_behind_it_is_not(
    scene: Scene, db: Any, as_member: Callable[[Any], Any]
) -> None:
    world = scene.world
    set_sealing(world.director, world.network, allowed=True)
    post = make_post(world.teacher, world.commons, "It failed", kind="question", title="Why?", sealed=True)
    opening = ask_to_open(world.facilitator, post, reason="Somebody is in danger")
    agree_to_open(world.director, opening)
    see_author(world.director, opening)
    lines = list(db.session.scalars(select(RecordLine).where(RecordLine.verb.like("seal%"))))
    assert [(line.verb, line.by_id, line.subject, line.why) for line in lines] == [
        ("seal_asked", world.facilitator.id, f"contribution:{post.id}", "Somebody is in danger"),
        ("seal_opened", world.director.id, f"contribution:{post.id}", "Somebody is in danger"),
    ]
    assert {line.member_id for line in lines} == {None}
    here = f"/n/{world.network.slug}/settings/record"
    browser = as_member(world.director)
    page, sheet = browser.get(here).text, browser.get(f"{here}.csv").text
    for said in (page, sheet):
        assert "Opened a post without a name" in said
        assert "Somebody is in danger" in said
        assert world.teacher.name not in said
    assert f"Post {post.id}" in page
    assert f"contribution:{post.id}" in sheet


REPLACE = """
INSERT OR REPLACE INTO moderation_record (id, network_id, at, verb, subject, norm_title, why)
SELECT id, network_id, at, 'none', subject, norm_title, why FROM moderation_record
"""


@pytest.mark.durable
def test_a_line_is_not_replaced_either(scene: Scene, db: Any) -> None:
    scene.act(scene.report().case, "hide")
    if not on_sqlite():
        return
    with pytest.raises(DatabaseError, match="written once"):
        db.session.execute(text(REPLACE))
    db.session.rollback()
    assert verbs(scene, db) == ["hide"]


def test_who_took_up_a_case_concerns_nobody_else_for_directors_too(
    scene: Scene, as_member: Callable[[Any], Any]
) -> None:
    world = scene.world
    actions.claim(world.facilitator, scene.report().case)
    page = as_member(world.director).get(f"/n/{world.network.slug}/settings/record").text
    assert "Took up a case" in page
    assert world.teacher.name not in page


def test_the_download_has_every_line(scene: Scene, db: Any) -> None:
    teacher = scene.world.teacher
    for number in range(60):
        command(record)(teacher.network_id, "pause", member_id=teacher.id, why=f"Line {number}")
    said = str(dict(personal.everything_of(teacher.account)))
    assert all(f"Line {number}'" in said for number in range(60))
