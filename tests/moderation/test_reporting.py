"""Reporting: the copy, thresholds, limits, and what the reporter reads of it."""

from collections.abc import Callable
from typing import Any

import pytest

from app.contributions.actions import edit_contribution, take_down
from app.core.access import Forbidden, NotFound
from app.moderation import actions
from app.moderation.models import Case, Report
from app.moderation.queries.cases import reports_of
from app.networks.actions import set_sealing
from tests.moderation.conftest import REF, Scene, as_read
from tests.support.factories import make_group, make_member, make_post, make_reply


def test_a_report_keeps_the_norm_and_a_copy_as_it_was(scene: Scene, db: Any) -> None:
    report = scene.report(words="It names a class")
    edit_contribution(scene.world.teacher, scene.post, html="<p>My class is lively</p>", title="A day")
    kept = db.session.get_one(Report, report.id)
    assert (kept.norm_ref, kept.norm_title, kept.norm_version) == (REF, "All voices", 1)
    assert "zoo" in kept.copy["text"]
    assert "lively" not in str(kept.copy)
    assert kept.copy["author_id"] == scene.world.teacher.id
    assert kept.site_id == scene.world.maple.id


def test_two_reports_of_one_thing_meet_in_one_case(scene: Scene, db: Any) -> None:
    first, second = scene.report("colleague"), scene.report("facilitator")
    assert first.case_id == second.case_id
    assert scene.report("colleague").id == first.id, "the same again is the first"
    assert scene.post.state == "published", "one school alone holds nothing"


def test_people_of_two_schools_hold_it_until_somebody_has_judged(scene: Scene) -> None:
    scene.report("colleague")
    report = scene.report("neighbour")
    assert (scene.post.state, scene.post.state_reason) == ("held", "reports")
    assert report.case.holds


def test_two_people_of_one_school_do_not(scene: Scene) -> None:
    scene.report("neighbour")
    scene.report("principal")
    assert scene.post.state == "published"


def test_student_privacy_holds_at_once_three_times_a_week(scene: Scene, clock: Any) -> None:
    world = scene.world
    posts = [make_post(world.teacher, world.commons, f"Number {number}") for number in range(4)]
    for post in posts:
        actions.report_contribution(world.colleague, post, ref="privacy")
    assert [post.state for post in posts] == ["held", "held", "held", "published"]
    clock.move(days=8)
    later = make_post(world.teacher, world.commons, "One more")
    report = actions.report_contribution(world.colleague, later, ref="privacy")
    assert later.state == "held"
    assert report.case.is_urgent


def test_one_tap_shows_again_what_a_report_of_privacy_held(
    scene: Scene, as_member: Callable[[Any], Any], db: Any
) -> None:
    report = scene.report(ref="privacy")
    browser, here = as_member(scene.world.facilitator), f"/moderation/{report.case_id}"
    assert "It is fine: show it again" in browser.get(here).text
    done = browser.post(f"{here}/act/none", data=as_read(report.case), follow_redirects=True)
    assert "Done. It is on record" in done.text
    db.session.refresh(scene.post)
    assert (scene.post.state, report.case.outcome) == ("published", "none")
    assert "show it again" not in browser.get(here).text


def test_what_was_found_fine_is_reported_again_once_it_has_changed(
    scene: Scene, as_member: Callable[[Any], Any]
) -> None:
    world, browser = scene.world, as_member(scene.world.colleague)
    form = f"/n/{world.network.slug}/report/c/{scene.post.id}"
    scene.act(scene.report().case, "none", ref="", letter="")
    again = browser.post(form, data={"ref": REF, "words": "Once more"})
    assert again.status_code == 422
    assert "found it fine" in again.text
    assert "Once more" in again.text
    assert as_member(world.neighbour).post(form, data={"ref": REF}).status_code == 303, "others may"
    edit_contribution(world.teacher, scene.post, html="<p>My class is a circus</p>")
    assert browser.post(form, data={"ref": REF}).status_code == 303


def test_those_who_judge_see_how_often_somebody_reports(
    scene: Scene, as_member: Callable[[Any], Any]
) -> None:
    world = scene.world
    posts = [make_post(world.teacher, world.commons, f"Number {number}") for number in range(3)]
    cases = [actions.report_contribution(world.colleague, post, ref=REF).case for post in posts]
    for case in cases[:2]:
        scene.act(case, "none", ref="", letter="")
    browser = as_member(world.facilitator)
    page = browser.get(f"/moderation/{cases[2].id}").text
    assert "3 reports in three months" in page
    assert "2 of them about something fine" in page
    (report,) = reports_of([cases[2].id])[cases[2].id]
    sent = {"ref": "", "letter": "", "misuse": report.id, **as_read(cases[2])}
    browser.post(f"/moderation/{cases[2].id}/act/none", data=sent)
    assert "one of them to hurt" in browser.get(f"/moderation/{cases[2].id}").text


