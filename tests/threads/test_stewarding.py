"""Who closes a talk, marks the answer, moves it and sums it up; and what follows at once."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.contributions import actions
from app.contributions.models import Contribution
from app.contributions.policy import what_can
from app.contributions.queries.moving import sight_after
from app.core.access import Forbidden, NotFound
from app.core.streams import StreamEvent
from app.networks.models import Member
from app.spaces.models import Space, SpaceMember
from app.threads.actions import sum_up
from app.threads.queries import summaries_of, summary_of
from tests.support.clients import Client
from tests.support.factories import World, make_group, make_post, make_reply
from tests.threads.conftest import Thread

Browser = Callable[[Any], Client]
VERBS = ("lock", "answer", "move", "summarise")


def lead(db: Any, space: Space, member: Member) -> None:
    db.session.get(SpaceMember, (space.id, member.id)).role = "lead"
    db.session.commit()


@pytest.mark.parametrize(
    ("who", "space", "may"),
    [
        ("teacher", "commons", True),
        ("facilitator", "commons", True),
        ("director", "commons", True),
        ("colleague", "commons", False),
        ("principal", "commons", False),
        ("teacher", "group", True),
        ("colleague", "group", True),  # its lead
        ("neighbour", "group", False),  # a member
        ("facilitator", "group", False),  # a member, and of the hub
    ],
)
def test_authors_leads_and_the_hub_in_the_commons(
    who: str, space: str, may: bool, world: World, db: Any, thread: Thread
) -> None:
    members = (world.teacher, world.colleague, world.neighbour, world.facilitator)
    group = make_group(world, *members)
    lead(db, group, world.colleague)
    root = thread(space=world.commons if space == "commons" else group)
    can = what_can(getattr(world, who), root)
    assert [getattr(can, verb) for verb in VERBS] == [may] * 4


def test_a_paused_author_keeps_nothing_in_order(world: World, db: Any, thread: Thread) -> None:
    root = thread()
    world.teacher.standing = "paused"
    db.session.commit()
    assert not any(getattr(what_can(world.teacher, root), verb) for verb in VERBS)


def test_kinds_say_what_can_be_done_with_them(world: World) -> None:
    update = make_post(world.teacher, world.commons)
    question = make_post(world.teacher, world.commons, kind="question")
    of_update, of_question = what_can(world.teacher, update), what_can(world.teacher, question)
    assert (of_update.lock, of_update.answer, of_update.move, of_update.summarise) == (
        True,
        False,
        False,
        False,
    )
    assert (of_question.answer, of_question.move, of_question.summarise) == (True, True, False)


def test_a_closed_talk_takes_no_replies_until_it_opens(world: World, thread: Thread) -> None:
    root = thread(replies=1)
    actions.lock(world.teacher, root, locked=True)
    with pytest.raises(Forbidden):
        make_reply(world.colleague, root)
    with pytest.raises(Forbidden):
        actions.lock(world.colleague, root, locked=False)
    actions.lock(world.facilitator, root, locked=False)
    make_reply(world.colleague, root)


def test_one_reply_is_the_answer_and_stops_being_it_when_it_goes(
    world: World, db: Any, thread: Thread, as_member: Browser
) -> None:
    root = thread()
    first, second = make_reply(world.colleague, root), make_reply(world.colleague, root)
    actions.mark_answer(world.teacher, first, on=True)
    actions.mark_answer(world.teacher, second, on=True)
    actions.mark_answer(world.teacher, first, on=False)
    assert db.session.get(Contribution, root.id).answer_id == second.id
    browser = as_member(world.principal)
    assert f'data-jump="{second.id}"' in browser.get(f"/n/{world.network.slug}/").text
    actions.remove_contribution(world.colleague, second)
    db.session.expire_all()
    assert root.answer_id is None
    assert "see the answer" not in browser.get(f"/n/{world.network.slug}/").text


def test_only_a_reply_of_its_own_is_an_answer(world: World, thread: Thread) -> None:
    root = thread()
    with pytest.raises(NotFound):
        actions.mark_answer(world.teacher, root, on=True)
    other = make_reply(world.colleague, make_post(world.colleague, world.commons, kind="question"))
    with pytest.raises(Forbidden):
        actions.mark_answer(world.teacher, other, on=True)


def test_a_move_takes_everything_along_and_changes_who_sees_it(
    world: World, db: Any, thread: Thread, as_member: Browser
) -> None:
    group = make_group(world, world.teacher, world.colleague)
    root = thread(replies=3)
    place = f"/n/{world.network.slug}/c/{root.id}"
    outside, inside = as_member(world.principal), as_member(world.colleague)
    assert outside.get(place).status_code == 200
    actions.move(world.teacher, root, group)
    spaces = select(Contribution.space_id).where(
        (Contribution.id == root.id) | (Contribution.root_id == root.id)
    )
    assert set(db.session.scalars(spaces)) == {group.id}
    assert outside.get(place).status_code == 404
    assert inside.get(place).status_code == 200
    told = select(StreamEvent.stream, StreamEvent.kind).where(StreamEvent.subject_id == root.id)
    said = {tuple(row) for row in db.session.execute(told)}
    assert (f"space:{world.commons.id}", "contribution:removed") in said
    assert (f"space:{group.id}", "contribution:posted") in said
    assert (f"contribution:{root.id}", "access:changed") in said


def test_nothing_moves_to_where_one_may_not_share(world: World, db: Any, thread: Thread) -> None:
    from app.core import clock

    hidden = make_group(world, world.colleague, access="secret", name="Hidden")
    archived = make_group(world, world.teacher, name="Old")
    archived.archived_at = clock.now()
    talk = make_group(world, world.teacher, world.colleague, access="closed", name="Two of us")
    talk.kind = "conversation"
    db.session.commit()
    root = thread()
    with pytest.raises(NotFound):
        actions.move(world.teacher, root, hidden)
    with pytest.raises(Forbidden):
        actions.move(world.teacher, root, archived)
    with pytest.raises(NotFound):
        actions.move(world.teacher, root, talk)
    with pytest.raises(Forbidden):
        actions.move(world.colleague, root, hidden)


def test_before_a_move_one_is_told_who_gains_and_who_loses(
    world: World, thread: Thread, as_member: Browser
) -> None:
    small = make_group(world, world.teacher, world.colleague, name="Small")
    other = make_group(world, world.teacher, world.principal, name="Other")
    root = thread(space=small)
    sight = sight_after(world.teacher, root, other)
    assert [member.name for member in sight.gain.people] == ["Pia Principal"]
    assert [member.name for member in sight.lose.people] == ["Cole Colleague"]
    html = as_member(world.teacher).get(f"/n/{world.network.slug}/c/{root.id}/move?space={other.id}").text
    assert html.index("Pia Principal") < html.index("Cole Colleague")
    everyone = sight_after(world.teacher, root, world.commons)
    assert (everyone.lose.count, everyone.gain.count) == (0, 4)


@pytest.mark.parametrize("space", ["", "x", "-1", "999999", "9" * 30])
def test_a_nonsense_space_is_nowhere(space: str, world: World, thread: Thread, as_member: Browser) -> None:
    root = thread()
    answer = as_member(world.teacher).post(f"/n/{world.network.slug}/c/{root.id}/move", data={"space": space})
    assert answer.status_code == 404
    assert root.space_id == world.commons.id


def test_a_summary_has_an_author_and_a_history(world: World, thread: Thread, as_member: Browser) -> None:
    root = thread(replies=2)
    browser = as_member(world.teacher)
    place = f"/n/{world.network.slug}/c/{root.id}"
    browser.post(f"{place}/summary", data={"html": "<p>First <script>x</script>thoughts</p>"})
    sum_up(world.facilitator, root, html="<p>Better words</p>")
    shown = as_member(world.colleague).get(place).text
    assert "Better words" in shown
    assert "First thoughts" not in shown.split('id="replies"')[0]
    assert [one.html for one in summaries_of(root)] == ["<p>Better words</p>", "<p>First thoughts</p>"]
    history = as_member(world.colleague).get(f"{place}/summaries").text
    assert "Fay Facilitator" in history
    assert "Tess Teacher" in history
    browser.post(f"{place}/summary", data={"html": " "})
    assert summary_of(root) is None
    with pytest.raises(Forbidden):
        sum_up(world.colleague, root, html="<p>Mine</p>")
