"""Two at one moment, with real commits: one consistent outcome, and the second is told."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.contributions.actions import edit_contribution
from app.contributions.models import Contribution
from app.core.db import db
from app.core.doctor import examine
from app.moderation import actions
from app.moderation.models import Act, Appeal, Case, RecordLine, Report
from app.networks.models import Member
from tests.moderation.conftest import Scene

pytestmark = pytest.mark.durable
Deed = Callable[[], Any]


def at_once(app: Flask, *deeds: Deed) -> list[str]:
    """Run them in threads that begin together; the name of what each raised, or ''."""
    ready, said = threading.Barrier(len(deeds)), [""] * len(deeds)

    def run(place: int, deed: Deed) -> None:
        with app.app_context():
            ready.wait()
            try:
                deed()
            except Exception as error:
                said[place] = type(error).__name__
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    db.session.commit()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return said


def member(member_id: int) -> Member:
    return db.session.get_one(Member, member_id)


def case_of(case_id: int) -> Case:
    return db.session.get_one(Case, case_id)


def test_two_facilitators_act_on_one_case(app: Flask, scene: Scene) -> None:
    case_id, judges = scene.report().case_id, [scene.world.facilitator.id, scene.world.director.id]
    wanted = actions.Wanted("hide", ref="n1", letter="Dear Tess")
    said = at_once(
        app, *(lambda who=who: actions.act(member(who), case_of(case_id), wanted) for who in judges)
    )
    assert sorted(said) == ["", "Taken"]
    assert db.session.query(Act).count() == 1
    lines = db.session.query(RecordLine).where(RecordLine.case_id == case_id)
    assert [line.verb for line in lines] == ["hide"]
    assert examine() == []


def test_two_reports_of_one_thing(app: Flask, scene: Scene) -> None:
    people, post_id = [scene.world.colleague.id, scene.world.neighbour.id], scene.post.id

    def report(who: int) -> None:
        post = db.session.get_one(Contribution, post_id)
        actions.report_contribution(member(who), post, ref="n1")

    assert at_once(app, *(lambda who=who: report(who) for who in people)) == ["", ""]
    assert (db.session.query(Case).count(), db.session.query(Report).count()) == (1, 2)
    assert db.session.get_one(Contribution, post_id).state == "held", "they are of two schools"
    assert examine() == []


def test_an_edit_during_a_report(app: Flask, scene: Scene) -> None:
    reporter, author, post_id = scene.world.colleague.id, scene.world.teacher.id, scene.post.id

    def post() -> Contribution:
        return db.session.get_one(Contribution, post_id)

    said = at_once(
        app,
        lambda: actions.report_contribution(member(reporter), post(), ref="privacy"),
        lambda: edit_contribution(member(author), post(), html="<p>A lively class</p>"),
    )
    assert said == ["", ""]
    copies = [report.copy["text"] for report in db.session.scalars(select(Report).order_by(Report.id))]
    assert post().text == "A lively class"
    # Either the edit came first and was copied, or after, and those who judge have both.
    assert copies in (["A lively class"], ["My class is a zoo", "A lively class"])
    assert post().state == "held"
    assert examine() == []


def test_an_appeal_while_it_is_undone(app: Flask, scene: Scene) -> None:
    world = scene.world
    act_id, director = scene.act(scene.report().case, "hide").id, world.director.id
    account_id = world.teacher.account_id

    def appeal() -> None:
        from app.accounts.models import Account

        actions.appeal(db.session.get_one(Account, account_id), act_id, "Please look")

    said = at_once(
        app, appeal, lambda: actions.undo(member(director), db.session.get_one(Act, act_id), reason="Wrong")
    )
    assert said[1] == ""
    assert said[0] in ("", "AppealedAlready")
    assert db.session.query(Appeal).count() == (0 if said[0] else 1)
    assert db.session.get_one(Contribution, scene.post.id).state == "published"
    assert db.session.get_one(Act, act_id).undone_at is not None
    assert examine() == []
