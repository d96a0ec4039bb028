"""Check-ins: opened by the clock once, answered once by each, and kindly waited for."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from app.contributions import actions as contributions
from app.contributions.actions.drafts import find_draft
from app.contributions.actions.sending import sent_with
from app.contributions.models import Contribution
from app.core.access import Forbidden, NotFound
from app.networks.actions import leave, pause
from app.spaces.actions import add_to_space, archive_group, be_told
from app.spaces.models import Space
from app.threads import actions
from app.threads.jobs import open_check_ins
from app.threads.models import CheckIn, CheckInRound
from app.threads.queries import answer_of, check_in_of, rounds_in, still_to_hear_from
from tests.conversations.conftest import Browser
from tests.support.factories import World, make_group, make_reply

ASKED = ["What are you trying?", "What did the data say?", "What next?"]
A_TUESDAY = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def group(world: World, clock: Any) -> Space:
    """The teacher leads it; the colleague and the principal are in it. It is Tuesday."""
    clock.freeze(A_TUESDAY)
    world.network.time_zone = "America/New_York"
    made = make_group(world, world.colleague, world.principal)
    add_to_space(made, world.teacher, role="lead")
    return made


def begun(world: World, group: Space, **more: Any) -> CheckIn:
    """Every Thursday at three in the afternoon."""
    given = {"questions": ASKED, "every": "week", "weekday": 3, "hour": 15, **more}
    return actions.set_check_in(world.teacher, group, **given)


def opened(db: Any, group: Space) -> list[Contribution]:
    db.session.expire_all()
    query = select(Contribution).where(Contribution.kind == "check_in", Contribution.space_id == group.id)
    return list(db.session.scalars(query.order_by(Contribution.id)))


def test_it_opens_when_it_is_due_and_once(db: Any, world: World, group: Space, clock: Any) -> None:
    check_in = begun(world, group)
    assert check_in.next_at == datetime(2026, 3, 5, 20, tzinfo=UTC)
    assert open_check_ins() == 0
    clock.freeze(datetime(2026, 3, 5, 20, 1, tzinfo=UTC))
    assert (open_check_ins(), open_check_ins()) == (1, 0)
    (root,) = opened(db, group)
    assert root.title == "Check-in, March 5"
    assert "What did the data say?" in root.text
    assert root.author_id == world.teacher.id
    # The same run again, as if the first one's last write had been lost.
    check_in = check_in_of(group.id)  # type: ignore[assignment]
    check_in.next_at = datetime(2026, 3, 5, 20, tzinfo=UTC)
    db.session.commit()
    assert open_check_ins() == 0
    assert check_in_of(group.id).next_at == datetime(2026, 3, 12, 19, tzinfo=UTC)  # type: ignore[union-attr]


def test_after_a_long_silence_only_the_latest_opens(db: Any, world: World, group: Space, clock: Any) -> None:
    begun(world, group)
    clock.move(days=30)
    assert open_check_ins() == 1
    assert open_check_ins() == 0
    assert len(opened(db, group)) == 1
    due = db.session.scalar(select(CheckInRound.due_at))
    assert due == datetime(2026, 3, 26, 19, tzinfo=UTC)


def test_a_pause_asks_nothing_and_nothing_is_made_up_for(
    db: Any, world: World, group: Space, clock: Any
) -> None:
    begun(world, group)
    actions.pause_check_in(world.teacher, group)
    clock.move(days=10)
    assert open_check_ins() == 0
    actions.resume_check_in(world.teacher, group)
    assert open_check_ins() == 0
    clock.move(days=7)
    assert open_check_ins() == 1


def test_other_questions_keep_the_rhythm_and_the_past(
    db: Any, world: World, group: Space, clock: Any
) -> None:
    begun(world, group)
    clock.move(days=3)
    open_check_ins()
    due = check_in_of(group.id).next_at  # type: ignore[union-attr]
    begun(world, group, questions=["What surprised you?"])
    assert check_in_of(group.id).next_at == due  # type: ignore[union-attr]
    clock.move(days=7)
    open_check_ins()
    first, second = opened(db, group)
    assert ("data" in first.text, "surprised" in first.text) == (True, False)
    assert "surprised" in second.text


@pytest.mark.parametrize("what", ["archived", "no lead", "gone"])
def test_a_group_that_rests_is_not_asked(what: str, db: Any, world: World, group: Space, clock: Any) -> None:
    begun(world, group)
    if what == "archived":
        archive_group(world.teacher, group)
    elif what == "no lead":
        pause(world.teacher, world.teacher)
    else:
        leave(world.teacher, world.teacher)
    clock.move(days=3)
    assert open_check_ins() == 0
    assert opened(db, group) == []


def test_another_lead_carries_it_on(db: Any, world: World, group: Space, clock: Any) -> None:
    begun(world, group)
    add_to_space(group, world.neighbour, role="lead")
    leave(world.teacher, world.teacher)
    clock.move(days=3)
    open_check_ins()
    assert [root.author_id for root in opened(db, group)] == [world.neighbour.id]


MAY_RUN = {"teacher"}


@pytest.mark.parametrize("who", ["teacher", "colleague", "neighbour", "facilitator", "director", "outsider"])
def test_only_leads_run_it(who: str, world: World, group: Space) -> None:
    actor = getattr(world, who)
    given: dict[str, Any] = {"questions": ASKED, "every": "week", "weekday": 1, "hour": 9}
    verbs = [
        lambda: actions.set_check_in(actor, group, **given),
        lambda: actions.pause_check_in(actor, group),
        lambda: actions.resume_check_in(actor, group),
    ]
    for verb in verbs:
        if who in MAY_RUN:
            verb()
        else:
            with pytest.raises((Forbidden, NotFound)):
                verb()


@pytest.mark.parametrize(
    "wrong",
    [{"every": "day"}, {"weekday": 7}, {"weekday": -1}, {"hour": 24}, {"questions": []},
     {"questions": ["?"] * 6}],
)  # fmt: skip
def test_nonsense_is_no_rhythm(wrong: dict[str, Any], world: World, group: Space) -> None:
    with pytest.raises(ValueError, match="no such"):
        begun(world, group, **wrong)


@pytest.fixture
def round_(db: Any, world: World, group: Space, clock: Any) -> Contribution:
    begun(world, group)
    clock.move(days=3)
    open_check_ins()
    return opened(db, group)[0]


def test_an_answer_is_one_card_for_each(world: World, round_: Contribution) -> None:
    reply = actions.answer_check_in(world.colleague, round_, ["Ratio tables", "", "Keep <going>"])
    assert "<strong>What are you trying?</strong>" in reply.html
    assert "What did the data say?" not in reply.html
    assert "Keep &lt;going&gt;" in reply.html
    assert answer_of(world.colleague, round_.id) == reply.id
    with pytest.raises(actions.AnsweredBefore):
        actions.answer_check_in(world.colleague, round_, ["Again", "", ""])
    edited = contributions.edit_contribution(world.colleague, reply, html="<p>Rather graphs</p>")
    assert edited.text == "Rather graphs"


def test_what_was_answered_is_no_draft_any_more(world: World, round_: Contribution) -> None:
    target = f"root:{round_.id}"
    contributions.save_draft(world.colleague, "check_in", target, {"answer": ["One"]}, sequence=0)
    with sent_with({"answer": ["One"]}):
        actions.answer_check_in(world.colleague, round_, ["One"])
    assert find_draft(world.colleague, "check_in", target) is None


def test_a_repeat_of_the_same_key_answers_once(db: Any, world: World, round_: Contribution) -> None:
    first = actions.answer_check_in(world.colleague, round_, ["One"], key="the-same-key")
    again = actions.answer_check_in(world.colleague, round_, ["One"], key="the-same-key")
    assert first.id == again.id
    with pytest.raises(actions.AnsweredBefore):
        actions.answer_check_in(world.colleague, round_, ["Two"], key="another-key")
    db.session.expire_all()
    assert round_.reply_count == 1


def test_what_was_taken_back_can_be_said_again(world: World, round_: Contribution) -> None:
    reply = actions.answer_check_in(world.colleague, round_, ["One"])
    contributions.remove_contribution(world.colleague, reply)
    assert answer_of(world.colleague, round_.id) is None
    assert actions.answer_check_in(world.colleague, round_, ["Two"]).id != reply.id


@pytest.mark.parametrize("answers", [[], ["", " ", "\n"]])
def test_an_answer_says_something(answers: list[str], world: World, round_: Contribution) -> None:
    with pytest.raises(ValueError, match="empty"):
        actions.answer_check_in(world.colleague, round_, answers)


def test_who_does_not_see_it_does_not_answer(world: World, round_: Contribution, thread: Any) -> None:
    with pytest.raises(NotFound):
        actions.answer_check_in(world.neighbour, round_, ["Hello"])
    with pytest.raises(NotFound):
        actions.answer_check_in(world.colleague, thread(), ["Hello"])


def test_leads_see_kindly_who_has_not_spoken(world: World, round_: Contribution, as_member: Browser) -> None:
    names = [person.name for person in still_to_hear_from(round_).people]
    assert names == ["Cole Colleague", "Pia Principal", "Tess Teacher"]
    actions.answer_check_in(world.colleague, round_, ["Ratio tables"])
    make_reply(world.principal, round_, "I only say hello")
    here = f"/n/{world.network.slug}/c/{round_.id}"
    lead, member = as_member(world.teacher).get(here).text, as_member(world.colleague).get(here).text
    assert "Still to hear from:" in lead
    assert "Still to hear from:" not in member
    assert [person.name for person in still_to_hear_from(round_).people] == ["Tess Teacher"]


def test_who_takes_a_break_is_not_waited_for(world: World, round_: Contribution) -> None:
    pause(world.principal, world.principal)
    assert "Pia Principal" not in [person.name for person in still_to_hear_from(round_).people]


def test_the_bell_rings_for_everybody_by_their_level(
    db: Any, world: World, group: Space, clock: Any, outbox: Any, as_member: Browser
) -> None:
    from app.notifications.models import Notification

    be_told(world.principal, group, "nothing")
    begun(world, group)
    clock.move(days=3)
    open_check_ins()
    outbox.drain()
    told = select(func.count()).where(Notification.verb == "checks_in")
    for who, number in {
        "colleague": 1,
        "teacher": 1,
        "principal": 0,
        "neighbour": 0,
        "facilitator": 0,
    }.items():
        assert db.session.scalar(told.where(Notification.member_id == getattr(world, who).id)) == number, who
    assert "Time to check in" in as_member(world.colleague).get("/notifications").text


def test_the_pages_work_without_the_script(
    db: Any, world: World, group: Space, clock: Any, as_member: Browser
) -> None:
    browser, address = as_member(world.teacher), f"/n/{world.network.slug}/groups/{group.slug}/check-in"
    assert "Start a check-in" in browser.get(address).text
    wrong = browser.post(address, data={"questions": "\n".join("abcdef"), "every": "week", "weekday": "3"})
    assert wrong.status_code == 422
    fields = {"questions": "What now?\nAnd then?", "every": "two_weeks", "weekday": "3", "hour": "15"}
    assert browser.post(address, data=fields).status_code == 303
    assert check_in_of(group.id).questions == ["What now?", "And then?"]  # type: ignore[union-attr]
    assert "Start a check-in" not in as_member(world.colleague).get(address).text
    assert as_member(world.colleague).post(address, data=fields).status_code == 403
    assert as_member(world.neighbour).get(address).status_code == 404
    clock.move(days=3)
    open_check_ins()
    (root,) = opened(db, group)
    here = f"/n/{world.network.slug}/c/{root.id}"
    colleague = as_member(world.colleague)
    html = colleague.get(here).text
    assert "What now?" in html
    assert "Share my answer" in html
    refused = colleague.post(f"{here}/check-in", data={"answer": ["", ""]})
    assert refused.status_code == 422
    sent = colleague.post(f"{here}/check-in", data={"answer": ["Fractions", "Decimals"]})
    assert sent.status_code == 303
    html = colleague.get(here).text
    assert "Decimals" in html
    assert "Share my answer" not in html
    assert [each.answers for each in rounds_in(world.colleague, group.id)] == [1]
    assert as_member(world.teacher).post(address, data={"act": "pause"}).status_code == 303
    assert check_in_of(group.id).next_at is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "fields",
    [{}, {"questions": "x", "every": "x", "weekday": "3", "hour": "3"},
     {"questions": "x" * 5000, "every": "week"}, {"act": "dance"},
     {"questions": "x", "every": "week", "weekday": "٣", "hour": "3"}],
)  # fmt: skip
def test_bad_input_is_refused_with_a_page(
    fields: dict[str, str], world: World, group: Space, as_member: Browser
) -> None:
    address = f"/n/{world.network.slug}/groups/{group.slug}/check-in"
    assert as_member(world.teacher).post(address, data=fields).status_code == 422


def test_a_week_is_seven_days_apart(db: Any, world: World, group: Space, clock: Any) -> None:
    begun(world, group)
    for _week in range(3):
        clock.move(days=7)
        open_check_ins()
    dues = list(db.session.scalars(select(CheckInRound.due_at).order_by(CheckInRound.due_at)))
    assert [later - sooner for sooner, later in pairwise(dues)] == [
        timedelta(days=7) - timedelta(hours=1),
        timedelta(days=7),
    ]
