"""A person goes: nothing of them stays in a row, nor in a card that was drawn before."""

from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.actions import erase_account
from app.contributions.actions import remove_contribution, share
from app.contributions.actions.posting import Piece
from app.contributions.models import IdempotencyKey
from app.contributions.queries.cards import card_rows, cards
from app.core.db import db
from app.networks.actions import leave
from app.posts.models import TriedIt
from tests.support.factories import World, make_post

WORDS = "kumquat"


def tried(world: World) -> Any:
    """What the composer posts: a contribution, and its answers in a row of their own."""
    return make_post(world.teacher, world.commons, WORDS, kind="tried_it", outcome="mixed")


def answered(world: World, client: Any) -> int:
    path = f"/n/{world.network.slug}/share/tried_it"
    said = {"body": WORDS, "expected": WORDS, "outcome": "mixed", "space": str(world.commons.id)}
    answer = client.post(path, data=said, headers={"Accept": "application/json", "Idempotency-Key": "a" * 12})
    return int(answer.json["id"])


@pytest.mark.parametrize("taken_back", [False, True])
def test_the_answers_of_a_tried_it_go_with_their_author(
    world: World, as_member: Any, taken_back: bool
) -> None:
    post_id = answered(world, as_member(world.teacher))
    assert db.session.get_one(TriedIt, post_id).expected == WORDS
    if taken_back:
        as_member(world.teacher).post(f"/n/{world.network.slug}/c/{post_id}/remove")
    erase_account(world.teacher.account, keep_contributions=False)
    assert db.session.get(TriedIt, post_id) is None


def test_what_is_kept_keeps_its_answers(world: World, as_member: Any) -> None:
    post_id = answered(world, as_member(world.teacher))
    erase_account(world.teacher.account, keep_contributions=True)
    assert db.session.get_one(TriedIt, post_id).expected == WORDS


@pytest.mark.parametrize("keep", [True, False])
def test_keys_always_go(world: World, as_member: Any, keep: bool) -> None:
    answered(world, as_member(world.teacher))
    assert db.session.scalars(select(IdempotencyKey.id)).all()
    erase_account(world.teacher.account, keep_contributions=keep)
    assert not db.session.scalars(select(IdempotencyKey.id)).all()


def test_two_keys_of_one_person_do_not_tell_so(world: World) -> None:
    for key in ("first-key", "second-key"):
        share(world.teacher, world.commons, Piece(kind="update", html="<p>x</p>"), key=key)
    first, second = db.session.scalars(select(IdempotencyKey.owner)).all()
    assert first != second
    again = share(world.teacher, world.commons, Piece(kind="update", html="<p>x</p>"), key="first-key")
    assert len(db.session.scalars(select(IdempotencyKey.id)).all()) == 2
    remove_contribution(world.teacher, again)


@pytest.mark.parametrize("left_before", [False, True])
def test_a_card_drawn_before_names_nobody_after(app: Any, world: World, left_before: bool) -> None:
    post, name = tried(world), world.teacher.name

    def card() -> str:
        [row] = card_rows([post.id])
        return str(cards([(row.id, row.version)])[row.id])

    if left_before:
        leave(world.teacher, world.teacher)
    assert name in card()
    erase_account(world.teacher.account, keep_contributions=True)
    assert name not in card()
