"""The one-click way out (RFC 8058) and the settings: no cookie, no sign-in, as often as one likes."""

from collections.abc import Callable
from typing import Any

import pytest

from app.core.command import command
from app.core.db import db
from app.networks.models import Member
from app.notifications.actions.mailing import wish_of
from app.notifications.models import MailWish
from app.notifications.queries import wishes_of
from tests.notifications import world as making
from tests.notifications.world import World
from tests.support.clients import Client

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def token(net: World) -> str:
    return command(wish_of)(net.ana.id).unsubscribe_token


def wants(member: Member) -> bool:
    db.session.expire_all()
    return db.session.get_one(MailWish, member.id).wants_mail


def test_one_post_without_cookie_ends_it_and_a_second_one_changes_nothing(
    net: World, client: Client, token: str
) -> None:
    for _time in range(2):
        answer = client.post(f"/unsubscribe/{token}", data=ONE_CLICK)
        assert (answer.status_code, answer.data) == (200, b"")
        assert "Set-Cookie" not in answer.headers
        assert not wants(net.ana)


def test_it_needs_no_token_against_forgery_and_no_origin(
    app: Any, net: World, client: Client, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    elsewhere = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post(f"/unsubscribe/{token}", data=ONE_CLICK, headers=elsewhere).status_code == 200
    assert not wants(net.ana)


def test_a_get_only_shows_the_button(net: World, client: Client, token: str) -> None:
    for method in (client.get, client.head):
        assert method(f"/unsubscribe/{token}").status_code == 200
    assert wants(net.ana)
    page = client.get(f"/unsubscribe/{token}").text
    assert "Stop these mails" in page
    assert "Cedar" in page
    assert "Ana" not in page, "whoever holds the link learns no name"


def test_the_button_ends_it_and_can_be_undone(net: World, client: Client, token: str) -> None:
    assert "no more mail" in client.post(f"/unsubscribe/{token}").text
    assert not wants(net.ana)
    assert "again" in client.post(f"/unsubscribe/{token}", data={"again": "1"}).text
    assert wants(net.ana)


@pytest.mark.parametrize("given", ["nonsense", "x" * 500, "%00", "'--", "a" * 43])
def test_an_unknown_token_says_how_to_go_on(net: World, client: Client, given: str) -> None:
    assert client.get(f"/unsubscribe/{given}").status_code == 404
    assert client.post(f"/unsubscribe/{given}", data=ONE_CLICK).status_code == 404


def test_settings_are_per_network_and_ones_own(net: World, browser_of: Callable[[Member], Client]) -> None:
    maple = making.network("Maple")
    ana = maple.person("Ana Ruiz", of=net.ana.account)
    client = browser_of(net.ana)
    page = client.get("/notifications/settings").text
    assert "Cedar" in page
    assert "Maple" in page
    for choice in ("off", "pause", "on", "off"):
        sent = client.post(f"/notifications/settings/{ana.id}", data={"mail": choice})
        assert sent.status_code == 303
        assert wishes_of([net.ana, ana]) == {net.ana.id: "on", ana.id: choice}
    assert client.post(f"/notifications/settings/{net.ben.id}", data={"mail": "off"}).status_code == 404
    assert wishes_of([net.ben]) == {net.ben.id: "on"}


def test_a_choice_that_is_none_is_refused_kindly(net: World, browser_of: Callable[[Member], Client]) -> None:
    client = browser_of(net.ana)
    answer = client.post(
        f"/notifications/settings/{net.ana.id}", data={"mail": "sometimes"}, follow_redirects=True
    )
    assert "Please choose one of the three." in answer.text
    assert wishes_of([net.ana]) == {net.ana.id: "on"}
