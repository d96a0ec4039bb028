"""The directory, profiles, one's own standing, and what the hub changes."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.actions import erase_account
from app.core import personal
from app.core.access import Forbidden, NotFound
from app.networks import queries
from app.networks.actions import (
    LastDirector,
    change_place,
    come_back,
    edit_profile,
    end_membership,
    give_hub_role,
    leave,
    pause,
)
from app.networks.models import Member
from app.networks.queries import Filters
from app.spaces.models import Space, SpaceMember
from tests.support.clients import Client
from tests.support.factories import World, make_member

BrowserOf = Callable[..., Client]


def names(world: World, **filters: Any) -> list[str]:
    return [member.name for member in queries.directory(world.teacher, Filters(**filters)).items]


def spaces_of(db: Any, member: Member) -> set[str]:
    query = select(Space.name).join(SpaceMember, SpaceMember.space_id == Space.id)
    return set(db.session.scalars(query.where(SpaceMember.member_id == member.id)))


def test_the_directory_finds_by_name_school_and_help(world: World) -> None:
    edit_profile(world.colleague, world.colleague, name="Zoë Álvarez", can_help_with="Box plots")
    assert names(world, words="zoe alvarez") == ["Zoë Álvarez"]
    assert names(world, words="BOX") == ["Zoë Álvarez"]
    assert names(world, words="maple") == ["Zoë Álvarez"]
    assert names(world, words="otto") == []
    assert names(world, words="%") == []
    assert set(names(world, words="cedar teacher")) == {"Tess Teacher"}


def test_filters(world: World) -> None:
    assert names(world, role="principal") == ["Pia Principal"]
    assert names(world, site_id=world.maple.id) == ["Cole Colleague"]
    assert names(world, grade=6) == ["Nora Neighbour"]
    assert names(world, role="nonsense") == names(world)
    assert names(world, standing="former") == names(world)
    assert "Otto Outsider" not in names(world)


def test_a_district_takes_its_schools_in(world: World) -> None:
    from app.networks.actions import add_site, change_site

    district = add_site(world.director, world.network, name="Lakes", kind="district")
    change_site(world.director, world.maple, name="Maple", short_name="", kind="school", parent=district)
    assert names(world, site_id=district.id) == ["Cole Colleague"]


def test_pages_by_keyset_show_everyone_once(world: World) -> None:
    for number in range(12):
        make_member(world.network, f"Person {number % 3}")
    seen, cursor = [], None
    while True:
        page = queries.directory(world.teacher, Filters(), cursor, size=5)
        seen += [member.id for member in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 18


def test_the_page_searches_by_get(world: World, browser_of: BrowserOf) -> None:
    page = browser_of(world.teacher).get(
        f"/n/{world.network.slug}/members/?q=cole&role=teacher&school=&grade=7"
    )
    assert "Cole Colleague" in page.text
    assert "Pia Principal" not in page.text
    for odd in (
        "school=x",
        "grade=99",
        "after=nonsense",
        "grade=-1",
        "school=99999999999999999999",
        "q=%00%ff",
    ):
        assert browser_of(world.teacher).get(f"/n/{world.network.slug}/members/?{odd}").status_code == 200


def test_profiles_stop_at_the_network(world: World, browser_of: BrowserOf) -> None:
    place = f"/n/{world.network.slug}/members/"
    assert "Cole Colleague" in browser_of(world.teacher).get(f"{place}{world.colleague.id}").text
    assert browser_of(world.teacher).get(f"{place}{world.outsider.id}").status_code == 404
    with pytest.raises(NotFound):
        queries.member_of(world.outsider, world.teacher.id)


def test_who_left_is_seen_by_the_hub_alone(world: World) -> None:
    leave(world.colleague, world.colleague)
    assert "Cole Colleague" not in names(world)
    with pytest.raises(NotFound):
        queries.member_of(world.teacher, world.colleague.id)
    assert queries.member_of(world.facilitator, world.colleague.id).id == world.colleague.id
    former = queries.directory(world.facilitator, Filters(standing="former")).items
    assert [member.name for member in former] == ["Cole Colleague"]


def test_a_change_of_school_moves_spaces_at_once(world: World, db: Any) -> None:
    assert spaces_of(db, world.teacher) == {"Cedar", "Cedar teachers"}
    change_place(world.facilitator, world.teacher, role="teacher", site_id=world.maple.id, grades=1 << 7)
    assert spaces_of(db, world.teacher) == {"Maple", "Maple teachers"}
    change_place(world.facilitator, world.teacher, role="principal", site_id=world.maple.id, grades=0)
    assert spaces_of(db, world.teacher) == {"Maple"}
    with pytest.raises(Forbidden):
        change_place(world.colleague, world.teacher, role=None, site_id=None, grades=0)


def test_a_break_and_back(world: World) -> None:
    pause(world.teacher, world.teacher)
    assert (world.teacher.may_read, world.teacher.may_write) == (True, False)
    assert queries.viewer_of(world.teacher.account, world.network.slug) is not None
    with pytest.raises(Forbidden):
        pause(world.teacher, world.teacher)
    come_back(world.teacher, world.teacher)
    assert world.teacher.may_write


def test_leaving_closes_every_door(world: World, browser_of: BrowserOf, db: Any) -> None:
    browser, home = browser_of(world.teacher), f"/n/{world.network.slug}"
    assert browser.get(f"{home}/members/").status_code == 200
    assert browser.post(f"{home}/membership/leave", data={"sure": "1"}).status_code == 302
    assert browser.get(f"{home}/members/").status_code == 404
    assert spaces_of(db, world.teacher) == set()
    with pytest.raises(Forbidden):
        leave(world.teacher, world.teacher)


def test_a_network_keeps_a_director(world: World, browser_of: BrowserOf, db: Any) -> None:
    for verb in (pause, leave):
        with pytest.raises(LastDirector):
            verb(world.director, world.director)
    with pytest.raises(LastDirector):
        give_hub_role(world.director, world.director, facilitator=True, director=False)
    leaving = f"/n/{world.network.slug}/membership/leave"
    page = browser_of(world.director).post(leaving, data={"sure": "1"}, follow_redirects=True)
    assert "the only director" in page.text
    give_hub_role(world.director, world.facilitator, facilitator=True, director=True)
    leave(world.director, world.director)
    with pytest.raises(LastDirector):
        pause(world.facilitator, world.facilitator)


def test_hub_roles_are_given_by_directors_in_the_page(world: World, browser_of: BrowserOf, db: Any) -> None:
    place = f"/n/{world.network.slug}/settings/people/{world.teacher.id}"
    data = {"role": "teacher", "site_id": str(world.cedar.id), "grades": ["7"], "is_facilitator": "y"}
    assert browser_of(world.facilitator).post(place, data=data).status_code == 302
    db.session.refresh(world.teacher)
    assert not world.teacher.is_facilitator
    assert 'name="is_director"' not in browser_of(world.facilitator).get(place).text
    assert browser_of(world.director).post(place, data=data).status_code == 302
    db.session.refresh(world.teacher)
    assert world.teacher.is_facilitator
    assert browser_of(world.outsider).post(place, data=data).status_code == 404


def test_a_facilitator_does_not_put_out_a_director(world: World) -> None:
    with pytest.raises(Forbidden):
        end_membership(world.facilitator, world.director)
    with pytest.raises(Forbidden):
        end_membership(world.outsider, world.teacher)
    end_membership(world.facilitator, world.teacher)
    assert world.teacher.standing == "former"


def test_a_former_member_can_be_looked_at_but_not_changed(world: World, browser_of: BrowserOf) -> None:
    leave(world.teacher, world.teacher)
    place = f"/n/{world.network.slug}/settings/people/{world.teacher.id}"
    browser = browser_of(world.director)
    assert browser.get(place).status_code == 200
    assert browser.post(place, data={"role": "coach", "site_id": ""}).status_code == 422


def test_an_erased_person_is_a_former_member_without_a_name(world: World, db: Any) -> None:
    edit_profile(world.teacher, world.teacher, story="Mine")
    account = world.teacher.account
    profile = dict(personal.everything_of(account))[f"networks/{world.network.slug}/profile.json"]
    assert profile["story"] == "Mine"
    erase_account(account, keep_contributions=True)
    db.session.refresh(world.teacher)
    left = world.teacher
    assert (left.name, left.story, left.words, left.site_id, left.standing) == ("", "", "", None, "former")
    assert left.account_id is None
    assert spaces_of(db, left) == set()
    assert db.session.scalar(select(func.count(Member.id)).where(Member.name == "Tess Teacher")) == 0


def test_nobody_makes_themselves_a_teacher(world: World) -> None:
    """It would open the teachers' spaces of a school to its principal."""
    how: dict[str, int] = {"site_id": world.cedar.id, "grades": 0}
    for role in ("teacher", "teacher_leader"):
        with pytest.raises(Forbidden):
            change_place(world.principal, world.principal, role=role, **how)
    change_place(world.principal, world.principal, role=None, **how)
    with pytest.raises(Forbidden):
        change_place(world.principal, world.principal, role="teacher", **how)
    change_place(world.director, world.principal, role="teacher", **how)
    change_place(world.principal, world.principal, role="teacher_leader", **how)


def test_who_leaves_takes_no_way_back_in_along(world: World, db: Any) -> None:
    from app.networks.actions import make_invitation
    from app.networks.models import Invitation

    make_invitation(world.facilitator, world.network)
    end_membership(world.director, world.facilitator)
    assert [one.revoked_at is not None for one in db.session.scalars(select(Invitation))] == [True]
