"""A school that one chooses oneself is a claim while others are there."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.core.access import Forbidden
from app.networks.actions import (
    YearLine,
    admit,
    ask_to_join,
    change_member,
    change_place,
    confirm_site,
    join,
    leave,
    make_invitation,
    pause,
    refuse_site,
    settle_year,
)
from app.networks.models import Member, Site
from app.networks.queries import viewer_of
from app.notifications.models import Notification
from app.notifications.queries import line_of, lines_of, unread_count
from app.spaces.models import Space, SpaceMember
from tests.support.clients import Client
from tests.support.factories import World, make_account, make_member, make_site

BrowserOf = Callable[..., Client]


def spaces_of(db: Any, member: Member) -> set[str]:
    query = select(Space.name).join(SpaceMember, SpaceMember.space_id == Space.id)
    return set(db.session.scalars(query.where(SpaceMember.member_id == member.id)))


def say(member: Member, site: Site | None) -> None:
    change_place(member, member, role=member.role, site_id=site.id if site else None, grades=member.grades)


def told(member: Member) -> list[tuple[str, str]]:
    return [(line.verb, line.title) for line in lines_of([member]).items]


def test_a_school_with_others_opens_only_when_confirmed(world: World, db: Any) -> None:
    say(world.teacher, world.maple)
    assert spaces_of(db, world.teacher) == set(), "they left the old school at once"
    assert (world.teacher.site_id, world.teacher.claimed_site_id) == (None, world.maple.id)
    assert confirm_site(world.colleague, world.teacher, world.maple.id)
    assert spaces_of(db, world.teacher) == {"Maple", "Maple teachers"}
    assert world.teacher.claimed_site_id is None
    assert not confirm_site(world.colleague, world.teacher, world.maple.id), "a second tap changes nothing"


def test_a_school_without_others_opens_at_once(world: World, db: Any) -> None:
    oak = make_site(world.network, "Oak")
    say(world.teacher, oak)
    assert spaces_of(db, world.teacher) == {"Oak", "Oak teachers"}
    say(world.neighbour, oak)
    assert world.neighbour.claimed_site_id == oak.id


def test_somebody_on_a_break_is_there_too(world: World, db: Any) -> None:
    pause(world.colleague, world.colleague)
    say(world.teacher, world.maple)
    assert world.teacher.claimed_site_id == world.maple.id
    with pytest.raises(Forbidden):
        confirm_site(world.colleague, world.teacher, world.maple.id)


def test_who_may_confirm_and_who_may_refuse(world: World, db: Any) -> None:
    say(world.teacher, world.maple)
    say(world.neighbour, world.maple)
    place = world.maple.id
    for nobody in (world.teacher, world.neighbour, world.principal, world.outsider):
        with pytest.raises(Forbidden):
            confirm_site(nobody, world.teacher, place)
        with pytest.raises(Forbidden):
            refuse_site(nobody, world.teacher, place)
    with pytest.raises(Forbidden):
        refuse_site(world.colleague, world.teacher, place)
    assert refuse_site(world.facilitator, world.teacher, place)
    assert (world.teacher.site_id, world.teacher.claimed_site_id) == (None, None)
    assert confirm_site(world.director, world.neighbour, place)
    assert world.neighbour.site_id == place


def test_an_answer_is_for_the_school_that_was_shown(world: World) -> None:
    say(world.teacher, world.maple)
    assert not confirm_site(world.facilitator, world.teacher, world.cedar.id)
    assert not refuse_site(world.facilitator, world.teacher, world.cedar.id)
    assert world.teacher.claimed_site_id == world.maple.id


def test_the_hub_confirms_others_and_not_itself(world: World, db: Any) -> None:
    """A hub role opens no content."""
    say(world.facilitator, world.maple)
    assert spaces_of(db, world.facilitator) == set()
    with pytest.raises(Forbidden):
        confirm_site(world.facilitator, world.facilitator, world.maple.id)
    change_member(world.facilitator, world.facilitator, role=None, site_id=world.cedar.id, grades=0)
    assert spaces_of(db, world.facilitator) == set()
    change_member(world.director, world.facilitator, role=None, site_id=world.cedar.id, grades=0)
    assert spaces_of(db, world.facilitator) == {"Cedar"}


def test_saving_other_things_keeps_what_waits(world: World) -> None:
    say(world.teacher, world.maple)
    say(world.teacher, world.maple)
    change_member(world.director, world.teacher, role="teacher", site_id=None, grades=3)
    assert (world.teacher.claimed_site_id, world.teacher.grades) == (world.maple.id, 3)
    say(world.facilitator, world.maple)
    for member in (world.teacher, world.facilitator):
        settle_year(world.facilitator, world.network, [YearLine(member.id, False, None, None, 0)])
        assert member.claimed_site_id == world.maple.id
    change_member(world.director, world.teacher, role="teacher", site_id=world.cedar.id, grades=3)
    assert (world.teacher.site_id, world.teacher.claimed_site_id) == (world.cedar.id, None)
    say(world.facilitator, None)
    assert world.facilitator.claimed_site_id is None


def test_an_invitation_that_names_the_school_confirms(world: World, db: Any) -> None:
    link = make_invitation(world.facilitator, world.network, role="teacher", site_id=world.maple.id)
    new = join(make_account("Ines New"), link.token)
    assert (new.site_id, new.claimed_site_id) == (world.maple.id, None)
    asker = ask_to_join(make_account("Asha Asker"), world.network)
    admit(world.facilitator, asker, role="teacher", site_id=world.maple.id)
    assert (asker.site_id, asker.claimed_site_id) == (world.maple.id, None)


def test_who_comes_back_is_asked_again(world: World, db: Any, clock: Any) -> None:
    leave(world.teacher, world.teacher)
    clock.move(hours=1)
    back = join(world.teacher.account, make_invitation(world.facilitator, world.network).token)
    assert back is world.teacher
    assert (back.site_id, back.claimed_site_id) == (None, world.cedar.id)
    assert spaces_of(db, back) == set()


def test_those_who_may_answer_hear_of_it(world: World, outbox: Any) -> None:
    say(world.teacher, world.maple)
    outbox.drain()
    for hears in (world.colleague, world.facilitator, world.director):
        assert told(hears) == [("site_claimed", "Maple")]
        assert unread_count([hears]) == 1
    for hears_not in (world.teacher, world.neighbour, world.principal, world.outsider):
        assert told(hears_not) == []
        assert unread_count([hears_not]) == 0
    confirm_site(world.colleague, world.teacher, world.maple.id)
    assert told(world.facilitator) == [], "settled, even before the worker comes by"
    outbox.drain()
    assert told(world.colleague) == []
    assert told(world.teacher) == [("site_opened", "Maple")]


def test_a_line_goes_with_the_place_that_let_one_answer(world: World, outbox: Any, db: Any) -> None:
    say(world.teacher, world.maple)
    outbox.drain()
    line = db.session.scalars(select(Notification).where(Notification.member_id == world.colleague.id)).one()
    assert line_of([world.colleague], line.id) is not None
    change_place(world.director, world.colleague, role="teacher", site_id=world.cedar.id, grades=0)
    assert line_of([world.colleague], line.id) is None
    assert unread_count([world.colleague]) == 0


def test_another_claim_is_told_again(world: World, outbox: Any, clock: Any) -> None:
    say(world.teacher, world.maple)
    outbox.drain()
    clock.move(minutes=1)
    say(world.teacher, None)
    say(world.teacher, world.cedar)
    outbox.drain()
    assert told(world.facilitator) == [("site_claimed", "Cedar")]
    assert told(world.colleague) == []
    assert told(world.neighbour) == [("site_claimed", "Cedar")]
    refuse_site(world.facilitator, world.teacher, world.cedar.id)
    outbox.drain()
    assert told(world.teacher) == [("site_refused", "Cedar")]


def test_one_tap_in_the_bell(world: World, browser_of: BrowserOf, outbox: Any, db: Any) -> None:
    say(world.teacher, world.maple)
    outbox.drain()
    browser, home = browser_of(world.colleague), f"/n/{world.network.slug}"
    page = browser.get("/notifications").text
    place = f"{home}/members/{world.teacher.id}/school/{world.maple.id}/confirm"
    assert f'form="act" formaction="{place}"' in page
    assert '<form id="act" method="post"' in page
    assert place in browser.get(f"{home}/members/{world.teacher.id}").text
    assert place in browser.get(f"{home}/members/").text
    assert browser_of(world.neighbour).post(place).status_code == 403
    assert browser_of(world.outsider).post(place).status_code == 404
    answer = browser.post(place, follow_redirects=True)
    assert "is with their colleagues now" in answer.text
    db.session.refresh(world.teacher)
    assert world.teacher.site_id == world.maple.id
    again = browser.post(place, follow_redirects=True)
    assert "settled in the meantime" in again.text
    outbox.drain()
    assert "confirmed that you are at" in browser_of(world.teacher).get("/notifications").text


def test_the_pages_say_it_kindly(world: World, browser_of: BrowserOf, db: Any) -> None:
    browser, home = browser_of(world.teacher), f"/n/{world.network.slug}"
    kind = "a colleague at Maple or a facilitator will confirm it"
    form = {"name": "Tess Teacher", "role": "teacher", "site_id": str(world.maple.id)}
    assert browser.post(f"{home}/profile", data=form).status_code == 302
    db.session.refresh(world.teacher)
    assert world.teacher.claimed_site_id == world.maple.id
    for page in ("profile", f"members/{world.teacher.id}", "welcome/first-step"):
        assert kind in browser.get(f"{home}/{page}").text
    assert browser.post(f"{home}/profile", data={**form, "story": "Hello"}).status_code == 302
    db.session.refresh(world.teacher)
    assert world.teacher.claimed_site_id == world.maple.id
    others = browser_of(world.neighbour).get(f"{home}/members/{world.teacher.id}").text
    assert "Maple · waiting to be confirmed" in others
    assert "/confirm" not in others
    hub = browser_of(world.facilitator).get(f"{home}/settings/people/").text
    assert f"school/{world.maple.id}/refuse" in hub


def test_the_welcome_only_claims(world: World, browser_of: BrowserOf, db: Any) -> None:
    new = make_member(world.network, "Nia New")
    data = {"role": "coach", "site_id": str(world.cedar.id)}
    browser = browser_of(new)
    assert browser.post(f"/n/{world.network.slug}/welcome/you", data=data).status_code == 302
    db.session.refresh(new)
    assert (new.role, new.site_id, new.claimed_site_id) == ("coach", None, world.cedar.id)
    assert spaces_of(db, new) == set()
    assert viewer_of(new.account, world.network.slug) is not None
