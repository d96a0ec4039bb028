"""What people do with groups: leads, roles that are followed, narrowing, pins."""

from typing import Any

import pytest
from sqlalchemy import select

from app.contributions import actions as contributions
from app.contributions.queries.pins import pinned_in
from app.core.access import Forbidden, NotFound
from app.core.streams import StreamEvent
from app.networks import actions as networks
from app.networks.policy import OPERATOR
from app.spaces import actions
from app.spaces.actions.groups import Words
from app.spaces.actions.leaving import NeedsSuccessor
from app.spaces.actions.proposing import TooManyProposals
from app.spaces.models import Group, Space, SpaceMember
from app.spaces.queries import suggested, tie_of
from tests.spaces.making import group_of
from tests.spaces.test_secrecy import counted
from tests.support.factories import World, make_account, make_member, make_post, make_reply


def inside(db: Any, space: Space) -> set[str]:
    rows = db.session.scalars(select(SpaceMember).where(SpaceMember.space_id == space.id))
    return {row.member.name for row in rows}


def seventh(world: World) -> Group:
    return actions.open_role_alike(
        world.facilitator, name="Seventh grade", roles=("teacher", "teacher_leader"), grades=1 << 7
    )


def test_a_group_that_follows_a_role_takes_in_who_fits(world: World, db: Any) -> None:
    group = seventh(world)
    assert inside(db, group.space) == {"Tess Teacher", "Cole Colleague"}
    assert group.space.member_count == 2


def test_it_follows_role_grade_coming_and_going(world: World, db: Any) -> None:
    space = seventh(world).space
    networks.change_place(
        world.director, world.neighbour, role="teacher", site_id=world.cedar.id, grades=1 << 7
    )
    assert "Nora Neighbour" in inside(db, space)
    networks.change_place(
        world.director, world.neighbour, role="coach", site_id=world.cedar.id, grades=1 << 7
    )
    assert "Nora Neighbour" not in inside(db, space)
    make_member(world.network, "Nell New", role="teacher", grades=[7])
    assert "Nell New" in inside(db, space)
    networks.pause(world.colleague, world.colleague)
    assert "Cole Colleague" in inside(db, space), "a break is no leaving"
    networks.leave(world.colleague, world.colleague)
    assert "Cole Colleague" not in inside(db, space)


def test_who_stepped_out_is_not_put_back(world: World, db: Any) -> None:
    space = seventh(world).space
    actions.step_out(world.teacher, space)
    networks.change_place(
        world.director, world.teacher, role="teacher", site_id=world.maple.id, grades=1 << 7
    )
    actions.fill_batch(space.id)
    assert "Tess Teacher" not in inside(db, space)
    actions.step_in(world.teacher, space)
    assert "Tess Teacher" in inside(db, space)
    with pytest.raises(Forbidden):
        actions.step_out(world.principal, space)


def test_one_change_costs_the_same_in_a_large_network(world: World, db: Any) -> None:
    """The step looks at one member and at the groups that follow, not at the people in them."""
    seventh(world)

    def cost() -> int:
        with counted() as statements:
            actions.follow_site_and_role(world.teacher)
        return len(statements)

    few = cost()
    for number in range(60):
        networks.enrol(OPERATOR, world.network, make_account(f"P{number}"), role="teacher", grades=[7])
    assert cost() == few


