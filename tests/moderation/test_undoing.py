"""Every act, done on its page and undone beside it on the page of its case."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import Piece, share
from app.contributions.models import Contribution
from app.core import clock, personal
from app.core.command import command
from app.core.db import db
from app.moderation import actions, policy
from app.moderation.actions.how import How
from app.moderation.models import Act, Case
from app.networks.actions import pause, set_sealing
from app.networks.models import Member
from app.spaces.models import Space, SpaceMember
from tests.moderation.conftest import REF, Scene, as_read
from tests.moderation.test_leaving import erase
from tests.support.clients import mark_on
from tests.support.factories import make_group, make_member, make_post, make_reply

Browser = Callable[[Any], Any]


def as_it_is(post: Contribution, author: Member) -> tuple[Any, ...]:
    """All that any act changes."""
    db.session.expire_all()
    known = (author.standing, author.paused_until, author.approval_until, author.is_facilitator)
    seen = (post.state, post.state_reason, post.text, post.locked, post.slow_minutes, post.space_id)
    spaces = select(SpaceMember.space_id).where(SpaceMember.member_id == author.id)
    return (*known, *seen, tuple(db.session.scalars(spaces.order_by(SpaceMember.space_id))))


def do(browser: Any, case: Case, verb: str, space: Space) -> str:
    """Act by the form; what its page says then."""
    until = (clock.now() + timedelta(days=7)).date().isoformat()
    sent = {
        "ref": REF,
        "letter": "Dear colleague",
        "reason": "It hurt",
        "until": until,
        "minutes": "30",
        **as_read(case),
    }
    page = browser.post(
        f"/moderation/{case.id}/act/{verb}", data={**sent, "space": space.id}, follow_redirects=True
    )
    assert page.status_code == 200
    assert "Done. It is on record" in page.text
    return str(page.text)


def undo(browser: Any, page: str, reason: str = "") -> Any:
    (form,) = re.findall(r'action="(/moderation/\d+/undo/\d+)"', page)
    return browser.post(form, data={"reason": reason, "read": mark_on(page)}, follow_redirects=True)


@pytest.mark.parametrize("verb", [verb for verb in policy.ACTS if verb not in ("talk", "none")])
def test_each_act_is_undone_where_it_was_done(scene: Scene, verb: str, as_member: Browser) -> None:
    world = scene.world
    author = make_member(world.network, "Flo Former", role="teacher", is_facilitator=True)
    group = make_group(world, world.director, author)
    post = make_post(author, world.commons, "My class is a zoo", kind="question")
    before = as_it_is(post, author)
    case = actions.report_contribution(world.colleague, post, ref=REF).case
    browser = as_member(world.director)
    page = do(browser, case, verb, group)
    assert as_it_is(post, author) != before
    assert "It is undone" in undo(browser, page).text
    assert as_it_is(post, author) == before


def test_finding_it_fine_is_undone_where_it_was_done(scene: Scene, as_member: Browser) -> None:
    case, browser = scene.report(ref="privacy").case, as_member(scene.world.facilitator)
    before = as_it_is(scene.post, scene.world.teacher)
    page = do(browser, case, "none", scene.world.commons)
    assert scene.post.state == "published"
    undo(browser, page)
    assert as_it_is(scene.post, scene.world.teacher) == before


def test_words_that_were_said_are_not_offered_to_be_unsaid(scene: Scene, as_member: Browser) -> None:
    page = do(as_member(scene.world.facilitator), scene.report().case, "talk", scene.world.commons)
    assert "/undo/" not in page


def test_a_lead_who_moved_it_out_of_their_group_still_undoes_it(scene: Scene, as_member: Browser) -> None:
    world = scene.world
    group = make_group(world, world.teacher, world.neighbour, world.colleague)
    db.session.get_one(SpaceMember, (group.id, world.colleague.id)).role = "lead"
    db.session.commit()
    post = make_post(world.teacher, group, "Where does this go?", kind="question")
    case = actions.report_contribution(world.neighbour, post, ref=REF).case
    lead = as_member(world.colleague)
    page = do(lead, case, "move", world.commons)
    assert post.space_id == world.commons.id
    assert "It is undone" in undo(lead, page).text
    db.session.refresh(post)
    assert post.space_id == group.id


def test_a_move_in_which_people_wrote_stays_and_the_page_says_why(
    scene: Scene, as_member: Browser, clock: Any
) -> None:
    world = scene.world
    group = make_group(world, world.facilitator, world.teacher)
    post = make_post(world.teacher, world.commons, "Where does this go?", kind="question")
    case = actions.report_contribution(world.colleague, post, ref=REF).case
    browser = as_member(world.facilitator)
    page = do(browser, case, "move", group)
    clock.move(minutes=1)
    make_reply(world.teacher, post, "Among ourselves")
    assert "So it stays" in undo(browser, page).text
    assert db.session.scalars(select(Act)).one().undone_at is None


def test_a_pause_is_undone_while_another_one_stands(scene: Scene) -> None:
    world, teacher = scene.world, scene.world.teacher
    case = scene.report().case
    first = scene.act(case, "pause", goes_on=True)
    longer = How(until=clock.now() + timedelta(days=30))
    second = scene.act(case, "pause", how=longer)
    actions.undo(world.facilitator, first)
    assert (teacher.standing, teacher.paused_until) == ("paused", second.until), "the second one stands"
    actions.undo(world.facilitator, second)
    assert (teacher.standing, teacher.paused_until) == ("active", None)


def test_a_break_of_ones_own_goes_on(scene: Scene) -> None:
    teacher = scene.world.teacher
    pause(teacher, teacher)
    actions.undo(scene.world.facilitator, scene.act(scene.report().case, "pause"))
    assert (teacher.standing, teacher.paused_until) == ("paused", None)


def test_whoever_undoes_it_says_what_changed(scene: Scene, as_member: Browser, outbox: Any) -> None:
    world, words = scene.world, "We read it again: you meant your own class"
    case, browser = scene.report().case, as_member(world.director)
    page = undo(browser, do(browser, case, "hide", world.commons), words).text
    assert words in page, "colleagues who judge read it in the case"
    made = db.session.scalars(select(Act)).one()
    letter = as_member(world.teacher).get(f"/moderation/letters/{made.id}").text
    said = letter.split("This was taken back.")[1].split("</div>")[0]
    for part in (words, "Dee Director", "Hide it", made.norm_title):
        assert part in said
    assert words in as_member(world.teacher).get(f"/n/{world.network.slug}/reports/record").text
    assert words in browser.get(f"/n/{world.network.slug}/settings/record").text
    assert words in str(dict(personal.everything_of(world.teacher.account)))
    outbox.drain()
    mails = [mail for mail in outbox.mail if mail.to == world.teacher.account.email]
    assert len(mails) == 2
    assert "was taken back" in mails[1].text
    assert words not in mails[1].text


def test_words_about_undoing_that_are_too_long_undo_nothing(scene: Scene, as_member: Browser) -> None:
    browser = as_member(scene.world.director)
    page = do(browser, scene.report().case, "hide", scene.world.commons)
    assert "longer than 300" in undo(browser, page, "x" * 301).text
    assert db.session.scalars(select(Act)).one().undone_at is None


def test_what_was_said_of_undoing_goes_with_the_letter(scene: Scene) -> None:
    act = scene.act(scene.report().case, "hide")
    actions.undo(scene.world.director, act, reason="You meant your own class")
    erase(scene.world.teacher.account, keep=True)
    db.session.refresh(act)
    assert (act.letter, act.undone_words) == ("", "")


@pytest.mark.parametrize("sealed", [True, False])
def test_what_its_author_took_along_is_not_brought_back_and_the_case_ends(
    scene: Scene, sealed: bool, as_member: Browser
) -> None:
    """A removal is undone, and one is won on appeal, after the words went with their author's account."""
    world = scene.world
    set_sealing(world.director, world.network, allowed=True)
    pieces = [Piece(kind="question", html="<p>A zoo</p>", title=title, sealed=sealed) for title in "ab"]
    made = []
    for post in [share(world.teacher, world.commons, piece) for piece in pieces]:
        case = actions.report_contribution(world.colleague, post, ref=REF).case
        made.append(scene.act(case, "remove"))
    undone, won = made
    appeal = actions.appeal(world.teacher.account, won.id, "Please look")
    command(personal.erase)(world.teacher.account, keep_contributions=False)
    sent: dict[str, str] = {"outcome": "overturned", "answer": "You are right"}
    for judge, case_id, way in (
        (as_member(world.facilitator), undone.case_id, f"undo/{undone.id}"),
        (as_member(world.director), appeal.case_id, "appeal"),
    ):
        here = f"/moderation/{case_id}"
        read = mark_on(judge.get(here).text)
        page = judge.post(f"{here}/{way}", data={**sent, "read": read}, follow_redirects=True)
        assert "There is nothing to bring back" in page.text
    db.session.expire_all()
    assert (undone.case.state, appeal.case.state, appeal.outcome) == ("done", "done", "overturned")
    for act in made:
        assert act.undone_at is not None
        assert (act.case.contribution.state, act.case.contribution.text) == ("removed", "")
