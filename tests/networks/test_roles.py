"""A role that one takes oneself is shown at once, and opens the groups that follow it once confirmed."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.core.access import Forbidden
from app.moderation.models import RecordLine
from app.networks.actions import (
    YearLine,
    accept_norms,
    admit,
    ask_to_join,
    change_member,
    change_place,
    confirm_role,
    enrol,
    join,
    make_invitation,
    settle_year,
    start_network,
)
from app.networks.models import Member
from app.networks.policy import OPERATOR
from app.notifications.queries import lines_of, unread_count
from app.spaces.actions.following import open_role_alike
from app.spaces.models import Group, SpaceMember
from tests.support.clients import Client
from tests.support.factories import World, make_account

BrowserOf = Callable[..., Client]


@pytest.fixture
def principals(world: World) -> Group:
    return open_role_alike(world.facilitator, name="Principals", roles=("principal",))


def inside(db: Any, group: Group, member: Member) -> bool:
    return db.session.get(SpaceMember, (group.space_id, member.id)) is not None


def say(member: Member, role: str | None) -> None:
    change_place(member, member, role=role, site_id=member.site_id, grades=member.grades)


def state(member: Member) -> tuple[str | None, bool]:
    return member.role, member.role_confirmed


def test_nobody_lets_themselves_into_a_group_that_follows_roles(
    world: World, db: Any, principals: Group
) -> None:
    say(world.teacher, "principal")
    assert state(world.teacher) == ("principal", False)
    assert not inside(db, principals, world.teacher)
    change_place(world.teacher, world.teacher, role="principal", site_id=world.cedar.id, grades=1)
    assert not inside(db, principals, world.teacher), "nothing else opens it"
    assert confirm_role(world.facilitator, world.teacher, "principal")
    assert state(world.teacher) == ("principal", True)
    assert inside(db, principals, world.teacher)
    assert not confirm_role(world.facilitator, world.teacher, "principal"), "a second tap changes nothing"


def test_a_new_group_counts_only_confirmed_roles(world: World, db: Any) -> None:
    say(world.teacher, "coach")
    coaches = open_role_alike(world.facilitator, name="Coaches", roles=("coach",))
    assert not inside(db, coaches, world.teacher)
    sevens = open_role_alike(world.facilitator, name="Sevens", grades=1 << 7)
    assert inside(db, sevens, world.teacher), "one's own grades need nobody"


def test_the_way_back_is_open_and_waits_for_nobody(world: World, db: Any) -> None:
    for away in (("principal",), ("coach", "researcher"), (None, "principal"), (None,)):
        for role in away:
            say(world.teacher, role)
        say(world.teacher, "teacher")
        assert state(world.teacher) == ("teacher", True), away
    say(world.principal, "coach")
    say(world.principal, "principal")
    assert state(world.principal) == ("principal", True)


def test_the_way_back_is_no_way_in(world: World, principals: Group, db: Any) -> None:
    with pytest.raises(Forbidden):
        say(world.principal, "teacher")
    say(world.principal, "coach")
    with pytest.raises(Forbidden):
        say(world.principal, "teacher")
    say(world.teacher, "principal")
    say(world.teacher, "coach")
    say(world.teacher, "principal")
    assert state(world.teacher) == ("principal", False)
    assert not inside(db, principals, world.teacher)
    confirm_role(world.director, world.teacher, "principal")
    with pytest.raises(Forbidden):
        say(world.teacher, "teacher")


def test_who_may_confirm(world: World) -> None:
    say(world.teacher, "principal")
    for nobody in (world.teacher, world.principal, world.colleague, world.outsider):
        with pytest.raises(Forbidden):
            confirm_role(nobody, world.teacher, "principal")
    assert not confirm_role(world.facilitator, world.teacher, "coach"), "only what was shown"
    say(world.facilitator, "coach")
    with pytest.raises(Forbidden):
        confirm_role(world.facilitator, world.facilitator, "coach")
    assert confirm_role(world.director, world.facilitator, "coach")


def test_the_hub_sets_a_confirmed_role(world: World, db: Any, principals: Group) -> None:
    say(world.teacher, "coach")
    line = {"site_id": world.cedar.id, "grades": 0}
    change_member(world.director, world.teacher, role="coach", **line)  # type: ignore[arg-type]
    settle_year(
        world.director, world.network, [YearLine(world.teacher.id, False, "coach", world.cedar.id, 0)]
    )
    assert state(world.teacher) == ("coach", False), "saving other things confirms nothing"
    change_member(world.director, world.teacher, role="principal", **line)  # type: ignore[arg-type]
    assert state(world.teacher) == ("principal", True)
    assert inside(db, principals, world.teacher)
    change_member(world.facilitator, world.facilitator, role="principal", site_id=None, grades=0)
    assert state(world.facilitator) == ("principal", False), "a hub role opens no content"


def test_an_invitation_or_an_answer_that_names_the_role_has_confirmed_it(
    world: World, db: Any, principals: Group
) -> None:
    invited = join(make_account(), make_invitation(world.director, world.network, role="principal").token)
    asked = ask_to_join(make_account(), world.network)
    admit(world.facilitator, asked, role="principal")
    for member in (invited, asked):
        assert state(member) == ("principal", True)
        assert inside(db, principals, member)
    open_link = make_invitation(world.director, world.network).token
    newcomer = join(make_account(), open_link)
    say(newcomer, "principal")
    assert state(newcomer) == ("principal", False)
    assert not inside(db, principals, newcomer)


def test_in_the_welcome_one_may_think_again(world: World) -> None:
    newcomer = enrol(OPERATOR, world.network, make_account())
    say(newcomer, "principal")
    say(newcomer, "teacher")
    assert state(newcomer) == ("teacher", True)


def test_it_waits_on_the_pages_and_goes_with_one_tap(
    world: World, db: Any, principals: Group, browser_of: BrowserOf
) -> None:
    root = f"/n/{world.network.slug}"
    own, hub, other = browser_of(world.teacher), browser_of(world.facilitator), browser_of(world.colleague)
    words = {"name": "Tess Teacher", "site_id": str(world.cedar.id)}
    assert own.post(f"{root}/profile", data={**words, "role": "principal"}).status_code == 302
    assert "A facilitator will confirm it" in own.get(f"{root}/profile").text
    assert own.post(f"{root}/profile", data={**words, "role": "teacher"}).status_code == 302
    assert own.post(f"{root}/profile", data={**words, "role": "principal"}).status_code == 302
    person = f"{root}/settings/people/{world.teacher.id}"
    confirm = f"{person}/role/principal/confirm"
    for page in (f"{root}/settings/people/", person):
        shown = hub.get(page).text
        assert "chose this role themselves" in shown
        assert confirm in shown
    profile = other.get(f"{root}/members/{world.teacher.id}").text
    assert "themselves" not in profile
    assert confirm not in profile
    for nobody in (own, other):
        assert nobody.post(confirm).status_code == 403
    assert hub.post(confirm).status_code == 302
    db.session.expire_all()
    assert inside(db, principals, world.teacher)
    assert confirm not in hub.get(person).text
    assert "meantime" in hub.post(confirm, follow_redirects=True).text


def test_the_hub_hears_of_it_in_the_bell_until_it_is_settled(
    world: World, outbox: Any, browser_of: BrowserOf
) -> None:
    say(world.teacher, "coach")
    outbox.drain()
    for hears in (world.facilitator, world.director):
        assert [(line.verb, line.title) for line in lines_of([hears]).items] == [("role_claimed", "Coach")]
    for hears_not in (world.teacher, world.colleague, world.principal):
        assert lines_of([hears_not]).items == []
    place = f"/n/{world.network.slug}/settings/people/{world.teacher.id}/role/coach/confirm"
    assert f'formaction="{place}"' in browser_of(world.facilitator).get("/notifications").text
    assert confirm_role(world.director, world.teacher, "coach")
    assert lines_of([world.facilitator]).items == [], "settled, even before the worker comes by"
    outbox.drain()
    assert unread_count([world.facilitator]) == 0


def test_who_takes_it_back_is_asked_about_no_more(world: World, outbox: Any) -> None:
    say(world.teacher, "coach")
    outbox.drain()
    say(world.teacher, "teacher")
    outbox.drain()
    assert lines_of([world.facilitator]).items == []


def test_without_lines_there_is_nothing_to_mark(world: World, browser_of: BrowserOf) -> None:
    assert "Mark all as read" not in browser_of(world.teacher).get("/notifications").text


def found(as_well: bool = False) -> Member:
    """The director of a new network; `as_well`: somebody has come already."""
    network = start_network(OPERATOR, name="Founders", slug="founders")
    if as_well:
        enrol(OPERATOR, network, make_account("Cam Comer"), role="teacher")
    return enrol(OPERATOR, network, make_account("Fran Founder"), is_director=True)


def test_who_founds_a_network_says_their_role_themselves_and_it_is_on_record(world: World, db: Any) -> None:
    founder = found()
    say(founder, "principal")
    assert state(founder) == ("principal", True)
    (line,) = db.session.scalars(select(RecordLine).where(RecordLine.verb == "role_confirmed"))
    assert (line.by_id, line.member_id, line.why) == (founder.id, founder.id, "principal")


def test_a_hub_of_one_waits_and_reads_what_to_do(world: World, browser_of: BrowserOf, db: Any) -> None:
    alone = found(as_well=True)
    accept_norms(alone, 1)
    say(alone, "principal")
    assert state(alone) == ("principal", False), "a hub role opens no content"
    page = browser_of(alone).get("/n/founders/profile").text
    assert "just now you look after it alone" in page
    assert "/n/founders/settings/people/" in page
    second = enrol(OPERATOR, alone.network, make_account("Sam Second"), is_facilitator=True)
    assert "A facilitator will confirm it" in browser_of(alone).get("/n/founders/profile").text
    assert confirm_role(second, alone, "principal")
    (line,) = db.session.scalars(select(RecordLine).where(RecordLine.verb == "role_confirmed"))
    assert (line.by_id, line.member_id) == (second.id, alone.id)