def test_what_one_may_not_report(scene: Scene) -> None:
    world = scene.world
    with pytest.raises(Forbidden):
        scene.report("teacher")
    with pytest.raises(NotFound):
        scene.report("outsider")
    with pytest.raises(NotFound):
        scene.report(ref="n99")
    take_down(scene.post, reason="author")
    with pytest.raises(NotFound):
        scene.report()
    assert world.colleague.id


def test_ten_a_day_and_one_after_misuse(scene: Scene, db: Any, clock: Any) -> None:
    world = scene.world
    posts = [make_post(world.teacher, world.commons, f"Number {number}") for number in range(11)]
    for post in posts[:10]:
        actions.report_contribution(world.colleague, post, ref=REF)
    with pytest.raises(actions.TooManyReports):
        actions.report_contribution(world.colleague, posts[10], ref=REF)
    clock.move(days=2)
    for report in db.session.query(Report).limit(3):
        report.was_misuse = True
    db.session.commit()
    more = [make_post(world.teacher, world.commons, f"More {number}") for number in range(2)]
    actions.report_contribution(world.colleague, more[0], ref=REF)
    with pytest.raises(actions.TooManyReports):
        actions.report_contribution(world.colleague, more[1], ref=REF)


def test_the_copy_of_a_reply_has_what_the_reporter_saw_before_it(scene: Scene) -> None:
    world = scene.world
    make_reply(world.neighbour, scene.post, "A first reply")
    bad = make_reply(world.neighbour, scene.post, "A second one")
    make_reply(world.principal, scene.post, "And after it")
    report = actions.report_contribution(world.colleague, bad, ref=REF)
    around = [line["text"] for line in report.copy["around"]]
    assert any("zoo" in text for text in around)
    assert "A first reply" in around
    assert "And after it" not in around


def test_a_facilitator_reads_the_copy_and_never_the_space(
    scene: Scene, as_member: Callable[[Any], Any]
) -> None:
    world = scene.world
    group = make_group(world, world.teacher, world.neighbour, access="secret", name="Whispers")
    post = make_post(world.teacher, group, "CNRY in the group", title="CNRY title")
    make_post(world.teacher, group, "OTHER words of the group")
    report = actions.report_contribution(world.neighbour, post, ref=REF)
    browser = as_member(world.facilitator)
    page = browser.get(f"/moderation/{report.case_id}").text
    assert "CNRY title" in page
    assert "OTHER" not in page
    assert browser.get(f"/n/{world.network.slug}/c/{post.id}").status_code == 404
    for who in ("teacher", "neighbour", "colleague", "outsider"):
        assert as_member(getattr(world, who)).get(f"/moderation/{report.case_id}").status_code == 404


def test_a_lead_reads_cases_of_their_own_group_alone(
    scene: Scene, as_member: Callable[[Any], Any], db: Any
) -> None:
    from app.spaces.models import SpaceMember

    world = scene.world
    group = make_group(world, world.teacher, world.neighbour, world.colleague)
    db.session.get_one(SpaceMember, (group.id, world.colleague.id)).role = "lead"
    db.session.commit()
    inside = actions.report_contribution(
        world.neighbour, make_post(world.teacher, group, "In the group"), ref=REF
    )
    outside = scene.report("neighbour")
    lead = as_member(world.colleague)
    assert lead.get(f"/moderation/{inside.case_id}").status_code == 200
    assert lead.get(f"/moderation/{outside.case_id}").status_code == 404
    assert "In the group" in lead.get("/moderation").text
    assert "zoo" not in lead.get("/moderation").text


