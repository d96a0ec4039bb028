"""The demo on a public server keeps to itself."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.actions import Objection, ask_to_change_email
from app.accounts.models import Account
from app.core.access import Forbidden
from app.core.mail import kept, server
from app.networks.actions import (
    NotOpen,
    Person,
    PracticeOnly,
    arrive,
    ask_as_stranger,
    invite_people,
    join,
    make_invitation,
)
from app.networks.models import MailInvitation, Member
from tests.support.clients import Client
from tests.support.factories import World, make_account

BrowserOf = Callable[..., Client]
NEW = {"name": "Stella Stranger", "email": "stella@example.org", "password": "a quiet green pencil"}


@pytest.fixture
def demo(world: World, db: Any) -> World:
    world.network.is_demo = True
    for account in db.session.scalars(
        select(Account)
        .join(Member, Member.account_id == Account.id)
        .where(Member.network_id == world.network.id)
    ):
        account.is_demo = True
    db.session.commit()
    return world


@pytest.fixture
def public(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "APP_ENV", "production")


def test_mail_goes_to_nobody_outside(
    demo: World, public: None, browser_of: BrowserOf, outbox: Any, db: Any
) -> None:
    place = f"/n/{demo.network.slug}/invitations/mail"
    page = browser_of(demo.facilitator).post(
        place, data={"people": "ana@example.org\nnew@demo.example", "role": "", "site_id": "", "step": "send"}
    )
    assert page.status_code == 302
    outbox.drain()
    assert list(db.session.scalars(select(MailInvitation.email))) == ["new@demo.example"]
    assert [letter.to for letter in kept()] == ["new@demo.example"]
    page = browser_of(demo.facilitator).post(
        place, data={"people": "ana@example.org", "role": "", "site_id": ""}
    )
    assert "A practice network writes only to @demo.example." in page.text
    with pytest.raises(Forbidden):
        invite_people(demo.facilitator, demo.network, [Person("ana@example.org")])


def test_what_waits_already_is_not_sent(demo: World, outbox: Any, app: Any, monkeypatch: Any) -> None:
    invite_people(demo.facilitator, demo.network, [Person("ana@example.org")])
    monkeypatch.setitem(app.config, "APP_ENV", "production")
    outbox.drain()
    assert kept() == []


def test_nobody_asks_to_join(demo: World, public: None, client: Client) -> None:
    place = f"/n/{demo.network.slug}/ask"
    assert client.get(place).status_code == 404
    assert client.post(place, data={**NEW, "because": "x"}).status_code == 404
    with pytest.raises(NotOpen):
        ask_as_stranger(None, demo.network, name="X", email="x@example.org", because="")


def test_its_links_open_no_account(demo: World, public: None, client: Client, db: Any) -> None:
    token = make_invitation(demo.facilitator, demo.network).token
    before = db.session.scalar(select(func.count(Account.id)))
    for answer in (client.get(f"/join/{token}"), client.post(f"/join/{token}", data=NEW)):
        assert answer.status_code == 403
        assert "practice network" in answer.text
    with pytest.raises(PracticeOnly):
        arrive(token, **NEW)
    assert db.session.scalar(select(func.count(Account.id))) == before
    assert join(make_account("Dan Demo", is_demo=True), token).may_read, "its own people still move about"


def test_its_people_keep_their_address(demo: World, public: None) -> None:
    with pytest.raises(Objection, match="practice account"):
        ask_to_change_email(demo.teacher.account, email="victim@example.org", password="x")


def test_a_mail_server_shuts_it_too(demo: World, no_mail_server: None, client: Client, app: Any) -> None:
    assert client.get(f"/n/{demo.network.slug}/ask").status_code == 200
    server.choose(server.MailServer("smtp.example.org", 587))
    assert client.get(f"/n/{demo.network.slug}/ask").status_code == 404


def test_on_ones_own_machine_everything_can_be_tried(demo: World, client: Client) -> None:
    token = make_invitation(demo.facilitator, demo.network).token
    assert client.post(f"/join/{token}", data=NEW).status_code == 302


def test_a_real_network_is_as_it_was(world: World, public: None, client: Client, outbox: Any) -> None:
    assert world.network.may_ask
    invite_people(world.facilitator, world.network, [Person("ana@example.org")])
    outbox.drain()
    assert [letter.to for letter in kept()] == ["ana@example.org"]