def test_two_thousand_people_are_taken_in_by_batches(
    world: World, db: Any, outbox: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("app.spaces.actions.following.BATCH", 3)
    for number in range(8):
        make_member(world.network, f"Person {number}", role="teacher", grades=[7])
    space = seventh(world).space
    assert 0 < len(inside(db, space)) < 10, "the first batch at once"
    outbox.drain()
    assert len(inside(db, space)) == 10
    outbox.drain()
    assert db.session.get(Space, space.id, populate_existing=True).member_count == 10


@pytest.mark.parametrize("rule", [{}, {"roles": ("nonsense",)}, {"name": " ", "roles": ("coach",)}])
def test_a_rule_for_everybody_is_no_rule(rule: dict[str, Any], world: World) -> None:
    with pytest.raises(ValueError):
        actions.open_role_alike(world.facilitator, **{"name": "All", **rule})
    with pytest.raises(Forbidden):
        actions.open_role_alike(world.teacher, name="All coaches", roles=("coach",))


def test_a_lead_steps_down_only_where_another_leads(world: World) -> None:
    space = group_of(world.teacher, world.colleague)
    with pytest.raises(NeedsSuccessor):
        actions.step_down(world.teacher, space)
    actions.make_lead(world.teacher, space, world.colleague.id)
    actions.step_down(world.teacher, space)
    assert not tie_of(world.teacher, space.id).is_lead
    with pytest.raises(Forbidden):
        actions.make_lead(world.teacher, space, world.teacher.id)


def test_the_only_person_in_a_group_just_leaves(world: World, db: Any) -> None:
    space = group_of(world.teacher)
    actions.leave_group(world.teacher, space)
    assert inside(db, space) == set()


def test_the_hub_touches_no_group_of_another_network(world: World) -> None:
    space = group_of(world.outsider, name="Theirs")
    for verb in (actions.archive_leaderless, actions.restore_group):
        with pytest.raises(NotFound):
            verb(world.facilitator, space.id)
    with pytest.raises(NotFound):
        actions.invite_to_group(world.outsider, space, world.teacher)


def test_narrowing_an_open_group_asks_every_seat_again(world: World, db: Any) -> None:
    from app.core.realtime import registry

    space = group_of(world.teacher, access="open")
    assert registry.authorize(world.colleague.account, f"space:{space.id}") is not None
    actions.change_group(world.teacher, space, Words("Ratios", access="request"))
    told = select(StreamEvent.kind).where(StreamEvent.stream == f"access:{space.id}")
    assert list(db.session.scalars(told)) == ["access:checked"]
    assert registry.authorize(world.colleague.account, f"space:{space.id}") is None
    assert registry.authorize(world.teacher.account, f"access:{space.id}") is None, "nobody hears that stream"
    with pytest.raises(Forbidden):
        actions.change_group(world.teacher, space, Words("Ratios", access="open"))


def test_a_new_name_reaches_the_cards(world: World, db: Any) -> None:
    space, other = group_of(world.teacher), group_of(world.teacher, name="Other")
    mine, theirs = make_post(world.teacher, space), make_post(world.teacher, other)
    before = (mine.version, theirs.version)
    actions.change_group(world.teacher, space, Words("Fractions", access="request"))
    db.session.expire_all()
    assert (mine.version, theirs.version) == (before[0] + 1, before[1])


def test_three_proposals_wait_at_most(world: World) -> None:
    actions.set_who_starts(world.facilitator, world.network, members=False)
    for number in range(3):
        actions.propose_group(world.teacher, Words(f"Group {number}"))
    with pytest.raises(TooManyProposals):
        actions.propose_group(world.teacher, Words("One more"))
    with pytest.raises(Forbidden):
        actions.start_group(world.teacher, Words("Anyway"))
    with pytest.raises(Forbidden):
        actions.set_who_starts(world.teacher, world.network, members=True)


def test_what_is_pinned_stays_on_top_until_it_goes(world: World, db: Any) -> None:
    space = group_of(world.teacher, world.colleague)
    post, other = make_post(world.colleague, space), make_post(world.colleague, space)
    with pytest.raises(Forbidden):
        contributions.pin(world.colleague, post)
    contributions.pin(world.teacher, post)
    contributions.pin(world.teacher, other)
    assert [one.id for one in pinned_in(world.colleague, space.id)] == [other.id, post.id]
    contributions.unpin(world.teacher, other)
    contributions.remove_contribution(world.colleague, post)
    assert list(pinned_in(world.colleague, space.id)) == []
    assert list(pinned_in(world.principal, space.id)) == []


def test_a_reply_makes_a_group_lively(world: World, db: Any, clock: Any) -> None:
    space = group_of(world.teacher, world.colleague, access="open")
    post = make_post(world.teacher, space)
    clock.move(days=30)
    group = db.session.get(Group, space.id, populate_existing=True)
    assert suggested(world.principal) == []
    make_reply(world.colleague, post)
    db.session.refresh(group)
    assert group.active_at == clock.now
    assert [one.group.space_id for one in suggested(world.principal)] == [space.id]


def test_who_leaves_the_network_asks_no_more(world: World, db: Any) -> None:
    from app.spaces.queries import asks_of_group, invitations_to

    space, other = group_of(world.teacher), group_of(world.teacher, name="Other")
    actions.ask_to_join_group(world.colleague, space)
    actions.invite_to_group(world.teacher, other, world.colleague)
    assert len(asks_of_group(space.id)) == 1
    networks.leave(world.colleague, world.colleague)
    assert asks_of_group(space.id) == []
    assert invitations_to(world.colleague) == []


def test_an_account_takes_its_words_along(world: World, db: Any) -> None:
    from app.core import personal
    from app.core.command import command
    from app.spaces.models import GroupAsk, SpaceSetting

    space, mine = group_of(world.teacher), group_of(world.colleague, name="Mine")
    actions.ask_to_join_group(world.colleague, space, answer="ANSWER-canary")
    actions.be_told(world.colleague, mine, "everything")
    handed = str(dict(personal.everything_of(world.colleague.account)))
    assert "ANSWER-canary" in handed
    assert "ANSWER-canary" not in str(dict(personal.everything_of(world.teacher.account)))
    command(personal.erase)(world.colleague.account, keep_contributions=True)
    assert db.session.scalars(select(GroupAsk)).all() == []
    assert db.session.scalars(select(SpaceSetting)).all() == []
    assert inside(db, mine) == set()


def test_narrowing_and_removal_end_what_is_heard(app: Any, world: World) -> None:
    from tests.support.sockets import listening, tell

    space = group_of(world.teacher, world.neighbour, access="open")
    with listening(app) as listen:
        stream = f"space_{space.id}"
        reader, member, lead = (listen(one) for one in (world.colleague, world.neighbour, world.teacher))
        for ear in (reader, member, lead):
            assert "error" not in ear.join(**{stream: None})[f"space:{space.id}"]
        tell(app)
        actions.change_group(world.teacher, space, Words("Ratios", access="invite"))
        tell(app)
        lost = [("access:lost", {"stream": f"space:{space.id}"})]
        assert [said for said in reader.heard() if said[0] == "access:lost"] == lost
        assert [said for said in member.heard() if said[0] == "access:lost"] == []
        actions.remove_from_group(world.teacher, space, world.neighbour.id)
        make_post(world.teacher, space)
        tell(app)
        assert [kind for kind, _said in reader.heard()] == []
        assert [kind for kind, _said in member.heard()] == ["access:lost"]
        assert "contribution:posted" in [kind for kind, _said in lead.heard()]


def test_the_doctor_finds_a_wrong_count(world: World, db: Any) -> None:
    from app.core import doctor

    space = group_of(world.teacher, world.colleague)
    assert doctor.examine() == []
    space.member_count = 7
    db.session.delete(db.session.get(Group, space.id))
    db.session.commit()
    found = {finding.check for finding in doctor.examine()}
    assert found == {"spaces: member counts", "spaces: groups"}


@pytest.mark.parametrize(
    ("how_long", "zone", "at", "until"),
    [
        ("hour", "UTC", "2026-03-07T22:10+00:00", "2026-03-07T23:10+00:00"),
        ("week", "UTC", "2026-03-07T22:10+00:00", "2026-03-14T22:10+00:00"),
        ("tomorrow", "UTC", "2026-03-07T22:10+00:00", "2026-03-08T07:00+00:00"),
        ("tomorrow", "America/Chicago", "2026-03-07T22:10+00:00", "2026-03-08T12:00+00:00"),
        ("tomorrow", "Pacific/Kiritimati", "2026-03-07T22:10+00:00", "2026-03-08T17:00+00:00"),
    ],
)
def test_tomorrow_is_ones_own_morning(how_long: str, zone: str, at: str, until: str, clock: Any) -> None:
    """In Chicago the clocks go forward in that very night."""
    from datetime import datetime

    from app.spaces.actions.wishes import muted_until

    clock.freeze(datetime.fromisoformat(at))
    assert muted_until(how_long, zone) == datetime.fromisoformat(until)
