"""What was shared without a name: judged for its words, its author told, and nobody learns who that is."""

from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import Piece, share
from app.contributions.models import Contribution
from app.contributions.queries.sealed import letterbox_of
from app.core import seals
from app.core.db import db
from app.moderation import actions
from app.moderation.models import Act, Case
from app.networks.actions import set_sealing
from app.networks.actions.resting import read_first_until
from tests.moderation.conftest import REF, Scene
from tests.support.factories import make_post


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
    from datetime import timedelta

    from app.core import clock
    from app.core.command import command

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
