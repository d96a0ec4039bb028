"""Joining by a link: role and site, expiry, uses, revoking, and no doubles."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.core.access import NotFound
from app.networks import queries
from app.networks.actions import (
    LinkSpent,
    Mixed,
    admit,
    ask_to_join,
    join,
    leave,
    make_invitation,
    read_first_until,
    rest_until,
    revoke_invitation,
)
from app.networks.models import Invitation, Member
from tests.support.clients import Client
from tests.support.factories import World, make_account

BrowserOf = Callable[..., Client]
NEW = {"name": "Ana Ruiz", "email": "ana@example.org", "password": "a quiet green pencil"}


def test_a_link_gives_its_role_and_site(world: World, db: Any) -> None:
    link = make_invitation(world.facilitator, world.network, role="coach", site_id=world.maple.id)
    member = join(make_account("Cora"), link.token)
    assert (member.role, member.site_id, member.standing) == ("coach", world.maple.id, "active")
    db.session.refresh(link)
    assert link.uses == 1


def test_using_a_link_twice_counts_once(world: World, db: Any) -> None:
    link, account = make_invitation(world.facilitator, world.network, max_uses=2), make_account()
    assert join(account, link.token).id == join(account, link.token).id
    db.session.refresh(link)
    assert link.uses == 1


def test_the_last_use_is_the_last(world: World) -> None:
    link = make_invitation(world.facilitator, world.network, max_uses=1)
    join(make_account(), link.token)
    with pytest.raises(LinkSpent):
        join(make_account(), link.token)


def test_a_revoked_or_expired_link_opens_nothing(world: World, clock: Any) -> None:
    revoked = make_invitation(world.facilitator, world.network)
    revoke_invitation(world.facilitator, revoked)
    short = make_invitation(world.facilitator, world.network, days=7)
    clock.move(days=8)
    for link in (revoked, short):
        with pytest.raises(LinkSpent):
            join(make_account(), link.token)
    with pytest.raises(NotFound):
        join(make_account(), "no-such-token")


def test_an_old_link_does_not_bring_back_who_left(world: World, clock: Any) -> None:
    old = make_invitation(world.facilitator, world.network)
    clock.move(hours=1)
    leave(world.teacher, world.teacher)
    with pytest.raises(LinkSpent):
        join(world.teacher.account, old.token)
    clock.move(hours=1)
    again = join(world.teacher.account, make_invitation(world.facilitator, world.network).token)
    assert again.id == world.teacher.id
    assert again.standing == "active"


def test_the_demo_and_real_people_do_not_mix(world: World) -> None:
    link = make_invitation(world.facilitator, world.network)
    with pytest.raises(Mixed):
        join(make_account(is_demo=True), link.token)


def test_a_site_of_another_network_is_no_site(world: World) -> None:
    other = world.outsider.network
    assert other.id != world.network.id
    with pytest.raises(NotFound):
        make_invitation(world.director, world.network, site_id=10**9)


@pytest.mark.durable
def test_of_two_people_on_the_last_use_one_wins(app: Any, db: Any) -> None:
    from tests.support.factories import make_world

    world = make_world()
    link = make_invitation(world.facilitator, world.network, max_uses=1)
    accounts = [make_account(f"Racer {number}").id for number in range(4)]
    token, outcomes, start = link.token, [], threading.Barrier(4)

    def race(account_id: int) -> None:
        with app.app_context():
            account = db.session.get(Account, account_id)
            start.wait()
            try:
                join(account, token)
                outcomes.append("in")
            except LinkSpent:
                outcomes.append("spent")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=race, args=(account_id,)) for account_id in accounts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "spent", "spent", "spent"]
    db.session.rollback()
    assert db.session.scalar(select(Invitation.uses).where(Invitation.id == link.id)) == 1
    assert db.session.scalar(select(func.count(Member.id)).where(Member.account_id.in_(accounts))) == 1


def test_a_new_person_joins_in_one_form(world: World, client: Client, db: Any) -> None:
    link = make_invitation(world.facilitator, world.network, role="teacher")
    page = client.get(f"/join/{link.token}")
    assert page.status_code == 200
    assert world.network.name in page.text
    answer = client.post(f"/join/{link.token}", data=NEW)
    assert answer.status_code == 302
    assert answer.location.endswith(f"/n/{world.network.slug}/")
    member = db.session.scalar(select(Member).where(Member.name == "Ana Ruiz"))
    assert (member.role, member.standing) == ("teacher", "active")
    assert client.get(f"/n/{world.network.slug}/norms/").status_code == 200


def test_a_signed_in_person_joins_with_one_tap(world: World, browser_of: BrowserOf) -> None:
    link = make_invitation(world.facilitator, world.network)
    browser = browser_of(world.outsider)
    page = browser.get(f"/join/{link.token}")
    assert "Otto Outsider" in page.text
    assert 'name="password"' not in page.text
    assert browser.post(f"/join/{link.token}").status_code == 302
    assert queries.viewer_of(world.outsider.account, world.network.slug) is not None


def test_a_known_address_signs_in_first_and_nothing_is_used(world: World, client: Client, db: Any) -> None:
    link = make_invitation(world.facilitator, world.network, max_uses=1)
    answer = client.post(f"/join/{link.token}", data={**NEW, "email": world.outsider.account.email})
    assert answer.status_code == 302
    assert "/sign-in" in answer.location
    db.session.refresh(link)
    assert link.uses == 0
    assert queries.viewer_of(world.outsider.account, world.network.slug) is None


def test_a_spent_link_leaves_no_account_behind(world: World, client: Client, db: Any) -> None:
    link = make_invitation(world.facilitator, world.network)
    revoke_invitation(world.facilitator, link)
    assert client.get(f"/join/{link.token}").status_code == 410
    assert client.post(f"/join/{link.token}", data=NEW).status_code == 410
    assert db.session.scalar(select(Account).where(Account.email == NEW["email"])) is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("password", "short"),
        ("password", "password123"),
        ("email", "nonsense"),
        ("name", ""),
        ("name", "\u200b"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    world: World, client: Client, db: Any, field: str, typed: str
) -> None:
    link = make_invitation(world.facilitator, world.network)
    answer = client.post(f"/join/{link.token}", data={**NEW, field: typed})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert ("Ana Ruiz" in answer.text) is (field != "name")
    assert NEW["password"] not in answer.text
    db.session.refresh(link)
    assert link.uses == 0


def test_a_strangers_page_says_nothing_but_name_and_aim(world: World, client: Client) -> None:
    link = make_invitation(world.facilitator, world.network)
    text = client.get(f"/join/{link.token}").text
    for person in (world.teacher, world.director, world.facilitator):
        assert person.name not in text
    assert client.get("/join/unknown").status_code == 404


@pytest.mark.parametrize("way", ["link", "asking"])
def test_leaving_and_coming_back_ends_no_break(world: World, clock: Any, way: str) -> None:
    """A break that the facilitators asked for, and reading first, last until their day."""
    teacher, until = world.teacher, clock.now + timedelta(days=30)
    rest_until(teacher, until)
    read_first_until(teacher, until)
    leave(teacher, teacher)
    clock.move(days=1)

    def come() -> None:
        if way == "link":
            join(teacher.account, make_invitation(world.facilitator, world.network).token)
        else:
            ask_to_join(teacher.account, world.network)
            admit(world.facilitator, teacher)

    come()
    assert (teacher.standing, teacher.paused_until, teacher.approval_until) == ("paused", until, until)
    leave(teacher, teacher)
    clock.move(days=30)
    come()
    assert (teacher.standing, teacher.paused_until) == ("active", None)
