"""The courses that a case can take: none ends unseen by all, kept by nobody, or untold to who asked."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.actions.opening import suspend_account
from app.contributions.actions import edit_contribution, remove_contribution
from app.core.doctor import examine
from app.moderation import actions
from app.moderation.actions.claims import let_go
from app.moderation.models import Case, RecordLine
from app.moderation.models.words import became_word
from app.moderation.queries.judges import is_stuck
from app.networks import actions as networks
from app.networks.models import Member
from app.networks.policy import OPERATOR
from app.notifications.models import Notification
from app.spaces.actions.groups import archive_group
from app.spaces.actions.leaving import make_lead, step_down
from app.spaces.models import SpaceMember
from app.spaces.queries.groups import tie_of
from tests.moderation.conftest import REF, Scene
from tests.moderation.test_judging import bells
from tests.moderation.test_leaving import erase
from tests.support.clients import mark_on
from tests.support.factories import World, make_group, make_member, make_post

Browse = Callable[[Any], Any]


def lines_of(db: Any, member: Member) -> list[Notification]:
    return list(db.session.scalars(select(Notification).where(Notification.member_id == member.id)))


def demote(world: World, holder: Member, _case: Case) -> None:
    networks.give_hub_role(world.director, holder, facilitator=False, director=False)


def report_it_too(_world: World, holder: Member, case: Case) -> None:
    assert case.contribution is not None
    actions.report_contribution(holder, case.contribution, ref=REF)


def be_suspended(_world: World, holder: Member, _case: Case) -> None:
    suspend_account(OPERATOR, holder.account)
    let_go()


LOSSES: dict[str, Callable[[World, Member, Case], Any]] = {
    "leaves": lambda _world, holder, _case: networks.leave(holder, holder),
    "is put out": lambda world, holder, _case: networks.end_membership(world.director, holder),
    "takes a break": lambda _world, holder, _case: networks.pause(holder, holder),
    "looks after it no more": demote,
    "reports it too": report_it_too,
    "is suspended": be_suspended,
    "is erased": lambda _world, holder, _case: erase(holder.account, keep=True),
}


@pytest.mark.parametrize("how", LOSSES)
def test_a_claim_that_cannot_be_kept_goes_back(scene: Scene, how: str, db: Any, outbox: Any) -> None:
    world = scene.world
    case = scene.report().case
    outbox.drain()
    actions.claim(world.facilitator, case)
    LOSSES[how](world, world.facilitator, case)
    db.session.refresh(case)
    assert (case.state, case.claimed_by_id) == ("new", None)
    outbox.drain()
    assert "mod_case" in bells(db, world.director)
    scene.act(case, "hide", by="director")
    assert case.state == "done"


def test_a_claim_that_can_be_kept_stays(scene: Scene) -> None:
    world = scene.world
    other = make_member(world.network, "Fin Facilitator", is_facilitator=True)
    case = scene.report().case
    actions.claim(world.facilitator, case)
    networks.leave(other, other)
    let_go()
    assert case.claimed_by_id == world.facilitator.id


def test_of_a_group_who_leads_it_no_more_and_who_leads_it_now(scene: Scene, db: Any) -> None:
    world = scene.world
    group = make_group(world, world.teacher, world.neighbour, world.colleague, world.principal)
    db.session.get_one(SpaceMember, (group.id, world.colleague.id)).role = "lead"
    db.session.commit()
    make_lead(world.colleague, group, world.neighbour.id)
    post = make_post(world.teacher, group, "A zoo", kind="question")
    case = actions.report_contribution(world.principal, post, ref=REF).case
    actions.claim(world.neighbour, case)
    step_down(world.neighbour, group)
    assert case.state == "new"
    assert db.session.scalar(select(RecordLine.by_id).where(RecordLine.verb == "give_back")) is None


def test_what_nobody_may_judge_is_said_to_who_can_name_one_more(
    scene: Scene, as_member: Browse, db: Any, outbox: Any
) -> None:
    world = scene.world
    networks.leave(world.facilitator, world.facilitator)
    scene.post = make_post(world.director, world.commons, "My own words")
    case = scene.report().case
    outbox.drain()
    assert is_stuck(case)
    assert bells(db, world.director) == ["mod_nobody"]
    reports = f"/n/{world.network.slug}/reports/"
    assert "It waits for one more facilitator" in as_member(world.colleague).get(reports).text
    page = as_member(world.director).get("/moderation").text
    assert "needs one more facilitator" in page
    assert "My own words" not in page
    assert any(f"case {case.id} waits" in str(said) for said in examine())
    networks.give_hub_role(world.director, world.principal, facilitator=True, director=False)
    outbox.drain()
    assert bells(db, world.director) == []
    assert "needs one more" not in as_member(world.director).get("/moderation").text
    assert "My own words" in as_member(world.principal).get(f"/moderation/{case.id}").text


def test_an_appeal_that_a_lead_alone_reads_waits_for_one_more(scene: Scene, db: Any) -> None:
    world = scene.world
    group = make_group(world, world.teacher, world.neighbour, world.colleague)
    db.session.get_one(SpaceMember, (group.id, world.colleague.id)).role = "lead"
    db.session.commit()
    networks.leave(world.facilitator, world.facilitator)
    post = make_post(world.teacher, group, "A zoo", kind="question")
    case = actions.report_contribution(world.neighbour, post, ref=REF).case
    appeal = actions.appeal(world.teacher.account, scene.act(case, "hide", by="director").id, "Why?")
    assert is_stuck(appeal.case)
    make_member(world.network, "Fin Facilitator", is_facilitator=True)
    assert not is_stuck(appeal.case)


def test_an_edit_that_waits_is_not_said_to_be_seen(
    scene: Scene, as_member: Browse, db: Any, outbox: Any
) -> None:
    """Asked for an edit, edited, held for a word, found fine: each is told what is true then."""
    world = scene.world
    report = scene.report()
    act = scene.act(report.case, "ask_edit")
    actions.watch(world.facilitator, "tigers", "hold")
    edit_contribution(world.teacher, scene.post, html="<p>My class is tigers</p>")
    letter = f"/moderation/letters/{act.id}"
    assert "Somebody looks at it before others see it" in as_member(world.teacher).get(letter).text
    assert report.case.outcome == "ask_edit"
    again = db.session.scalars(select(Case).where(Case.state == "new")).one()
    outbox.drain()
    scene.act(again, "none", ref="", letter="")
    assert "everybody sees it again" in as_member(world.teacher).get(letter).text
    assert report.case.outcome == "edited"
    outbox.drain()
    assert bells(db, world.colleague).count("mod_news") == 1


def test_nothing_more_to_do_is_not_found_fine(scene: Scene, db: Any) -> None:
    report = scene.report()
    hidden = scene.act(report.case, "hide", goes_on=True)
    scene.act(report.case, "none", ref="", letter="")
    assert (report.case.outcome, scene.post.state) == ("hide", "held")
    actions.undo(scene.world.director, hidden)
    assert (report.case.outcome, scene.post.state) == ("none", "published")


def test_who_reported_hears_when_the_case_ends_and_not_before(scene: Scene, db: Any, outbox: Any) -> None:
    world = scene.world
    report = scene.report()
    scene.act(report.case, "ask_edit", goes_on=True)
    edit_contribution(world.teacher, scene.post, html="<p>My class is lively</p>")
    outbox.drain()
    assert scene.post.state == "published"
    assert bells(db, world.colleague) == []
    scene.act(report.case, "talk")
    scene.act(report.case, "none", ref="", letter="")
    outbox.drain()
    assert bells(db, world.colleague) == ["mod_news"]
    assert report.case.outcome == "edited"
    assert len(list(db.session.scalars(select(RecordLine).where(RecordLine.verb == "returned")))) == 1


def test_a_case_that_is_opened_again_tells_its_end_again(scene: Scene, db: Any, outbox: Any) -> None:
    world = scene.world
    report = scene.report(ref="privacy")
    fine = scene.act(report.case, "none", ref="", letter="")
    outbox.drain()
    for line in lines_of(db, world.colleague):
        line.read_at = line.created_at
    db.session.commit()
    actions.undo(world.director, fine)
    assert report.case.state == "new"
    scene.act(report.case, "hide")
    outbox.drain()
    assert [line.read_at for line in lines_of(db, world.colleague)] == [None]


def test_what_waited_and_is_seen_tells_its_author(scene: Scene, db: Any, outbox: Any) -> None:
    world = scene.world
    case = scene.report(ref="privacy").case
    outbox.drain()
    assert bells(db, world.teacher) == ["mod_held"]
    scene.act(case, "none", ref="", letter="")
    outbox.drain()
    assert bells(db, world.teacher) == ["mod_back"]


def test_what_its_author_took_back_meanwhile_can_be_ended(scene: Scene, as_member: Browse, db: Any) -> None:
    world = scene.world
    report = scene.report(ref="privacy")
    remove_contribution(world.teacher, scene.post)
    page = as_member(world.facilitator).get(f"/moderation/{report.case_id}").text
    assert "Its author has taken it back since." in page
    scene.act(report.case, "none", ref="", letter="")
    assert (report.case.state, scene.post.state) == ("done", "removed")
    assert examine() == []


@pytest.mark.parametrize("keep", [True, False])
def test_an_author_who_goes_leaves_no_case_behind(
    scene: Scene, db: Any, keep: bool, as_member: Browse
) -> None:
    world = scene.world
    report = scene.report(ref="privacy")
    erase(world.teacher.account, keep=keep)
    browser = as_member(world.facilitator)
    page = browser.get(f"/moderation/{report.case_id}").text
    assert "/act/pause" not in page, "nobody is there to rest"
    assert (
        browser.post(f"/moderation/{report.case_id}/act/none", data={"read": mark_on(page)}).status_code
        == 303
    )
    db.session.refresh(report)
    assert report.case.state == "done"
    assert became_word(report.case)


def test_a_group_that_is_archived_and_a_reporter_who_left(scene: Scene, db: Any, outbox: Any) -> None:
    world = scene.world
    group = make_group(world, world.teacher, world.neighbour, world.colleague)
    db.session.get_one(SpaceMember, (group.id, world.colleague.id)).role = "lead"
    db.session.commit()
    scene.post = make_post(world.teacher, group, "A zoo", kind="question")
    case = scene.report("neighbour", ref="privacy").case
    archive_group(world.colleague, group)
    networks.leave(world.neighbour, world.neighbour)
    scene.act(case, "none", ref="", letter="")
    outbox.drain()
    assert (case.state, scene.post.state) == ("done", "published")
    assert examine() == []


def test_what_was_taken_back_is_not_asked_to_be_edited(scene: Scene, as_member: Browse) -> None:
    world = scene.world
    letter = f"/moderation/letters/{scene.act(scene.report().case, 'ask_edit').id}"
    assert "/edit" in as_member(world.teacher).get(letter).text.split("letter-words")[1]
    remove_contribution(world.teacher, scene.post)
    assert "/edit" not in as_member(world.teacher).get(letter).text.split("letter-words")[1]


def test_the_hub_goes_on_where_a_lead_keeps_a_case(
    scene: Scene, as_member: Browse, db: Any, outbox: Any
) -> None:
    world = scene.world
    group = make_group(world, world.neighbour, world.teacher, world.colleague)
    db.session.get_one(SpaceMember, (group.id, world.neighbour.id)).role = "lead"
    post = make_post(world.teacher, group, "A zoo")
    case = actions.report_contribution(world.colleague, post, ref="privacy").case
    actions.claim(world.neighbour, case)
    with pytest.raises(actions.Taken):
        scene.act(case, "none", by="director")
    browser, here = as_member(world.director), f"/moderation/{case.id}"
    assert "Take it over" in browser.get(here).text
    assert "Take it over" not in as_member(world.neighbour).get(here).text
    assert browser.post(f"{here}/take_over").status_code == 303
    db.session.refresh(case)
    assert (case.state, case.claimed_by_id) == ("claimed", world.director.id)
    line = db.session.scalars(select(RecordLine).where(RecordLine.verb == "take_over")).one()
    assert (line.by_id, line.member_id) == (world.director.id, world.neighbour.id)
    assert as_member(world.neighbour).post(f"{here}/take_over").status_code == 303, "they are told who has it"
    db.session.refresh(case)
    assert case.claimed_by_id == world.director.id, "a lead takes nothing over"
    assert examine() == []
    case.claimed_by_id = world.principal.id
    db.session.commit()
    assert any("claimed by somebody who may not judge it" in str(found) for found in examine())


@pytest.mark.parametrize("of", ["member", "group"])
def test_what_never_waits_is_not_said_to_wait(scene: Scene, as_member: Browse, of: str, db: Any) -> None:
    world = scene.world
    if of == "member":
        case = actions.report_member(world.colleague, world.teacher, ref=REF).case
    else:
        group = make_group(world, world.teacher, access="open")
        db.session.get_one(SpaceMember, (group.id, world.teacher.id)).role = "lead"
        db.session.commit()
        tie = tie_of(world.colleague, group.id)
        case = actions.report_group(world.colleague, tie, ref=REF).case
    page = as_member(world.facilitator).get(f"/moderation/{case.id}/act/ask_edit").text
    assert "Could you change it?" in page
    for wrong in ("only you see it", "comes back by itself"):
        assert wrong not in page


def test_who_reads_along_has_no_queue_until_they_accept(scene: Scene, as_member: Browse, db: Any) -> None:
    world = scene.world
    case = scene.report().case
    browser = as_member(world.facilitator)
    assert browser.get("/moderation/waiting").json == {"waiting": 1}
    networks.adopt_norms(world.director, world.network, [{"title": "Another"}])
    networks.put_off_norms(world.facilitator, world.network.norms_version)
    assert browser.get("/moderation/waiting").json == {"waiting": 0}
    assert f"/moderation/{case.id}" not in browser.get("/moderation").text
    networks.accept_norms(world.facilitator, world.network.norms_version)
    assert f"/moderation/{case.id}" in browser.get("/moderation").text