def test_three_taps_and_the_page_of_my_reports(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world, browser = scene.world, as_member(scene.world.colleague)
    here = f"/n/{world.network.slug}"
    menu = browser.get(f"{here}/c/{scene.post.id}/menu").text
    form = f"{here}/report/c/{scene.post.id}"
    assert form in menu
    assert "All voices" in browser.get(form).text
    assert browser.post(form, data={"words": "Kept words"}).status_code == 422
    sent = browser.post(form, data={"ref": REF, "words": "It is unkind"}, follow_redirects=True)
    assert "It is unkind" in sent.text
    assert "Waiting for somebody to look" in sent.text
    assert form not in as_member(world.teacher).get(f"{here}/c/{scene.post.id}/menu").text


def test_profiles_and_names_of_groups_can_be_reported(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world = scene.world
    group = make_group(world, world.teacher, access="request", name="An unkind name")
    browser, here = as_member(world.colleague), f"/n/{world.network.slug}"
    profile, name = f"{here}/report/members/{world.teacher.id}", f"{here}/report/groups/{group.slug}"
    assert profile in browser.get(f"{here}/members/{world.teacher.id}").text
    assert browser.post(profile, data={"ref": REF}).status_code == 303
    assert browser.post(name, data={"ref": REF}).status_code == 303
    page = as_member(world.facilitator).get("/moderation").text
    assert "An unkind name" in page
    assert world.teacher.name in page
    secret = make_group(world, world.teacher, access="secret", name="Nobody knows")
    assert browser.get(f"{here}/report/groups/{secret.slug}").status_code == 404


def test_talking_first_begins_a_conversation(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world, browser = scene.world, as_member(scene.world.colleague)
    form = f"/n/{world.network.slug}/report/c/{scene.post.id}/talk"
    assert "how it landed with me" in browser.get(form).text
    sent = browser.post(form, data={"text": "It landed badly with me"}, follow_redirects=True)
    assert "It landed badly with me" in sent.text
    assert "It landed badly" not in as_member(world.facilitator).get("/moderation").text


def test_a_message_is_reported_with_what_the_reporter_chooses(scene: Scene, db: Any) -> None:
    from app.contributions.queries import get_root
    from app.conversations.actions import begin_conversation

    world = scene.world
    first = begin_conversation(world.colleague, [world.teacher.id], html="<p>Hello there</p>")
    root = get_root(world.colleague, first.root_id)
    bad = make_reply(world.teacher, root, "Words that hurt")
    alone = actions.report_contribution(world.colleague, bad, ref=REF, around=False)
    assert alone.copy["around"] == []
    assert "hurt" in alone.copy["text"]
    other = make_reply(world.teacher, root, "More of them")
    shown = actions.report_contribution(world.colleague, other, ref=REF, around=True)
    assert "Hello there" in str(shown.copy["around"])


def test_reporters_with_the_same_school_as_nobody_count_once(scene: Scene, db: Any) -> None:
    make_member(scene.world.network, "Rae Researcher", role="researcher")
    scene.report("facilitator")
    scene.report("director")
    assert scene.post.state == "published", "people without a school are no two schools"
    assert db.session.query(Case).count() == 1


def test_no_lead_of_a_group_judges_its_name(scene: Scene, as_member: Callable[[Any], Any], db: Any) -> None:
    """Whoever leads it, since when ever, and whatever else they are."""
    from app.moderation.queries.judges import judges_of
    from app.spaces.models import SpaceMember

    world = scene.world
    group = make_group(world, world.teacher, world.neighbour, world.facilitator, name="An unkind name")
    form = f"/n/{world.network.slug}/report/groups/{group.slug}"
    for number, lead in enumerate((world.teacher, world.neighbour, world.facilitator)):
        db.session.get_one(SpaceMember, (group.id, lead.id)).role = "lead"
        db.session.commit()
        if not number:
            assert as_member(world.colleague).post(form, data={"ref": REF}).status_code == 303
    case = db.session.query(Case).one()
    for lead in (world.teacher, world.neighbour, world.facilitator):
        assert as_member(lead).get(f"/moderation/{case.id}").status_code == 404
    assert "An unkind name" not in as_member(world.facilitator).get("/moderation").text
    assert judges_of(case) == [world.director]
    assert "An unkind name" in as_member(world.director).get("/moderation").text


def test_who_reported_can_keep_their_distance(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world, browser = scene.world, as_member(scene.world.colleague)
    here = f"/n/{world.network.slug}"
    sent = browser.post(f"{here}/report/c/{scene.post.id}", data={"ref": REF}, follow_redirects=True).text
    block = f"{here}/members/{world.teacher.id}/block"
    assert f"rather not hear from {world.teacher.name}" in sent
    assert f'action="{block}"' in sent
    assert block not in browser.get(f"{here}/reports/").text
    browser.post(block)
    assert block not in browser.get(f"{here}/reports/?by={world.teacher.id}").text, "they are blocked already"
    assert block not in browser.get(f"{here}/reports/?by={'9' * 30}").text
    profile = f"{here}/report/members/{world.neighbour.id}"
    sent = browser.post(profile, data={"ref": REF}, follow_redirects=True).text
    assert f'action="{here}/members/{world.neighbour.id}/block"' in sent


def test_nobody_is_named_where_a_post_has_no_name(scene: Scene, as_member: Callable[[Any], Any]) -> None:
    world = scene.world
    set_sealing(world.director, world.network, allowed=True)
    sealed = make_post(world.teacher, world.commons, "It failed", kind="question", title="Why?", sealed=True)
    form = f"/n/{world.network.slug}/report/c/{sealed.id}"
    sent = as_member(world.colleague).post(form, data={"ref": REF}, follow_redirects=True)
    assert (sent.status_code, "rather not hear from" in sent.text, "by=" in sent.request.url) == (
        200,
        False,
        False,
    )
