"""A person's traces in moderation: handed over with their data, and erased with their account."""

from typing import Any

from app.accounts.models import Account
from app.core import personal
from app.core.command import command
from app.core.doctor import examine
from app.moderation import actions
from app.moderation.models import Act, CaseNote, Report
from tests.moderation.conftest import Scene
from tests.support.factories import make_reply


@command
def erase(account: Account, keep: bool) -> None:
    personal.erase(account, keep_contributions=keep)


def test_a_report_outlives_its_reporter_without_the_name(scene: Scene, db: Any, as_member: Any) -> None:
    world = scene.world
    report = scene.report(words="Unkind")
    erase(world.colleague.account, keep=True)
    db.session.refresh(report)
    assert report.reporter_id is None
    page = as_member(world.facilitator).get(f"/moderation/{report.case_id}").text
    assert "Unkind" in page
    assert "Cole Colleague" not in page
    assert examine() == []


def test_copies_go_with_the_words(scene: Scene, db: Any) -> None:
    world = scene.world
    make_reply(world.teacher, scene.post, "CNRY before it")
    bad = make_reply(world.neighbour, scene.post, "Somebody else's words")
    around = actions.report_contribution(world.colleague, bad, ref="n1")
    own = scene.report("colleague")
    act = scene.act(own.case, "hide", letter="Dear Tess")
    erase(world.teacher.account, keep=False)
    for report in (around, own):
        db.session.refresh(report)
    assert "zoo" not in str(own.copy)
    assert "CNRY" not in str(around.copy)
    assert "Somebody else's words" in around.copy["text"]
    assert db.session.get_one(Act, act.id).letter == ""


def test_copies_stay_with_words_that_stay(scene: Scene, db: Any) -> None:
    own = scene.report("colleague")
    erase(scene.world.teacher.account, keep=True)
    db.session.refresh(own)
    assert "zoo" in own.copy["text"]


def test_a_claim_and_a_note_of_who_goes(scene: Scene, db: Any) -> None:
    world = scene.world
    case = scene.report().case
    actions.claim(world.facilitator, case)
    actions.note(world.facilitator, case, "Known for years")
    erase(world.facilitator.account, keep=True)
    db.session.refresh(case)
    assert (case.state, case.claimed_by_id) == ("new", None)
    assert db.session.query(CaseNote).one().member_id is None


def test_the_download_has_ones_own_and_nothing_of_others(scene: Scene, db: Any) -> None:
    world = scene.world
    scene.act(scene.report(words="Words of the reporter").case, "hide", letter="Dear Tess")
    mine = str(dict(personal.everything_of(world.teacher.account)))
    theirs = str(dict(personal.everything_of(world.colleague.account)))
    assert "Dear Tess" in mine
    assert "Words of the reporter" not in mine
    assert "Words of the reporter" in theirs
    assert db.session.query(Report).count() == 1
