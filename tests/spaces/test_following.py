"""Spaces that follow a site or a role: right in the same moment as the member."""

from typing import Any

import pytest
from sqlalchemy import select

from app.core.access import Forbidden
from app.core.streams import StreamEvent
from app.networks import actions as networks
from app.networks.policy import OPERATOR
from app.spaces.models import Space, SpaceMember
from app.spaces.queries import audience_of, my_spaces, people_in
from tests.support.factories import World, make_group, make_member, make_post


def follows(db: Any, world: World, kind: str, site: Any = None) -> Space:
    query = select(Space).where(Space.site_id == (site or world.cedar).id, Space.follows == kind)
    return db.session.scalars(query).one()


def names(db: Any, space: Space) -> set[str]:
    rows = db.session.scalars(select(SpaceMember).where(SpaceMember.space_id == space.id))
    return {row.member.name for row in rows}


def test_a_school_comes_with_two_spaces(world: World, db: Any) -> None:
    everyone, teachers = follows(db, world, "site"), follows(db, world, "site_teachers")
    assert names(db, everyone) == {"Tess Teacher", "Nora Neighbour", "Pia Principal"}
    assert names(db, teachers) == {"Tess Teacher", "Nora Neighbour"}
    assert (everyone.member_count, teachers.member_count) == (3, 2)


def test_a_district_has_none(world: World, db: Any) -> None:
    from tests.support.factories import make_site

    district = make_site(world.network, "North", kind="district")
    assert db.session.scalars(select(Space).where(Space.site_id == district.id)).all() == []


def test_who_moves_leaves_the_old_school_at_once(world: World, db: Any) -> None:
    post = make_post(world.teacher, follows(db, world, "site"))
    networks.change_place(world.director, world.teacher, role="teacher", site_id=world.maple.id, grades=128)
    assert "Tess Teacher" not in names(db, follows(db, world, "site"))
    assert "Tess Teacher" in names(db, follows(db, world, "site", world.maple))
    assert post.space_id == follows(db, world, "site").id, "what was posted stays"
    lost = select(StreamEvent.subject_id).where(
        StreamEvent.stream == f"member:{world.teacher.id}", StreamEvent.kind == "access:lost"
    )
    assert follows(db, world, "site").id in set(db.session.scalars(lost))


def test_a_new_principal_leaves_the_teachers(world: World, db: Any) -> None:
    late = make_member(world.network, "Lee Late", role="teacher", site=world.cedar)
    teachers = follows(db, world, "site_teachers")
    assert "Lee Late" in names(db, teachers)
    networks.change_place(world.director, late, role="principal", site_id=world.cedar.id, grades=0)
    assert "Lee Late" not in names(db, teachers)
    assert "Lee Late" in names(db, follows(db, world, "site"))


def test_a_closed_school_takes_nothing_new_until_it_opens_again(world: World, db: Any) -> None:
    space = follows(db, world, "site")
    networks.close_site(OPERATOR, world.cedar)
    with pytest.raises(Forbidden):
        make_post(world.teacher, space)
    networks.reopen_site(OPERATOR, world.cedar)
    assert make_post(world.teacher, space).id


def test_an_audience_says_who_with_power_is_among_them(world: World, db: Any) -> None:
    everyone = audience_of(world.teacher, follows(db, world, "site"))
    assert (everyone.people, everyone.schools, everyone.roles.get("principal")) == (3, 1, 1)
    teachers = audience_of(world.teacher, follows(db, world, "site_teachers"))
    assert (teachers.people, teachers.roles.get("principal")) == (2, None)
    assert audience_of(world.teacher, world.commons).schools == 2


def test_my_spaces_are_mine(world: World) -> None:
    group = make_group(world, world.teacher)
    mine = [space.name for space in my_spaces(world.teacher)]
    assert mine == [world.commons.name, "Cedar", "Cedar teachers", group.name]
    assert group.name not in [space.name for space in my_spaces(world.colleague)]
    assert [member.name for member in people_in(world.teacher, group)] == ["Tess Teacher"]
