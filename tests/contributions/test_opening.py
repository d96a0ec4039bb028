"""Opening a seal: two of the hub together, once, with a reason that the author reads."""

from typing import Any

import pytest
from sqlalchemy import select

from app.contributions.actions import Piece, hold, remove_contribution, share
from app.contributions.actions.opening import agree_to_open, ask_to_open, see_author
from app.contributions.models import Contribution, SealOpening
from app.contributions.queries.openings import may_agree
from app.contributions.queries.sealed import letterbox_of
from app.core import seals
from app.core.access import Forbidden, NotFound
from app.core.db import db
from app.moderation.actions import report_contribution
from app.networks.actions import pause, set_sealing
from tests.support.clients import Client, signed_in
from tests.support.factories import World, make_group, make_member, make_world

WHY = "A student may come to harm, and we must call."


@pytest.fixture
def world(app: Any) -> World:
    world = make_world()
    set_sealing(world.director, world.network, allowed=True)
    return world


def unnamed(world: World, author: Any = None) -> Contribution:
    piece = Piece(kind="question", html="<p>How do I ask for help?</p>", sealed=True)
    return share(author or world.teacher, world.commons, piece)


def test_two_of_the_hub_see_the_name_once_and_the_author_reads_why(world: World, outbox: Any) -> None:
    post = unnamed(world)
    opening = agree_to_open(world.director, ask_to_open(world.facilitator, post, reason=WHY))
    outbox.drain()
    for one in (world.facilitator, world.director):
        assert see_author(one, opening).id == world.teacher.id
        with pytest.raises(Forbidden):
            see_author(one, opening)
    [letter] = seals.letters_of(letterbox_of(world.teacher))
    assert (letter["reason"], letter["by"], letter["is_new"]) == (WHY, "Fay Facilitator, Dee Director", True)
    assert seals.letters_of(letterbox_of(world.colleague)) == []
    kept = db.session.get_one(SealOpening, opening.id)
    assert (kept.asked_by_id, kept.agreed_by_id, kept.reason) == (
        world.facilitator.id,
        world.director.id,
        WHY,
    )


def test_nobody_opens_one_alone(world: World) -> None:
    post = unnamed(world)
    opening = ask_to_open(world.facilitator, post, reason=WHY)
    with pytest.raises(Forbidden):
        agree_to_open(world.facilitator, opening)
    with pytest.raises(Forbidden):
        see_author(world.facilitator, opening)
    with pytest.raises(Forbidden):
        agree_to_open(world.teacher, opening)


def test_a_third_one_of_the_hub_sees_no_name(world: World) -> None:
    third = make_member(world.network, "Gil", is_facilitator=True)
    opening = agree_to_open(world.director, ask_to_open(world.facilitator, unnamed(world), reason=WHY))
    with pytest.raises(Forbidden):
        see_author(third, opening)


def test_who_wrote_it_is_none_of_the_two(world: World) -> None:
    make_member(world.network, "Gil", is_facilitator=True)
    post = unnamed(world, world.facilitator)
    with pytest.raises(Forbidden):
        ask_to_open(world.facilitator, post, reason=WHY)
    opening = ask_to_open(world.director, post, reason=WHY)
    with pytest.raises(Forbidden):
        agree_to_open(world.facilitator, opening)


def test_an_ask_waits_for_a_week_and_needs_a_reason(world: World, clock: Any) -> None:
    post = unnamed(world)
    with pytest.raises(ValueError, match="reason"):
        ask_to_open(world.facilitator, post, reason="why")
    opening = ask_to_open(world.facilitator, post, reason=WHY)
    assert ask_to_open(world.director, post, reason=WHY).id == opening.id
    clock.move(days=7, minutes=1)
    with pytest.raises(Forbidden):
        agree_to_open(world.director, opening)


def test_others_and_another_network_open_nothing(world: World) -> None:
    post = unnamed(world)
    for other in (world.teacher, world.colleague, world.principal):
        with pytest.raises(Forbidden):
            ask_to_open(other, post, reason=WHY)
    with pytest.raises(NotFound):
        ask_to_open(world.outsider, post, reason=WHY)


def test_a_hub_of_one_opens_nothing(world: World) -> None:
    post = unnamed(world)
    pause(world.facilitator, world.facilitator)
    with pytest.raises(Forbidden):
        ask_to_open(world.director, post, reason=WHY)


def test_the_pages_lead_through_it(world: World, client: Client, new_client: Any, outbox: Any) -> None:
    post, slug = unnamed(world), world.network.slug
    asker, second, author = signed_in(client, world.facilitator.account), new_client(), new_client()
    signed_in(second, world.director.account)
    signed_in(author, world.teacher.account)
    assert "See who wrote it" in asker.get(f"/n/{slug}/c/{post.id}/menu").text
    assert "See who wrote it" not in author.get(f"/n/{slug}/c/{post.id}/menu").text
    asker.post(f"/n/{slug}/c/{post.id}/open-seal", data={"reason": WHY})
    outbox.drain()
    assert "asks you to open a seal together" in second.get("/notifications").text
    assert "open a seal" not in asker.get("/notifications").text + author.get("/notifications").text
    page = second.get(f"/n/{slug}/settings/unnamed").text
    assert WHY in page
    assert "Tess" not in page
    number = db.session.scalars(select(SealOpening.id)).one()
    second.post(f"/n/{slug}/settings/unnamed/{number}/agree")
    assert "Tess Teacher" in second.post(f"/n/{slug}/settings/unnamed/{number}/see").text
    assert second.post(f"/n/{slug}/settings/unnamed/{number}/see").status_code == 403
    outbox.drain()
    assert "open a seal" not in second.get("/notifications").text
    assert "A letter to you" in author.get("/notifications").text
    assert author.get("/notifications/unread").json["unread"] == 1
    assert "Tess" not in asker.get(f"/n/{slug}/settings/unnamed").text
    assert WHY in author.get(f"/n/{slug}/unnamed/").text
    author.post(f"/n/{slug}/unnamed/read")
    assert author.get("/notifications/unread").json["unread"] == 0
    assert WHY not in second.get(f"/n/{slug}/unnamed/").text


STATES = ("shown", "held", "removed")


@pytest.mark.parametrize("sees", [True, False])
@pytest.mark.parametrize("judges", [True, False])
@pytest.mark.parametrize("state", STATES)
def test_it_opens_for_who_sees_or_judges_what_is_there(
    world: World, outbox: Any, sees: bool, judges: bool, state: str
) -> None:
    """The second one and the first, at the moment of the act: agreeing, and reading the name."""
    writers = [world.teacher, world.neighbour, world.principal, world.colleague]
    group = make_group(world, *writers, world.facilitator, *([world.director] if sees else []))
    piece = Piece(kind="question", html="<p>How do I ask for help?</p>", title="Why?", sealed=True)
    post = share(world.teacher, group, piece)
    waiting = ask_to_open(world.facilitator, post, reason=WHY)
    if judges:
        report_contribution(world.colleague, post, ref="n1")
    if state == "held":
        hold(post, reason="reports")
    elif state == "removed":
        remove_contribution(world.teacher, post)
    goes = state != "removed" and (judges or (sees and state == "shown"))
    assert may_agree(world.director, waiting) is goes
    if not goes:
        with pytest.raises(Forbidden):
            agree_to_open(world.director, waiting)
        return
    opening = agree_to_open(world.director, waiting)
    assert see_author(world.director, opening).id == world.teacher.id
    remove_contribution(world.teacher, post)
    with pytest.raises(Forbidden):
        see_author(world.facilitator, opening)
