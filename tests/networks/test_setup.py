"""Starting a real network from one link, to the first invitation."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.core import mail
from app.core.mail import kept, server
from app.networks import queries
from app.networks.actions import AlreadySetUp, make_setup_link, start_network
from app.networks.models import Invitation, Member, Network, Setup
from app.networks.policy import OPERATOR
from tests.support.clients import Client
from tests.support.factories import World, make_account

BrowserOf = Callable[..., Client]
ME = {"name": "Dora Director", "email": "dora@example.org", "password": "seven quiet rivers"}
NETWORK = {
    "name": "River Math",
    "aim": "Every child asks.",
    "time_zone": "America/Denver",
    "year_starts": "7",
}
MAIL = {
    "host": "smtp.example.org",
    "port": "587",
    "security": "starttls",
    "username": "u",
    "password": "pw",
    "sender": "",
}


def test_the_whole_setup(db: Any, client: Client, outbox: Any, no_mail_server: Any, new_client: Any) -> None:
    token = make_setup_link(OPERATOR)
    place = f"/setup/{token}"
    assert client.get(place).location.endswith("/account")
    assert client.get(f"{place}/network").status_code == 401
    assert client.post(f"{place}/account", data=ME).location.endswith("/network")
    assert client.post(f"{place}/network", data=NETWORK).location.endswith("/norms")
    norms = client.get(f"{place}/norms")
    assert "A test that failed is a gift" in norms.text
    rows = {"title": ["All voices"], "meaning": ["Everyone"], "example": [""]}
    assert client.post(f"{place}/norms", data=rows).location.endswith("/sites")
    sites = {"sites": "Lakes, Lakes, district\nOak School, Oak, school, Lakes"}
    looked_over = client.post(f"{place}/sites", data=sites)
    assert "Nothing is added yet" in looked_over.text
    sites["seen"] = seen_mark(looked_over.text)
    assert client.post(f"{place}/sites", data=sites).location.endswith("/mail")
    assert client.post(f"{place}/mail", data={**MAIL, "host": "", "step": "save"}).status_code == 422
    assert client.post(f"{place}/mail", data={"step": "later"}).location.endswith("/done")
    assert client.get(place).location.endswith("/done")
    end = client.post(f"{place}/done")
    assert "/invitations/" in end.location
    network = db.session.scalar(select(Network).where(Network.name == "River Math"))
    director = db.session.scalar(select(Member).where(Member.network_id == network.id))
    assert (director.is_director, director.is_facilitator, director.name) == (True, True, "Dora Director")
    assert (network.time_zone, network.year_starts, network.norms_version) == ("America/Denver", 7, 1)
    assert [norm.title for norm in queries.norms_of(network)] == ["All voices"]
    assert len(queries.sites_of(network)) == 2
    invitation = db.session.scalar(select(Invitation))
    assert invitation.token in client.get(end.location).text
    assert new_client().get(f"/join/{invitation.token}").status_code == 200
    assert client.get(place).status_code == 404
    with pytest.raises(AlreadySetUp):
        make_setup_link(OPERATOR)


def seen_mark(page: str) -> str:
    """The name of the list that the page shows as a plan."""
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def test_all_steps_are_shown_from_the_start(client: Client) -> None:
    page = client.get(f"/setup/{make_setup_link(OPERATOR)}/account").text
    steps = re.search(r'<nav class="tabs steps".*?</nav>', page, re.DOTALL)
    assert steps
    for name in ("You", "Network", "Norms", "Schools", "Mail", "Done"):
        assert name in steps[0]
    assert steps[0].count("still to come") == 5


def test_the_link_alone_opens_only_the_first_step(db: Any, client: Client, new_client: Any) -> None:
    token = make_setup_link(OPERATOR)
    client.post(f"/setup/{token}/account", data=ME)
    stranger = new_client()
    assert stranger.get(f"/setup/{token}").status_code == 302
    assert stranger.post(f"/setup/{token}/network", data=NETWORK).status_code == 401
    page = stranger.get(f"/setup/{token}/network", headers={"Accept": "text/html"})
    assert "/sign-in" in page.location
    again = stranger.post(f"/setup/{token}/account", data={**ME, "email": "eve@example.org"})
    assert again.status_code == 302
    assert db.session.scalar(select(Account).where(Account.email == "eve@example.org")) is None
    assert db.session.scalar(select(Network)) is None


def test_somebody_else_signed_in_finds_nothing(world: World, browser_of: BrowserOf, db: Any) -> None:
    db.session.add(Setup(token_hash="x" * 64, expires_at=world.network.created_at))
    db.session.commit()
    setup = db.session.scalar(select(Setup))
    setup.network_id, setup.account_id = world.network.id, world.director.account_id
    db.session.commit()
    token = make_setup_link(OPERATOR)
    assert browser_of(world.outsider).get(f"/setup/{token}/norms").status_code == 404
    assert browser_of(world.director).get(f"/setup/{token}/norms").status_code == 200


def test_a_new_link_replaces_the_old_and_both_end(db: Any, client: Client, clock: Any) -> None:
    old = make_setup_link(OPERATOR)
    new = make_setup_link(OPERATOR)
    assert client.get(f"/setup/{old}").status_code == 404
    assert client.get(f"/setup/{new}/account").status_code == 200
    clock.move(hours=25)
    assert client.get(f"/setup/{new}/account").status_code == 404
    assert client.get("/setup/nonsense").status_code == 404


def test_no_link_beside_a_real_network_but_beside_the_demo(db: Any) -> None:
    start_network(OPERATOR, name="Demo", is_demo=True)
    assert make_setup_link(OPERATOR)
    start_network(OPERATOR, name="Real")
    with pytest.raises(AlreadySetUp):
        make_setup_link(OPERATOR)


def test_wrong_first_account_is_told(db: Any, client: Client) -> None:
    token = make_setup_link(OPERATOR)
    make_account()
    for wrong in ({"password": "short"}, {"email": "x"}, {"name": ""}):
        assert client.post(f"/setup/{token}/account", data={**ME, **wrong}).status_code == 422
    assert db.session.scalar(select(Setup.account_id)) is None


@pytest.fixture
def keeper(world: World, db: Any) -> World:
    world.network.settings = {**world.network.settings, "keeps_mail": True}
    db.session.commit()
    return world


def test_mail_settings_keep_the_password_to_themselves(
    keeper: World, browser_of: BrowserOf, no_mail_server: Any, app: Any
) -> None:
    place, browser = f"/n/{keeper.network.slug}/settings/mail", browser_of(keeper.director)
    assert browser.post(place, data={**MAIL, "step": "save"}).status_code == 302
    kept_server = server.chosen()
    assert kept_server is not None
    assert kept_server.password == "pw"
    file = app.config["DATA_DIR"] / "mail-server.json"
    assert file.stat().st_mode & 0o077 == 0
    page = browser.get(place).text
    assert "smtp.example.org" in page
    assert 'value="pw"' not in page
    browser.post(place, data={**MAIL, "password": "", "step": "save"})
    assert server.chosen() == kept_server
    browser.post(place, data={**MAIL, "host": "other.example.org", "password": "", "step": "save"})
    assert server.chosen().password == ""  # type: ignore[union-attr]
    for other in (keeper.facilitator, keeper.teacher):
        assert browser_of(other).get(place).status_code == 403
    assert browser_of(keeper.outsider).get(place).status_code == 404


def test_a_test_mail_tells_what_became_of_it(
    keeper: World, browser_of: BrowserOf, outbox: Any, no_mail_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, browser = f"/n/{keeper.network.slug}/settings/mail", browser_of(keeper.director)
    browser.post(place, data={**MAIL, "step": "test"})
    assert "on its way" in browser.get(place).text
    monkeypatch.setattr("app.networks.subscribers.send_mail", refuse)
    outbox.drain()
    assert "no such mailbox" in browser.get(place).text
    monkeypatch.setattr("app.networks.subscribers.send_mail", mail.send_mail)
    server.choose(None)
    browser.post(place, data={**MAIL, "step": "test"})
    server.choose(None)
    outbox.drain()
    assert "handed over" in browser.get(place).text
    assert kept(keeper.director.account.email)


def refuse(*_args: Any, **_more: Any) -> None:
    raise OSError("no such mailbox")


@pytest.mark.parametrize("host", ["10.0.0.1", "169.254.169.254", "192.168.1.1", "::ffff:10.0.0.1", "0.0.0.0"])
def test_mail_never_leads_inside(
    keeper: World, browser_of: BrowserOf, no_mail_server: Any, host: str
) -> None:
    place = f"/n/{keeper.network.slug}/settings/mail"
    answer = browser_of(keeper.director).post(place, data={**MAIL, "host": host, "step": "save"})
    assert answer.status_code == 422
    assert server.chosen() is None


def test_a_name_that_means_an_inner_address_is_not_connected_to(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("10.1.2.3", 25))])
    with pytest.raises(server.NotAllowedHere):
        server.outside("mail.example.org", 25)
    monkeypatch.setitem(app.config, "APP_ENV", "production")
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("127.0.0.1", 25))])
    with pytest.raises(server.NotAllowedHere):
        server.outside("localhost", 25)
