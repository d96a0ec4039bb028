"""What was shared without a name: judged for its words, its author told, and nobody learns who that is."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import Piece, post_reply, share
from app.contributions.actions.holding import TooSoon, slow_down
from app.contributions.models import Contribution
from app.contributions.queries.sealed import letterbox_of
from app.core import clock, personal, seals
from app.core.access import NotFound
from app.core.command import command
from app.core.db import db
from app.core.drain import drain_all
from app.core.streams import StreamEvent
from app.moderation import actions
from app.moderation.models import Act, Appeal, Case, RecordLine, Report
from app.networks.actions import set_sealing
from app.networks.actions.resting import read_first_until
from tests.moderation.conftest import REF, Scene, as_read
from tests.moderation.test_judging import bells
from tests.support.factories import make_group, make_post


@pytest.fixture
def question(scene: Scene) -> Contribution:
    world = scene.world
    set_sealing(world.director, world.network, allowed=True)
    piece = Piece(kind="question", html="<p>How do I ask for help?</p>", sealed=True)
    return share(world.teacher, world.commons, piece)


def test_its_author_reads_the_letter_and_no_row_says_who_that_is(
    scene: Scene, question: Contribution, outbox: Any
) -> None:
    world = scene.world
    actions.report_contribution(world.colleague, question, ref=REF)
    case = db.session.scalars(select(Case)).one()
    assert case.author_id is None
    made = scene.act(case, "ask_edit", letter="Could you leave the class out?")
    outbox.drain()
    outbox.drain()
    (letter,) = seals.letters_of(letterbox_of(world.teacher))
    assert "leave the class out" in letter["words"]
    assert letter["about"] == question.id
    act = db.session.get_one(Act, made.id)
    assert act.member_id is None
    assert seals.letters_of(letterbox_of(world.colleague)) == []


def test_without_a_letter_nothing_is_done(scene: Scene, question: Contribution) -> None:
    actions.report_contribution(scene.world.colleague, question, ref=REF)
    with pytest.raises(ValueError, match="letter"):
        scene.act(db.session.scalars(select(Case)).one(), "hide", letter="")


def test_it_waits_for_its_words_and_never_for_who_wrote_it(scene: Scene, question: Contribution) -> None:
    world = scene.world
    command(read_first_until)(world.teacher, clock.now() + timedelta(days=7))
    assert make_post(world.teacher, world.commons, "With my name").state == "held"
    piece = Piece(kind="question", html="<p>Another one?</p>", sealed=True)
    assert share(world.teacher, world.commons, piece).state == "published"
    actions.watch(world.facilitator, "dumb", "hold")
    held = share(world.teacher, world.commons, Piece(kind="question", html="<p>A dumb one?</p>", sealed=True))
    assert (held.state, held.state_reason) == ("held", "watch list")
    waiting = db.session.scalars(select(Case).where(Case.contribution_id == held.id)).one()
    assert waiting.author_id is None


def judged(scene: Scene, question: Contribution, verb: str = "hide", **more: Any) -> Act:
    actions.report_contribution(scene.world.colleague, question, ref=REF)
    case = db.session.scalars(select(Case).where(Case.contribution_id == question.id)).one()
    return scene.act(case, verb, **more)


def letters_to(scene: Scene) -> list[dict[str, Any]]:
    return seals.letters_of(letterbox_of(scene.world.teacher))


def test_its_author_appeals_and_the_answer_reaches_them(
    scene: Scene, question: Contribution, outbox: Any, as_member: Callable[[Any], Any]
) -> None:
    world = scene.world
    made = judged(scene, question)
    outbox.drain()
    author, path = as_member(world.teacher), f"/moderation/letters/{made.id}"
    assert path in author.get(f"/n/{world.network.slug}/unnamed/").text
    assert "Ask somebody else to look" in author.get(path).text
    for who in ("neighbour", "colleague", "facilitator", "director"):
        assert as_member(getattr(world, who)).get(path).status_code == 404
        assert as_member(getattr(world, who)).post(f"{path}/appeal", data={"words": "x"}).status_code == 404
    sent = author.post(f"{path}/appeal", data={"words": "I only ask for help"}, follow_redirects=True)
    assert "Somebody else looks at it" in sent.text
    appeal = db.session.scalars(select(Appeal)).one()
    assert appeal.case.author_id is None
    assert db.session.scalars(select(RecordLine).where(RecordLine.verb == "appeal")).one().member_id is None
    with pytest.raises(NotFound):
        actions.judge_appeal(world.facilitator, appeal.case, overturn=True, answer="My own act")
    actions.judge_appeal(world.director, appeal.case, overturn=True, answer="You are right")
    outbox.drain()
    outbox.drain()
    assert question.state == "published"
    assert next(letter["words"] for letter in letters_to(scene)) == "It was undone\n\nYou are right"
    assert len(letters_to(scene)) == 2
    assert "You are right" in author.get(path).text
    assert not [mail for mail in outbox.mail if mail.to == world.teacher.account.email]


def test_its_author_hears_that_it_waits_and_that_an_act_was_taken_back(
    scene: Scene, question: Contribution, outbox: Any
) -> None:
    world = scene.world
    case = actions.report_contribution(world.colleague, question, ref="privacy").case
    outbox.drain()
    assert "waits while a facilitator looks" in letters_to(scene)[0]["words"]
    made = scene.act(case, "hide")
    actions.undo(world.director, made)
    outbox.drain()
    assert "taken back" in letters_to(scene)[0]["words"]
    with pytest.raises(actions.AppealedAlready):
        actions.appeal(world.teacher.account, made.id, "Please")


def test_one_of_the_hub_does_not_judge_what_they_shared_without_their_name(
    scene: Scene, question: Contribution, as_member: Callable[[Any], Any], outbox: Any
) -> None:
    """They are told like everybody who judges: who alone was not told would be known."""
    world = scene.world
    piece = Piece(kind="question", html="<p>Of the hub, unnamed</p>", sealed=True)
    own = share(world.facilitator, world.commons, piece)
    case = actions.report_contribution(world.colleague, own, ref=REF).case
    outbox.drain()
    assert bells(db, world.facilitator) == bells(db, world.director) == ["mod_case"]
    browser = as_member(world.facilitator)
    assert browser.get(f"/moderation/{case.id}").status_code == 404
    assert "Of the hub, unnamed" not in browser.get("/moderation").text
    assert browser.get("/moderation/waiting").json == {"waiting": 0}
    with pytest.raises(NotFound):
        scene.act(case, "none", ref="", letter="")
    scene.act(case, "none", by="director", ref="", letter="")


def test_it_is_not_moved_to_where_too_few_could_have_written_it(
    scene: Scene, question: Contribution, as_member: Callable[[Any], Any]
) -> None:
    world = scene.world
    few = make_group(world, world.facilitator, world.teacher, world.director, world.neighbour)
    many = make_group(
        world, world.facilitator, world.teacher, world.director, world.neighbour, world.principal, name="Many"
    )
    browser, page = as_member(world.facilitator), f"/n/{world.network.slug}/c/{question.id}/move"
    asked = browser.get(f"{page}?space={few.id}").text
    assert "would not stay hidden who wrote it" in asked
    assert 'name="space" value=' not in asked
    told = browser.post(page, data={"space": few.id}, follow_redirects=True).text
    assert "too few people are there" in told
    case = actions.report_contribution(world.colleague, question, ref=REF).case
    sent = {"ref": REF, "letter": "Dear colleague", "space": few.id, **as_read(case)}
    told = browser.post(f"/moderation/{case.id}/act/move", data=sent).text
    assert "too few people are there" in told
    db.session.refresh(question)
    assert question.space_id == world.commons.id
    assert browser.post(page, data={"space": many.id}).status_code == 303
    db.session.refresh(question)
    assert question.space_id == many.id


@pytest.mark.parametrize("keep", [True, False])
def test_when_its_author_goes_their_appeal_goes_too(
    scene: Scene, question: Contribution, keep: bool, outbox: Any
) -> None:
    account = scene.world.teacher.account
    made = judged(scene, question, letter="A letter of the hub")
    appeal = actions.appeal(account, made.id, "I only ask for help")
    assert "I only ask for help" in str(dict(personal.everything_of(account)))
    command(personal.erase)(account, keep_contributions=keep)
    outbox.drain()
    assert (appeal.words, made.letter) == ("", "")
    copies = [report.copy.get("text") for report in db.session.scalars(select(Report))]
    assert copies == (["How do I ask for help?"] if keep else [None])


def test_a_slow_talk_is_slow_without_a_name_too(scene: Scene, question: Contribution) -> None:
    teacher = scene.world.teacher
    slow_down(question, 10)
    post_reply(teacher, question, html="<p>One more thing</p>")
    for named in (True, False):
        with pytest.raises(TooSoon):
            post_reply(teacher, question, html="<p>And another</p>", named=named)
    post_reply(scene.world.colleague, question, html="<p>My turn</p>")


def test_no_stream_says_whose_it_was_when_it_goes(scene: Scene, question: Contribution) -> None:
    world = scene.world
    actions.report_contribution(world.colleague, question, ref=REF)
    case = db.session.scalars(select(Case)).one()
    scene.act(case, "hide", goes_on=True)
    scene.act(case, "remove")
    gone = select(StreamEvent.stream).where(StreamEvent.kind == "contribution:removed")
    said = gone.where(StreamEvent.subject_id == question.id)
    assert set(db.session.scalars(said)) == {f"space:{question.space_id}", f"contribution:{question.id}"}


@pytest.fixture
def writing_elsewhere(app: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """`with writing_elsewhere():` another process writes in the store; nobody waits long for it."""
    monkeypatch.setattr(seals, "_patiently", lambda act, _wait, known=seals._patiently: known(act, 0))

    @contextmanager
    def writing() -> Iterator[None]:
        other = sqlite3.connect(app.config["SEALED_DATABASE"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()

    return writing


def test_a_letter_that_finds_no_turn_in_the_store_comes_later_and_once(
    scene: Scene, question: Contribution, writing_elsewhere: Callable[[], Any]
) -> None:
    judged(scene, question, letter="Could you leave the class out?")
    with writing_elsewhere():
        drain_all()
    assert letters_to(scene) == []
    with clock.travel(timedelta(minutes=5)):
        drain_all()
        drain_all()
    (letter,) = letters_to(scene)
    assert "leave the class out" in letter["words"]


def test_nobody_is_told_that_there_are_no_letters_while_nobody_can_look(
    scene: Scene, question: Contribution, as_member: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_given: Any) -> Any:
        raise seals.Busy

    monkeypatch.setattr(seals.Seals, "_opened", locked)
    with pytest.raises(seals.Busy):
        letters_to(scene)
    assert as_member(scene.world.teacher).get(f"/n/{scene.world.network.slug}/unnamed/").status_code == 503
    with pytest.raises(seals.Busy):
        dict(personal.everything_of(scene.world.teacher.account))
