"""Asking to join: a page for strangers, an answer from the facilitators, no word about who is known."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.core.access import Forbidden
from app.core.limits import limiter
from app.core.mail import kept
from app.networks import queries
from app.networks.actions import NotOpen, admit, ask_to_join, decline, set_joining
from app.networks.models import Member
from tests.support.clients import Client
from tests.support.factories import World, make_account

BrowserOf = Callable[..., Client]


def words(page: str) -> str:
    """What a page says, without its random tokens."""
    return re.sub(r'(nonce|content|value)="[^"]*"', "", page)


def asked(db: Any, name: str) -> Member:
    return db.session.scalar(select(Member).where(Member.name == name))


@pytest.fixture
def limits_on(app: Any) -> Iterator[None]:
    before, app.config["RATELIMIT_ENABLED"] = app.config["RATELIMIT_ENABLED"], True
    limiter.reset()
    yield
    limiter.reset()
    app.config["RATELIMIT_ENABLED"] = before


def test_a_stranger_asks_and_a_facilitator_lets_them_in(
    world: World, client: Client, browser_of: BrowserOf, db: Any, outbox: Any
) -> None:
    place = f"/n/{world.network.slug}/ask"
    assert client.get(place).status_code == 200
    answer = client.post(place, data={"name": "Stan", "email": "stan@x.org", "because": "Ratios!"})
    assert answer.status_code == 200
    outbox.drain()
    assert kept(world.facilitator.account.email)
    member = asked(db, "Stan")
    assert member.standing == "asked"
    assert queries.viewer_of(member.account, world.network.slug) is None
    facilitator = browser_of(world.facilitator)
    assert "Ratios!" in facilitator.get(f"/n/{world.network.slug}/asks/").text
    data = {"role": "teacher", "site_id": str(world.maple.id)}
    facilitator.post(f"/n/{world.network.slug}/asks/{member.id}/admit", data=data)
    db.session.refresh(member)
    assert (member.standing, member.role, member.site_id) == ("active", "teacher", world.maple.id)
    outbox.drain()
    assert world.network.slug in kept("stan@x.org")[0].text


def test_no_is_said_with_a_reason_that_is_then_forgotten(
    world: World, browser_of: BrowserOf, db: Any, outbox: Any
) -> None:
    member = ask_to_join(make_account("Nina"), world.network, because="Please")
    place = f"/n/{world.network.slug}/asks/{member.id}/decline"
    browser_of(world.facilitator).post(place, data={"reason": "We begin again in August."})
    outbox.drain()
    assert "We begin again in August." in kept(member.account.email)[0].text
    db.session.refresh(member)
    assert (member.standing, member.declined_because, member.asked_because) == ("former", "", "")


def test_the_answer_is_the_same_for_a_known_address(
    world: World, client: Client, db: Any, outbox: Any
) -> None:
    place, known = f"/n/{world.network.slug}/ask", world.outsider.account.email
    new = client.post(place, data={"name": "Stan", "email": "stan@x.org", "because": ""})
    old = client.post(place, data={"name": "Stan", "email": known, "because": ""})
    assert (new.status_code, words(new.text)) == (old.status_code, words(old.text))
    outbox.drain()
    assert "sign in" in kept(known)[0].text
    assert (
        len(
            db.session.scalars(
                select(Member).where(Member.network_id == world.network.id, Member.standing == "asked")
            ).all()
        )
        == 1
    )
    assert db.session.scalar(select(Account).where(Account.email == "stan@x.org")).password_hash is None


def test_a_signed_in_person_asks_with_one_field(world: World, browser_of: BrowserOf, db: Any) -> None:
    browser = browser_of(world.outsider)
    page = browser.get(f"/n/{world.network.slug}/ask")
    assert page.status_code == 200
    assert 'name="email"' not in page.text
    browser.post(f"/n/{world.network.slug}/ask", data={"because": "I teach there"})
    mine = browser.get("/networks").text
    assert world.network.name in mine
    assert browser.get(f"/n/{world.network.slug}/norms/").status_code == 404


def test_a_closed_page_does_not_exist(world: World, client: Client) -> None:
    set_joining(world.director, world.network, may_ask=False)
    assert client.get(f"/n/{world.network.slug}/ask").status_code == 404
    assert (
        client.post(f"/n/{world.network.slug}/ask", data={"name": "S", "email": "s@x.org"}).status_code == 404
    )
    with pytest.raises(NotOpen):
        ask_to_join(make_account(), world.network)


def test_only_the_networks_own_hub_answers(world: World, browser_of: BrowserOf, db: Any) -> None:
    member = ask_to_join(make_account("Nina"), world.network)
    for actor in (world.teacher, world.principal, world.outsider, member):
        with pytest.raises(Forbidden):
            admit(actor, member)
        with pytest.raises(Forbidden):
            decline(actor, member)
    place = f"/n/{world.network.slug}/asks/{member.id}/admit"
    assert browser_of(world.teacher).post(place).status_code == 403
    assert browser_of(world.outsider).post(place).status_code == 404
    db.session.refresh(member)
    assert member.standing == "asked"


def test_a_page_for_strangers_names_nobody(world: World, client: Client) -> None:
    text = client.get(f"/n/{world.network.slug}/ask").text
    for person in (world.teacher, world.facilitator, world.director):
        assert person.name not in text
    assert world.cedar.name not in text


@pytest.mark.usefixtures("limits_on")
def test_nobody_is_flooded_with_mail_by_others_asking_for_them(
    world: World, new_client: Callable[[], Client], outbox: Any
) -> None:
    place, victim = f"/n/{world.network.slug}/ask", world.outsider.account.email
    before = len(kept(victim))
    pages = []
    for number, spelling in enumerate((victim, victim.upper(), f" {victim}", victim, victim)):
        answer = new_client().post(
            place,
            data={"name": "Stan", "email": spelling, "because": ""},
            environ_base={"REMOTE_ADDR": f"203.0.113.{number}"},
        )
        pages.append((answer.status_code, words(answer.text)))
    outbox.drain()
    assert len(set(pages)) == 1, "who asks learns nothing"
    assert len(kept(victim)) - before == 3
